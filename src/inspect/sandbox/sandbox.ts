import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { findInheritedDescriptors } from './inherited-descriptors.js';
import { listProgramFiles, SYSTEM_SETTINGS, USR_ALIASES, withAncestors } from './program-files.js';
import { becomeUserArguments, SETPRIV } from './setpriv.js';

/**
 * Builds the bubblewrap command around every program that handles file content (a reading process with its children,
 * the browser that prints). The program gets no network, no other process in sight, no files but the program, system
 * libraries and its input, nothing to write to but bounded memory and named files, and no capability or means to gain
 * one.
 */

export const BWRAP = '/usr/bin/bwrap';

/** Folder of a job's files inside the sandbox. */
export const JOB_FOLDER = '/job';

/** Descriptor of the filter for system calls; the channel has the one before. */
export const FILTER_FD = 4;

/** Pairs of a path on this machine and a path in the sandbox. */
export type Mounts = readonly (readonly [here: string, there: string])[];

export interface SandboxOptions {
  /** User to become; absent if the caller is not root, since the sandbox then has its own user namespace. */
  user: number | undefined;
  /** Files and folders mounted read-only: path on this machine → path in the sandbox. */
  readOnly: Mounts;
  /** Files and folders mounted for writing. */
  writable?: Mounts;
  temporaryBytes: number;
  sharedMemoryBytes?: number;
  isFiltered: boolean;
  /** The program does not start without `/proc`. */
  needsProc?: boolean;
  /** Descriptors the program uses besides the first three; all others are closed. */
  streams: readonly number[];
}

const SHARED_MEMORY_BYTES = 16 * 1024 ** 2;

export function bwrapArguments(wish: SandboxOptions): string[] {
  const {
    user,
    isFiltered: filtered,
    needsProc,
    temporaryBytes,
    sharedMemoryBytes = SHARED_MEMORY_BYTES,
  } = wish;
  return [
    ...namespaces(user),
    ...['--die-with-parent', '--new-session', ...capabilities(user)],
    ...(filtered ? ['--seccomp', `${FILTER_FD}`] : []),
    ...closeArguments(wish.streams),
    ...systemFolders(),
    ...SYSTEM_SETTINGS.filter((path) => existsSync(path)).flatMap((path) => mountArguments(path, path)),
    ...(needsProc || isProcGranted(user)
      ? ['--proc', '/proc', ...hiddenKernelSettings()]
      : ['--dir', '/proc']),
    ...['--dev', '/dev', '--size', `${sharedMemoryBytes}`, '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', `${temporaryBytes}`, '--tmpfs', '/tmp'],
    ...wish.readOnly.flatMap(([here, there]) => mountArguments(here, there)),
    ...(wish.writable ?? []).flatMap(([here, there]) => mountArguments(here, there, '--bind')),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/', '--'],
    ...(user === undefined ? [] : [SETPRIV, ...becomeUserArguments(user), '--']),
  ];
}

/** Returns the files of the program that a reading process needs. */
export const programMounts = (entry: string): Mounts =>
  listProgramFiles(entry).map((path) => [path, path] as const);

/**
 * Creates the parent folders for everybody: bubblewrap would create them for their owner only, and the process may run
 * as another user.
 */
function mountArguments(here: string, there: string, how = '--ro-bind'): string[] {
  const above = withAncestors(dirname(there)).filter((path) => path !== '/');
  return [...above.reverse().flatMap((path) => ['--perms', '0755', '--dir', path]), how, here, there];
}

/** Root needs no user namespace, and inside one there would be no other user to become. */
function namespaces(user: number | undefined): string[] {
  const kinds = ['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'];
  return user === undefined ? ['--unshare-user', ...kinds] : kinds;
}

/**
 * If Assay runs as root, setpriv has to become another user inside, which needs these three capabilities; it drops them
 * afterwards.
 */
function capabilities(user: number | undefined): string[] {
  const needed = user === undefined ? [] : ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'];
  return ['--cap-drop', 'ALL', ...needed.flatMap((name) => ['--cap-add', name])];
}

/**
 * Closes inherited descriptors: bubblewrap reads further arguments from a descriptor and then closes it. The caller has
 * replaced it with `/dev/null`, which is empty (`withoutInherited`).
 */
function closeArguments(streams: readonly number[]): string[] {
  const others = findInheritedDescriptors().filter((fd) => !streams.includes(fd));
  return others.flatMap((fd) => ['--args', `${fd}`]);
}

/** On merged systems `/bin` and similar folders are links into `/usr`; elsewhere separate folders. */
function systemFolders(): string[] {
  const beside = USR_ALIASES.flatMap((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });
  return ['--ro-bind', '/usr', '/usr', ...beside];
}

let isProcAllowed: boolean | undefined;

/**
 * A user namespace gets a new `/proc` only if nothing of the surrounding one is covered, as containers do
 * (`mnt_already_visible` in the kernel). Readers do not need `/proc`.
 */
function isProcGranted(user: number | undefined): boolean {
  if (user !== undefined) return true;
  isProcAllowed ??= !readFileSync('/proc/self/mountinfo', 'latin1')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    // A mount over this permanently empty folder is allowed.
    .some((place) => place.startsWith('/proc/') && place !== '/proc/sys/fs/binfmt_misc');
  return isProcAllowed;
}

/** Hides the kernel's settings, which no program needs and which root could partly change. */
function hiddenKernelSettings(): string[] {
  return existsSync('/proc/sys') ? ['--tmpfs', '/proc/sys', '--remount-ro', '/proc/sys'] : [];
}
