import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, realpathSync, statSync } from 'node:fs';
import { builtFile } from '../core/ground/built.js';
import { type Said, said } from '../say/said.js';
import { withoutInherited } from './inherited.js';
import { loadedFilter } from './launcher.js';
import { namelessCopy } from './nameless-file.js';
import { BESIDE_USR, programFiles, SYSTEM_SETTINGS } from './program-files.js';
import { FILTER_FD } from './sandbox.js';
import { becomeUser, SETPRIV } from './setpriv.js';
import { isRoot, ownUserNumber } from './user-number.js';

/**
 * Where there is no bubblewrap, what can be taken from a process with nothing but setpriv: its user (as root), its
 * capabilities, the system calls that no reader needs, and with Landlock every file but those it is given. It still
 * shares this machine's processes and names with all others.
 */

/** What setpriv can take on this machine: older ones know less, and some kernels and containers forbid more. */
export interface Narrowing {
  /** A user number of its own. */
  user: boolean;
  /** A filter for system calls; with it, no network. */
  filter: boolean;
  /** Landlock: it opens nothing but what it is given. */
  files: boolean;
}

export interface NarrowWish {
  entry: string;
  user: number | undefined;
  /** To be read, where they are. */
  shown: readonly string[];
  /** A folder to be written to. */
  temporary?: string | undefined;
}

export function narrowArguments(wish: NarrowWish, { filter, files }: Narrowing): string[] {
  return [
    ...[SETPRIV, '--pdeathsig', 'KILL', '--no-new-privs'],
    ...(wish.user === undefined
      ? isRoot()
        ? ['--bounding-set=-all', '--inh-caps=-all']
        : []
      : becomeUser(wish.user)),
    ...(filter ? ['--seccomp-filter', `/proc/self/fd/${FILTER_FD}`] : []),
    ...(files ? allowed(wish) : []),
    '--',
  ];
}

/** OpenSSL, in Node, does not start where its settings are there and cannot be read. */
const READ_AT_START = ['/etc/ssl/openssl.cnf', '/dev/urandom'];

function allowed({ entry, shown, temporary }: NarrowWish): string[] {
  const read = [
    '/usr',
    ...BESIDE_USR,
    ...SYSTEM_SETTINGS,
    ...READ_AT_START,
    ...programFiles(entry),
    ...shown,
  ];
  const rules = [...new Set(read)].filter((path) => existsSync(path)).map((path) => rule(path));
  if (temporary !== undefined) rules.push(`path-beneath:${SCRATCH}:${temporary}`);
  rules.push('path-beneath:read-file,write-file:/dev/null');
  return ['--landlock-access', 'fs', ...rules.flatMap((one) => ['--landlock-rule', one])];
}

const SCRATCH = 'read-file,read-dir,write-file,truncate,make-reg,remove-file';

const rule = (path: string): string =>
  `path-beneath:read-file,execute${statSync(path).isDirectory() ? ',read-dir' : ''}:${path}`;

let known: Narrowing | undefined;

/** Tried once, on a program that does nothing: it takes some ten milliseconds. */
export function narrowing(): Narrowing {
  known ??= {
    user: isRoot() && works({ user: ownUserNumber() }, { ...NOTHING, user: true }),
    filter: works({}, { ...NOTHING, filter: true }),
    files: works({}, { ...NOTHING, files: true }),
  };
  return known;
}

const NOTHING: Narrowing = { user: false, filter: false, files: false };
const PROBE_MILLIS = 5_000;

/** Whether the program could be read so: it may lie where only root may look. */
function works({ user }: { user?: number | undefined }, narrowing: Narrowing): boolean {
  if (!existsSync(SETPRIV)) return false;
  const itself = builtFile('reading/child.js');
  // A shell is no reader.
  const filter = narrowing.filter ? loadedFilter({ kind: 'programs' }) : undefined;
  const fd = filter && namelessCopy('filter', filter.bytes);
  if (narrowing.filter && fd === undefined) return false;
  const loads = { ...narrowing, filter: narrowing.filter && filter?.launcher === undefined };
  try {
    const [program = SETPRIV, ...args] = narrowArguments({ entry: itself, user, shown: [] }, loads);
    const probe = [
      ...(filter?.launcher ?? []),
      '/bin/sh',
      '-c',
      ': <"$0" && test -x "$1"',
      itself,
      realpathSync(process.execPath),
    ];
    const stdio = withoutInherited(['ignore', 'ignore', 'ignore', 'ignore', fd ?? 'ignore']);
    return (
      spawnSync(program, [...args, ...probe], { stdio, env: {}, cwd: '/', timeout: PROBE_MILLIS }).status ===
      0
    );
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** What holds, for whoever runs this. */
export function narrowHolds({ user, filter, files }: Narrowing): Said {
  return said('held.narrow', {
    holds: [
      ...(user ? [said('held.holds.user')] : []),
      ...(filter ? [said('held.holds.network'), said('held.holds.signals')] : []),
      ...(files ? [said('held.holds.files')] : []),
      said('held.holds.memory'),
    ],
  });
}

/** And what does not. */
export function narrowLost({ user, filter, files }: Narrowing): Said {
  const could = [
    ...(files ? [said('held.could.list')] : []),
    ...(user && !files ? [said('held.could.shared')] : []),
    ...(!user && !files ? [said('held.could.files'), said('held.could.environments')] : []),
    ...(!user && !files ? [said('held.could.change')] : []),
    ...(user || filter ? [] : [said('held.could.end')]),
    ...(filter ? [] : [said('held.could.network')]),
  ];
  const together = could.reduce((one, other) => said('held.could.both', { one, other }));
  return said('held.could', { could: together });
}
