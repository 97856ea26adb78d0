import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { inheritedDescriptors } from './inherited.js';
import { BESIDE_USR, programFiles, SYSTEM_SETTINGS, withAncestors } from './program-files.js';
import { becomeUser, SETPRIV } from './setpriv.js';

/**
 * The bubblewrap command around every program that touches what a file holds (a reading process with what it starts,
 * the browser that prints): no network, no other process in sight, no file but the program, the system's libraries and
 * what it was given, nothing to write to but bounded memory and files named for it, no capability and no way to gain
 * one.
 */

export const BWRAP = '/usr/bin/bwrap';

/** Where a job's files stand, as the process sees them. */
export const JOB_FOLDER = '/job';

/** The filter for system calls is handed over on this descriptor; the channel has the one before. */
export const FILTER_FD = 4;

/** Pairs: on this machine, in the sandbox. */
export type Shown = readonly (readonly [here: string, there: string])[];

export interface SandboxWish {
  /** To become; left out where whoever asks is not root, and the sandbox has its users for itself. */
  user: number | undefined;
  /** Files and folders to show read-only: on this machine → in the sandbox. */
  shown: Shown;
  /** And those that may be written to. */
  written?: Shown;
  temporaryBytes: number;
  sharedMemoryBytes?: number;
  filtered: boolean;
  /** It does not start without a `/proc`. */
  needsProc?: boolean;
  /** Streams the program has by number, besides the first three: whatever else is open is closed. */
  streams: readonly number[];
}

const SHARED_MEMORY_BYTES = 16 * 1024 ** 2;

export function bwrapArguments(wish: SandboxWish): string[] {
  const { user, filtered, needsProc, temporaryBytes, sharedMemoryBytes = SHARED_MEMORY_BYTES } = wish;
  return [
    ...namespaces(user),
    ...['--die-with-parent', '--new-session', ...capabilities(user)],
    ...(filtered ? ['--seccomp', `${FILTER_FD}`] : []),
    ...closed(wish.streams),
    ...systemFolders(),
    ...SYSTEM_SETTINGS.filter((path) => existsSync(path)).flatMap((path) => shown(path, path)),
    ...(needsProc || isProcGranted(user)
      ? ['--proc', '/proc', ...hiddenKernelSettings()]
      : ['--dir', '/proc']),
    ...['--dev', '/dev', '--size', `${sharedMemoryBytes}`, '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', `${temporaryBytes}`, '--tmpfs', '/tmp'],
    ...wish.shown.flatMap(([here, there]) => shown(here, there)),
    ...(wish.written ?? []).flatMap(([here, there]) => shown(here, there, '--bind')),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/', '--'],
    ...(user === undefined ? [] : [SETPRIV, ...becomeUser(user), '--']),
  ];
}

/** What a reading process is shown of the program itself. */
export const shownProgram = (entry: string): Shown =>
  programFiles(entry).map((path) => [path, path] as const);

/** bubblewrap makes the folders above for their owner alone, and the process may be somebody else. */
function shown(here: string, there: string, how = '--ro-bind'): string[] {
  const above = withAncestors(dirname(there)).filter((path) => path !== '/');
  return [...above.reverse().flatMap((path) => ['--perms', '0755', '--dir', path]), how, here, there];
}

/** Root needs no user namespace, and in one there would be no other user to become. */
function namespaces(user: number | undefined): string[] {
  const kinds = ['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'];
  return user === undefined ? ['--unshare-user', ...kinds] : kinds;
}

/** As root, setpriv has to become another user inside, which takes these three; it leaves them behind. */
function capabilities(user: number | undefined): string[] {
  const needed = user === undefined ? [] : ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'];
  return ['--cap-drop', 'ALL', ...needed.flatMap((name) => ['--cap-add', name])];
}

/**
 * bubblewrap reads more arguments from a descriptor and closes it. Whoever starts it has put `/dev/null` there, which
 * has none (`withoutInherited`).
 */
function closed(streams: readonly number[]): string[] {
  const others = inheritedDescriptors().filter((fd) => !streams.includes(fd));
  return others.flatMap((fd) => ['--args', `${fd}`]);
}

/** On merged systems `/bin` and its like are links into `/usr`; elsewhere folders of their own. */
function systemFolders(): string[] {
  const beside = BESIDE_USR.flatMap((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });
  return ['--ro-bind', '/usr', '/usr', ...beside];
}

let granted: boolean | undefined;

/**
 * A user namespace gets a new `/proc` only where nothing of the one around it is covered, as containers cover parts of theirs
 * (`mnt_already_visible` in the kernel). Readers do without: there is nothing in it for them.
 */
function isProcGranted(user: number | undefined): boolean {
  if (user !== undefined) return true;
  granted ??= !readFileSync('/proc/self/mountinfo', 'latin1')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    // A folder that the kernel keeps empty may be covered.
    .some((place) => place.startsWith('/proc/') && place !== '/proc/sys/fs/binfmt_misc');
  return granted;
}

/** The kernel's own settings: of no use to any of them, and partly writable for root. */
function hiddenKernelSettings(): string[] {
  return existsSync('/proc/sys') ? ['--tmpfs', '/proc/sys', '--remount-ro', '/proc/sys'] : [];
}
