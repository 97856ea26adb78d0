import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, realpathSync, statSync } from 'node:fs';
import { buildFile } from '../../base/built-files.js';
import { openUnlinkedCopy } from '../../base/files/anonymous-file.js';
import { type Message, message } from '../../i18n/message.js';
import { withoutInherited } from './inherited-descriptors.js';
import { loadFilter } from './launcher.js';
import { listProgramFiles, SYSTEM_SETTINGS, USR_ALIASES } from './program-files.js';
import { FILTER_FD } from './sandbox.js';
import { becomeUserArguments, SETPRIV } from './setpriv.js';
import { isRoot, takeUserNumber } from './user-ids.js';

/**
 * Without bubblewrap, setpriv can restrict a process: its user (as root), its capabilities, the system calls that no
 * reader needs, and with Landlock every file except those it is given. The process still shares this machine's process
 * list and names with all others.
 */

/**
 * Restrictions that setpriv can apply on this machine: older versions support fewer, and some kernels and containers
 * forbid more.
 */
export interface Privileges {
  /** User number of its own. */
  user: boolean;
  /** Filter for system calls; with it, no network. */
  filter: boolean;
  /** Landlock: opens only the files it is given. */
  files: boolean;
}

export interface PrivilegesRequest {
  entry: string;
  user: number | undefined;
  /** Files to read, in place. */
  visible: readonly string[];
  /** Folder for writing. */
  temporary?: string | undefined;
}

export function privilegesCommand(wish: PrivilegesRequest, { filter, files }: Privileges): string[] {
  return [
    ...[SETPRIV, '--pdeathsig', 'KILL', '--no-new-privs'],
    ...(wish.user === undefined
      ? isRoot()
        ? ['--bounding-set=-all', '--inh-caps=-all']
        : []
      : becomeUserArguments(wish.user)),
    ...(filter ? ['--seccomp-filter', `/proc/self/fd/${FILTER_FD}`] : []),
    ...(files ? landlockRules(wish) : []),
    '--',
  ];
}

/** OpenSSL in Node does not start if its settings exist but cannot be read. */
const READ_AT_START = ['/etc/ssl/openssl.cnf', '/dev/urandom'];

function landlockRules({ entry, visible: shown, temporary }: PrivilegesRequest): string[] {
  const read = [
    '/usr',
    ...USR_ALIASES,
    ...SYSTEM_SETTINGS,
    ...READ_AT_START,
    ...listProgramFiles(entry),
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

let cached: Privileges | undefined;

/** Tested once on a program that does nothing, which takes about ten milliseconds. */
export function detectPrivileges(): Privileges {
  cached ??= {
    user: isRoot() && canRestrict({ user: takeUserNumber() }, { ...NOTHING, user: true }),
    filter: canRestrict({}, { ...NOTHING, filter: true }),
    files: canRestrict({}, { ...NOTHING, files: true }),
  };
  return cached;
}

const NOTHING: Privileges = { user: false, filter: false, files: false };
const PROBE_MILLIS = 5_000;

/** Returns whether the program could be read with these restrictions: it may be in a folder that only root can read. */
function canRestrict({ user }: { user?: number | undefined }, narrowing: Privileges): boolean {
  if (!existsSync(SETPRIV)) return false;
  const itself = buildFile('reading/reader-child.js');
  // A shell needs more system calls than a reader.
  const filter = narrowing.filter ? loadFilter({ kind: 'programs' }) : undefined;
  const fd = filter && openUnlinkedCopy('filter', filter.bytes);
  if (narrowing.filter && fd === undefined) return false;
  const loads = { ...narrowing, filter: narrowing.filter && filter?.launcher === undefined };
  try {
    const [program = SETPRIV, ...args] = privilegesCommand({ entry: itself, user, visible: [] }, loads);
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

/** Returns the restrictions that apply, for the operator. */
export function privilegesHeldMessage({ user, filter, files }: Privileges): Message {
  return message('isolation.narrow', {
    holds: [
      ...(user ? [message('isolation.holds.user')] : []),
      ...(filter ? [message('isolation.holds.network'), message('isolation.holds.signals')] : []),
      ...(files ? [message('isolation.holds.files')] : []),
      message('isolation.holds.memory'),
    ],
  });
}

/** Returns the restrictions that are missing, for the operator. */
export function privilegesMissingMessage({ user, filter, files }: Privileges): Message {
  const could = [
    ...(files ? [message('isolation.could.list')] : []),
    ...(user && !files ? [message('isolation.could.shared')] : []),
    ...(!user && !files ? [message('isolation.could.files'), message('isolation.could.environments')] : []),
    ...(!user && !files ? [message('isolation.could.change')] : []),
    ...(user || filter ? [] : [message('isolation.could.end')]),
    ...(filter ? [] : [message('isolation.could.network')]),
  ];
  const together = could.reduce((one, other) => message('isolation.could.both', { one, other }));
  return message('isolation.could', { could: together });
}
