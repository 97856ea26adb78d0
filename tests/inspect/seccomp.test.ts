import { describe, expect, it } from 'vitest';
import { buildSeccompFilter, type SeccompOptions } from '../../src/inspect/sandbox/seccomp.js';
import { SYSTEM_CALLS } from '../../src/inspect/sandbox/system-calls.js';

/** Values of `<linux/seccomp.h>`. */
const ANSWERS: Readonly<Record<number, string>> = {
  2147418112: 'allowed',
  2147483648: 'killed',
  327681: 'EPERM',
  327718: 'ENOSYS',
};

interface Call {
  number: number;
  audit: number;
  args: readonly bigint[];
}

/** Evaluates such a program as the kernel does, in software, so that other architectures can be tested. */
function judged(bytes: Buffer, { number, audit, args }: Call): string {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(audit, 4);
  for (const [at, arg] of args.entries()) data.writeBigUInt64LE(BigInt.asUintN(64, arg), 16 + at * 8);
  let held = 0;
  for (let at = 0; at < bytes.length / 8; at += 1) {
    const code = bytes.readUInt16LE(at * 8);
    const [yes, no] = [bytes.readUInt8(at * 8 + 2), bytes.readUInt8(at * 8 + 3)];
    const value = bytes.readUInt32LE(at * 8 + 4);
    const jump = (isTrue: boolean) => {
      at += isTrue ? yes : no;
    };
    if (code === 0x20) held = data.readUInt32LE(value);
    else if (code === 0x54) held = (held & value) >>> 0;
    else if (code === 0x15) jump(held === value);
    else if (code === 0x25) jump(held > value);
    else if (code === 0x35) jump(held >= value);
    else if (code === 0x45) jump((held & value) !== 0);
    else if (code === 0x06) return ANSWERS[value] ?? `unknown answer ${value}`;
    else return `unknown instruction ${code}`;
  }
  return 'no answer';
}

const SECRET = [0x1234_5678_9abc_def0n, -0x0fed_cba9_8765_4321n] as const;
const launched = { secret: SECRET };

describe.each(['x64', 'arm64'])('the filter for system calls on %s', (arch) => {
  const calls = SYSTEM_CALLS.get(arch);
  if (calls === undefined) throw new Error(arch);
  const asked = (wish: SeccompOptions, name: string | number, ...args: (number | bigint)[]) => {
    const number = typeof name === 'number' ? name : calls.numbers.get(name);
    const filter = buildSeccompFilter(arch, wish);
    if (number === undefined || filter === undefined) throw new Error(String(name));
    return judged(filter.bytes, { number, audit: calls.audit, args: args.map(BigInt) });
  };
  const reader: SeccompOptions = { kind: 'reader', launched };
  const programs: SeccompOptions = { kind: 'programs', launched };
  const browser: SeccompOptions = { kind: 'browser' };
  const all = [reader, programs, browser, { kind: 'reader' }, { kind: 'programs' }] as const;

  it('answers every number, with whole instructions that jump within themselves', () => {
    for (const wish of all) {
      const { bytes } = buildSeccompFilter(arch, wish) ?? { bytes: Buffer.alloc(0) };
      expect([bytes.length % 8, bytes.length / 8 < 4_096]).toEqual([0, true]);
      const answers = new Set<string>();
      for (let number = 0; number < calls.highest + 20; number += 1)
        answers.add(judged(bytes, { number, audit: calls.audit, args: [] }));
      expect([...answers].sort()).toEqual(['ENOSYS', 'EPERM', 'allowed']);
    }
  });

  it('lets a reader read, and do nothing else', () => {
    for (const name of ['read', 'mmap', 'futex', 'close', 'statx', 'exit_group', 'getrandom'])
      expect(asked(reader, name), name).toBe('allowed');
    for (const name of [
      ...['kill', 'tkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'pidfd_open', 'pidfd_send_signal'],
      ...['sched_setaffinity', 'ptrace', 'socket', 'connect', 'sendmsg', 'unlinkat', 'renameat2', 'mount'],
      ...['setns', 'unshare', 'setsid', 'setpgid', 'execveat', 'ftruncate', 'bpf', 'keyctl', 'shmctl'],
    ])
      expect(asked(reader, name), name).toBe('EPERM');
  });

  it('opens files to read alone', () => {
    const openat = (wish: SeccompOptions, flags: number) => asked(wish, 'openat', -100, 0, flags);
    for (const flags of [0, 0o2000000, 0o200000]) expect(openat(reader, flags)).toBe('allowed');
    for (const flags of [0o1, 0o2, 0o101, 0o1000, 0o2000, 0o20200002])
      expect(openat(reader, flags), flags.toString(8)).toBe('EPERM');
    expect(openat(programs, 0o2)).toBe('allowed');
  });

  it('lets one program begin, by its secret', () => {
    const execve = (wish: SeccompOptions, ...more: (number | bigint)[]) =>
      asked(wish, 'execve', 1, 2, 3, ...more);
    const [one, other] = SECRET;
    expect(execve(reader, one, other)).toBe('allowed');
    for (const wrong of [
      [0n, 0n],
      [other, one],
      [one, 0n],
      [one, other ^ 1n],
      [one, other ^ (1n << 40n)],
      [one ^ (1n << 40n), other],
    ])
      expect(execve(reader, ...wrong)).toBe('EPERM');
    expect(execve({ kind: 'reader' })).toBe('allowed');
    expect(execve({ ...reader, isScript: true })).toBe('allowed');
    expect(execve(programs)).toBe('allowed');
  });

  it('starts threads, and processes only for pixels', () => {
    const clone = (wish: SeccompOptions, flags: number) => asked(wish, 'clone', flags);
    expect(clone(reader, 0x3d0f00)).toBe('allowed');
    expect(clone(reader, 17)).toBe('EPERM');
    expect(clone(programs, 17)).toBe('allowed');
    for (const wish of all) {
      expect(clone(wish, 0x3d0f00 | 0x10000000)).toBe('EPERM');
      expect(asked(wish, 'clone3')).toBe('ENOSYS');
      expect(asked(wish, 'io_uring_setup')).toBe('ENOSYS');
    }
  });

  it('lets nobody bound, slow or signal another', () => {
    for (const wish of [reader, programs]) {
      expect(asked(wish, 'prlimit64', 0)).toBe('allowed');
      expect(asked(wish, 'prlimit64', 4_711)).toBe('EPERM');
      expect(asked(wish, 'setpriority', 0, 0, 19)).toBe('allowed');
      expect(asked(wish, 'setpriority', 0, 4_711, 19)).toBe('EPERM');
      expect(asked(wish, 'setpriority', 2, 0, 19)).toBe('EPERM');
      // F_SETOWN, F_SETSIG, F_SETOWN_EX; FIOSETOWN; PR_SET_PTRACER.
      for (const command of [8, 10, 15]) expect(asked(wish, 'fcntl', 3, command)).toBe('EPERM');
      expect(asked(wish, 'fcntl', 3, 3)).toBe('allowed');
      expect(asked(wish, 'ioctl', 3, 0x8901)).toBe('EPERM');
      expect(asked(wish, 'ioctl', 3, 0x5412)).toBe('EPERM');
      expect(asked(wish, 'ioctl', 3, 0x5401)).toBe('allowed');
      expect(asked(wish, 'prctl', 0x59616d61)).toBe('EPERM');
      expect(asked(wish, 'prctl', 15)).toBe('allowed');
    }
    expect(asked(programs, 'kill', 4_711, 9)).toBe('EPERM');
    expect(asked({ ...programs, canEndOwnProcesses: true }, 'kill', 4_711, 9)).toBe('allowed');
    expect(asked({ ...reader, canEndOwnProcesses: true }, 'kill', 4_711, 9)).toBe('EPERM');
  });

  it('lets a process abort, once it is told its number', () => {
    const filter = buildSeccompFilter(arch, reader);
    const number = calls.numbers.get('tgkill');
    if (filter?.pidAt === undefined || number === undefined) throw new Error('no place for a number');
    const bytes = Buffer.from(filter.bytes);
    const asking = (pid: bigint) => judged(bytes, { number, audit: calls.audit, args: [pid, pid, 6n] });
    expect(asking(4_711n)).toBe('EPERM');
    bytes.writeUInt32LE(4_711, filter.pidAt);
    expect([asking(4_711n), asking(4_712n)]).toEqual(['allowed', 'EPERM']);
  });

  it('gives a browser its own processes and sockets of one machine, and no way out', () => {
    for (const name of ['kill', 'tgkill', 'fork', 'memfd_create'].filter((one) => calls.numbers.has(one)))
      expect(asked(browser, name), name).toBe('allowed');
    expect(asked(browser, 'socket', 1)).toBe('allowed');
    for (const family of [2, 10, 16, 17]) expect(asked(browser, 'socket', family)).toBe('EPERM');
    for (const name of ['mount', 'ptrace', 'setns', 'unshare', 'bpf', 'execveat', 'keyctl', 'pivot_root'])
      expect(asked(browser, name), name).toBe('EPERM');
  });

  it('says of what is newer than its table that there is no such call, and ends a process that is checked', () => {
    for (const wish of all) expect(asked(wish, calls.highest + 1)).toBe('ENOSYS');
    const strict = { ...reader, strict: true };
    expect(asked(strict, calls.highest + 1)).toBe('killed');
    expect(asked(strict, 'mount')).toBe('killed');
    expect(asked(strict, 'read')).toBe('allowed');
    expect(asked({ ...strict, without: ['read'] }, 'read')).toBe('killed');
    expect(asked({ ...strict, also: [calls.highest + 1] }, calls.highest + 1)).toBe('allowed');
  });

  it('ends whoever calls by the numbers of another architecture', () => {
    const { bytes } = buildSeccompFilter(arch, reader) ?? { bytes: Buffer.alloc(0) };
    expect(judged(bytes, { number: 0, audit: 0x40000003, args: [] })).toBe('killed');
    if (calls.foreignFrom !== undefined) expect(asked(reader, calls.foreignFrom + 1)).toBe('ENOSYS');
  });
});

describe('the filter for system calls elsewhere', () => {
  it('is not made up where the numbers are not known', () => {
    expect(buildSeccompFilter('riscv64', { kind: 'reader' })).toBeUndefined();
  });
});
