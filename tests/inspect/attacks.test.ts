import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { loadFilter, PERL } from '../../src/inspect/sandbox/launcher.js';
import { SYSTEM_CALLS } from '../../src/inspect/sandbox/system-calls.js';
import { describeWhere, describeWith } from '../support/system-parts.js';
import { ATTACK } from './attack.js';

/**
 * A parser that a file has taken over controls the reading process. Here that process is a program that tries each call
 * by which it could harm other processes of its user, with neither a namespace nor a separate user in between; one such
 * process is the victim.
 */

const isRoot = process.getuid?.() === 0;
/** Mirrors the compose files: every process runs as the same ordinary user. */
const ORDINARY = 65_534;
const numbers = SYSTEM_CALLS.get(process.arch)?.numbers ?? new Map<string, number>();

let folder: string;
let owned: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-attacks-'));
  chmodSync(folder, 0o777);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const victims: ChildProcess[] = [];
afterEach(() => {
  for (const victim of victims.splice(0)) victim.kill('SIGKILL');
});

/** Starts an idle process of the same user, with a file of its own. */
async function victim(): Promise<ChildProcess> {
  owned = join(folder, `owned-${victims.length}-${Date.now()}`);
  writeFileSync(owned, 'kept', { mode: 0o666 });
  chmodSync(owned, 0o666);
  const who = isRoot ? { uid: ORDINARY, gid: ORDINARY } : {};
  const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore', ...who });
  await once(child, 'spawn');
  victims.push(child);
  return child;
}

interface Held {
  command: readonly string[];
  filter?: Buffer | undefined;
}

/** Returns the result of each attempt by its name. */
async function attacked({ command, filter }: Held, victim: ChildProcess) {
  const [file = PERL, ...args] = [...command, PERL, '-e', ATTACK, '--'];
  const told = JSON.stringify(Object.fromEntries(numbers));
  const who = isRoot && command.length === 0 ? { uid: ORDINARY, gid: ORDINARY } : {};
  const child = spawn(file, [...args, String(victim.pid), owned, told], {
    cwd: '/',
    env: {},
    ...who,
    stdio: ['ignore', 'ignore', 'pipe', 'ignore', filter === undefined ? 'ignore' : 'pipe'],
  });
  const stream = child.stdio[4];
  if (filter !== undefined && stream !== null && stream !== undefined && 'end' in stream) stream.end(filter);
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(child, 'close');
  const lines = text.trim().split('\n');
  const all = Object.fromEntries(lines.map((line) => line.split(' ') as [string, string]));
  return { all, ended: lines.at(-1) === 'end -' };
}

/** Returns the isolation of a reader without bubblewrap, without its program. */
function narrow(programs: boolean): Held {
  const confinement = new Confinement({ sandbox: 'auto' });
  while (confinement.level === 'sandbox') confinement.fallBack(confinement.stepIndex);
  const { file, args, filter } = confinement.command({
    ...{
      entry: '/usr/bin/true',
      memoryBytes: 512 * 1024 ** 2,
      temporaryBytes: 1024 ** 2,
      startsPrograms: programs,
    },
    // The whole machine is visible, so that only the filter stops the calls.
    ...{ visible: [['/', '/']], user: isRoot ? ORDINARY : undefined, temporary: folder },
  });
  return { command: [file, ...args.slice(0, args.indexOf(process.execPath))], filter: filter?.bytes };
}

const stateOf = ({ pid = 0 }: ChildProcess) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const [, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const limits = readFileSync(`/proc/${pid}/limits`, 'latin1');
  const allowed = /^Cpus_allowed:.*$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[0];
  // Field 19 is the nice value.
  return { nice: fields[15], limits, allowed };
};

const SIGNALS = ['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'sigio', 'sigio_ioctl'];
const HANDLES = ['pidfd_open', 'pidfd_send_signal', 'pidfd_getfd'];
const BOUNDS = [
  ...['prlimit64', 'sched_setaffinity', 'sched_setscheduler', 'sched_setattr', 'sched_setparam'],
  ...['setpriority', 'setpriority_user', 'ioprio_set', 'migrate_pages', 'process_madvise'],
];
const MEMORY = ['ptrace', 'process_vm_readv', 'process_vm_writev', 'kcmp', 'shmget', 'msgget', 'semget'];
const KERNEL = ['bpf', 'userfaultfd', 'unshare', 'setns', 'mount', 'keyctl', 'perf_event_open', 'socket'];
const PROGRAMS = ['execve', 'execveat', 'fork', 'clone'];
const FILES = ['write', 'create', 'unlink', 'rename', 'chmod', 'truncate', 'utimensat', 'symlink'];

describeWith('setpriv', 'a reader that a file has taken over, without namespaces and without root', () => {
  describeWhere(loadFilter({ kind: 'reader' })?.launcher !== undefined, 'Perl', 'and with its filter', () => {
    it('would end the service without it: the test can fail', async () => {
      const other = await victim();
      const gone = once(other, 'exit');
      const { all } = await attacked({ command: [] }, other);
      expect(all).toMatchObject({ kill: 'done', prlimit64: 'done', write: 'done', socket: 'done' });
      expect(await gone).toEqual([null, 'SIGKILL']);
    });

    it('is refused every signal, handle, bound and memory of others, every program and every file to write', async () => {
      const other = await victim();
      const before = stateOf(other);
      const { all, ended } = await attacked(narrow(false), other);
      expect(ended).toBe(true);
      const absent = ['clone3', 'io_uring_setup', 'openat2', 'number_470', 'number_1000'];
      for (const name of absent) expect([name, all[name]]).toEqual([name, 'ENOSYS']);
      const refused = [...SIGNALS, ...HANDLES, ...BOUNDS, ...MEMORY, ...KERNEL, ...PROGRAMS, ...FILES];
      for (const name of refused) expect([name, all[name]]).toEqual([name, 'EPERM']);
      // Every attempt is named in these lists.
      const open = ['own_tgkill', 'own_prlimit64', 'own_setpriority', 'read', 'end'];
      expect(Object.keys(all).sort()).toEqual([...absent, ...refused, ...open].sort());
      for (const name of open.slice(0, -1)) expect([name, all[name]]).toEqual([name, 'done']);
      expect(stateOf(other)).toEqual(before);
      expect(other.exitCode ?? other.signalCode).toBeNull();
      expect(readFileSync(owned, 'utf8')).toBe('kept');
    });

    it('nor does one that starts programs reach others', async () => {
      const other = await victim();
      const before = stateOf(other);
      const { all, ended } = await attacked(narrow(true), other);
      expect(ended).toBe(true);
      for (const name of [...SIGNALS, ...HANDLES, ...BOUNDS, ...MEMORY, ...KERNEL])
        expect([name, all[name]]).toEqual([name, 'EPERM']);
      expect(all).toMatchObject({ execve: 'done', fork: 'done', execveat: 'EPERM' });
      expect(stateOf(other)).toEqual(before);
    });

    it('ends by the signal of its own end, as a crash is told by', async () => {
      const { command, filter } = narrow(false);
      const [file = '', ...args] = [...command, process.execPath, '-e', 'process.abort()'];
      const child = spawn(file, args, {
        cwd: '/',
        env: {},
        stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'pipe'],
      });
      const stream = child.stdio[4];
      if (stream !== null && stream !== undefined && 'end' in stream) stream.end(filter);
      expect(await once(child, 'exit')).toEqual([null, 'SIGABRT']);
    });
  });
});

describe('the secret that a reader is started by', () => {
  it('is another one each time', () => {
    const heads = [1, 2].map(() => loadFilter({ kind: 'reader' })?.bytes.subarray(0, 16).toString('hex'));
    expect(new Set(heads).size).toBe(2);
  });
});
