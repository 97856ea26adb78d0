import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The bubblewrap command around a reading process: no network, no other process in sight, no file but the program,
 * the system's libraries and what it was given, nothing to write to but a bounded piece of memory, no capability and
 * no way to gain one.
 */

export const BWRAP = '/usr/bin/bwrap';
export const SETPRIV = '/usr/bin/setpriv';

/** Where a job's files stand, as the process sees them. */
export const JOB_FOLDER = '/job';

/** The filter for system calls is handed over on this descriptor; the channel has the one before. */
export const FILTER_FD = 4;

/** Pairs: on this machine, in the sandbox. */
export type Shown = readonly (readonly [here: string, there: string])[];

export interface SandboxWish {
  entry: string;
  /** Folder of trust lists; left out in one that reads no lists. */
  trust?: Shown[number] | undefined;
  /** Files and folders to show read-only: on this machine → in the sandbox. */
  shown: Shown;
  temporaryBytes: number;
  filtered: boolean;
}

const SHARED_MEMORY_BYTES = 16 * 1024 ** 2;
/** Only what programs need to find their libraries; no user, no address, no key of this machine. */
const SETTINGS = ['/etc/ld.so.cache', '/etc/alternatives'];

export function bwrapArguments({
  entry,
  trust,
  shown: files,
  temporaryBytes,
  filtered,
}: SandboxWish): string[] {
  return [
    ...namespaces(),
    ...['--die-with-parent', '--new-session', ...capabilities()],
    ...(filtered ? ['--seccomp', `${FILTER_FD}`] : []),
    ...systemFolders(),
    ...SETTINGS.filter((path) => existsSync(path)).flatMap((path) => shown(path, path)),
    ...['--proc', '/proc', ...hiddenKernelSettings()],
    ...['--dev', '/dev', '--size', `${SHARED_MEMORY_BYTES}`, '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', `${temporaryBytes}`, '--tmpfs', '/tmp'],
    ...programFiles(entry).flatMap((path) => shown(path, path)),
    ...(trust === undefined ? [] : shown(...trust)),
    ...files.flatMap(([here, there]) => shown(here, there)),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/', '--'],
    ...ownUser(),
  ];
}

/** bubblewrap makes the folders above for their owner alone, and the process may be somebody else. */
function shown(here: string, there: string): string[] {
  const above = withAncestors(dirname(there)).filter((path) => path !== '/');
  return [...above.reverse().flatMap((path) => ['--perms', '0755', '--dir', path]), '--ro-bind', here, there];
}

const isRoot = () => process.getuid?.() === 0;

/** Root needs no user namespace, and in one there would be no other user to become. */
function namespaces(): string[] {
  const kinds = ['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'];
  return isRoot() ? kinds : ['--unshare-user', ...kinds];
}

/** As root, setpriv has to become another user inside, which takes these three; it leaves them behind. */
function capabilities(): string[] {
  const needed = isRoot() ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'] : [];
  return ['--cap-drop', 'ALL', ...needed.flatMap((name) => ['--cap-add', name])];
}

/**
 * A process of root stays root to the kernel even in a sandbox: its settings could be written to, and no limit on the
 * number of processes holds for it. So each takes a user number of its own, one that nobody has.
 */
function ownUser(): string[] {
  if (!isRoot()) return [];
  const user = nextUser();
  const nobody = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  return [SETPRIV, ...nobody, '--bounding-set=-all', '--inh-caps=-all', '--'];
}

/** Of the numbers at the top of those this machine (or container) has. */
const USERS = 4_096;
const HIGHEST_USER = 2 ** 31;
let taken = process.pid % USERS;

function nextUser(): number {
  const [, , count = '65536'] =
    readFileSync('/proc/self/uid_map', 'latin1').trim().split('\n').at(-1)?.trim().split(/\s+/) ?? [];
  taken = (taken + 1) % USERS;
  // Below `nobody`, where there are no more than 65,536.
  return Math.min(Number(count), HIGHEST_USER) - 16 - taken;
}

/** On merged systems `/bin` and its like are links into `/usr`; elsewhere folders of their own. */
function systemFolders(): string[] {
  const folders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
  const beside = folders.flatMap((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });
  return ['--ro-bind', '/usr', '/usr', ...beside];
}

/** Node, what is built, and every folder its modules may stand in: an installed one lies in a `node_modules` itself. */
function programFiles(entry: string): string[] {
  const node = realpathSync(process.execPath);
  const program = dirname(DIST);
  const modules = withAncestors(program).map((folder) => join(folder, 'node_modules'));
  const inside = modules.filter((path) => program.startsWith(path + sep));
  const files = [...inside, DIST, join(program, 'package.json'), ...modules, dirname(entry)];
  return [...new Set([...(node.startsWith('/usr/') ? [] : [node]), ...files])].filter((path) =>
    existsSync(path),
  );
}

function withAncestors(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...withAncestors(above)];
}

/** Beside this file once built; in dist/ while this file runs as TypeScript (tests). */
const DIST = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist' : '..', import.meta.url),
).replace(/\/$/, '');

/** The kernel's own settings: of no use to a reader, and partly writable for root. */
function hiddenKernelSettings(): string[] {
  return existsSync('/proc/sys') ? ['--tmpfs', '/proc/sys', '--remount-ro', '/proc/sys'] : [];
}
