import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { StoredReport } from '../../../src/core/report/report.js';
import { createInspector, type InspectorOptions } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../../../src/inspect/pool/inspector.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { DIST, readerStandIn, standIn } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';
import { acting } from '../acting.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ENTRY = readerStandIn('hostile-reader');
/** A file without a manifest, so that no process has to compile an engine. */
const PNG = here('../../../fixtures/plain/plain.png');

let folder: string;
let picture: string;
let server: Server;
let port: number;
let visitors = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-hostile-'));
  picture = join(folder, 'picture.png');
  copyFileSync(PNG, picture);
  server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Shared by all tests that end regularly. */
let shared: Inspector | undefined;
afterAll(() => shared?.close());

const open: Inspector[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((inspector) => inspector.close()));
});

const create = (options: InspectorOptions = {}): Inspector =>
  createInspector({
    jobs: 1,
    childEntry: ENTRY,
    confinement: new Confinement({ sandbox: 'require' }),
    ...options,
  });

function inspector(options: InspectorOptions | undefined): Inspector {
  if (options === undefined) {
    shared ??= create();
    return shared;
  }
  const made = create(options);
  open.push(made);
  return made;
}

const asking = (act: string, more: { deep?: boolean; path?: string } = {}) =>
  acting(act, { path: picture, name: 'a.png', asOf: '2026-11-01', engine: 'auto', ...more });

const inspect = (
  act: string,
  options?: InspectorOptions,
  more: { deep?: boolean; path?: string } = {},
): Promise<StoredReport> => inspector(options).inspect(asking(act, more));

/** Returns the result as the reader reported it. */
const came = async (
  act: string,
  ...rest: [InspectorOptions?, { deep?: boolean; path?: string }?]
): Promise<string> => (await inspect(act, ...rest)).asset.format;

/** Leaves numbers 3 to 199 free: Node sets close-on-exec up to the first gap after 16. */
const GAP = Array.from({ length: 197 }, () => 'ignore' as const);

const QUICK = { taskMillis: 12_000, readerTimeShare: 0.5 };

/** Returns the running processes whose command line contains this, which must be unique on the machine. */
function running(words: string): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').includes(words);
    } catch {
      return false;
    }
  }).length;
}

const noneLeft = (words: string) => expect.poll(() => running(words)).toBe(0);
/** Marks the command lines of this run's processes. */
const OURS = String(process.pid);

describeWith('bwrap', 'a reader that a file has taken over', () => {
  it('outside the sandbox would reach the network: the test can fail', async () => {
    const before = visitors;
    expect(await came(`connect|${port}`, { confinement: new Confinement({ sandbox: 'off' }) })).toBe(
      'connect',
    );
    expect(visitors).toBe(before + 1);
  });

  it('reaches no network, and no socket of this machine', async () => {
    const before = visitors;
    for (const act of [`connect|${port}`, 'connect to a socket in the file system', 'listen'])
      expect(await came(act), act).toMatch(/^E(PERM|ACCES)$/);
    expect(visitors).toBe(before);
  });

  it('sees its own file, and no other', async () => {
    const hash = spawnSync('sha256sum', [picture], { encoding: 'utf8' }).stdout.slice(0, 64);
    expect(await came('hash of what it was given|$FILE')).toBe(hash);
    expect(await came('list|/job')).toBe('file');
    for (const path of [
      '/etc/passwd',
      '/etc/hostname',
      '/root/.ssh',
      picture,
      folder,
      '/home',
      '/var',
      '/sys',
      '/proc/sys/kernel/core_pattern',
    ])
      expect(await came(`read|${path}`), path).toMatch(/^E(NOENT|ACCES|ISDIR)$/);
    // The program is visible at its own location, which may be in a home folder.
    const [, above] = DIST.split('/');
    for (const path of ['/', '/etc', '/job']) {
      const names = (await came(`list|${path}`)).split(' ').filter((name) => path !== '/' || name !== above);
      expect(names.join(' '), path).not.toMatch(/passwd|home|var|root/);
    }
  });

  it('sees no process but its own', async () => {
    expect(Number(await came('processes'))).toBeLessThan(6);
  });

  it('writes nowhere but to its own small folder for temporary files', async () => {
    for (const path of ['/x', '/usr/x', '/etc/x', '/dev/x', '/job/x', '/job/file', join(DIST, 'x')])
      expect(await came(`write|${path}`, undefined, { deep: true }), path).toMatch(/^E(ROFS|ACCES)$/);
    expect(await came('write|/tmp/x', undefined, { deep: true })).toBe('written');
    // A reader that starts no programs cannot open anything for writing, not even there.
    expect(await came('write|/tmp/x')).toBe('EPERM');
  });

  it('has no right beyond those of nobody, and the filter', async () => {
    const rights = await came('rights');
    expect(rights).toMatch(/CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000/);
    expect(rights).toMatch(/NoNewPrivs: 1 Seccomp: 2$/);
    expect(rights).not.toMatch(/Uid: 0 /);
  });

  it('has no file that whoever started Assay left open, nor has a program that it starts', () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'of whoever started this', { mode: 0o600 });
    const inherited = openSync(secret, 'r');
    const saysOf = (name: string, deep: boolean): string => {
      const asked = JSON.stringify({ childEntry: ENTRY, path: picture, name, deep });
      const { stdout } = spawnSync(process.execPath, [standIn('parent-of-a-reader'), asked], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit', ...GAP, inherited],
      });
      return JSON.parse(stdout).came;
    };
    // The progress file is an unnamed file of the parent.
    expect(saysOf('descriptors', false)).toMatch(/^(\S*assay-slate-\S+ \(deleted\))?\|200: EBADF$/);
    expect(saysOf('descriptors of a program', true)).toBe('0 1 2 3 ');
  });

  it('gives the programs it starts no more right than it has itself', async () => {
    const rights = await came('rights of a program', undefined, { deep: true });
    expect(rights).toMatch(/CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000/);
    expect(rights).toMatch(/NoNewPrivs: 1 Seccomp: 2 $/);
    expect(rights).not.toMatch(/Uid: 0 /);
  });

  it('starts no program, unless pixels are asked for', async () => {
    expect(await came('start a program')).toBe('EPERM');
    expect(await came('start a program', undefined, { deep: true })).toBe('started');
  });

  it('forks a bounded number of times, and what it forked goes with it', async () => {
    const long = `1000.${OURS}`;
    expect(await came(`fork without end|${long}`, { bounds: QUICK })).toBe('0 processes, then EPERM');
    const [, count = '', refusal] =
      /^(\d+) processes, then (\w+)$/.exec(
        await came(`fork without end|${long}`, { bounds: QUICK }, { deep: true }),
      ) ?? [];
    expect([Number(count) < 200, refusal]).toEqual([true, 'EAGAIN']);
    await Promise.all(open.splice(0).map((one) => one.close()));
    await noneLeft(`sleep ${long}`);
  });

  it('sets off a fork bomb that ends with its file', async () => {
    const report = await inspect(
      `set off a fork bomb|bomb${OURS}`,
      { bounds: { taskMillis: 6_000, readerTimeShare: 0.5 } },
      { deep: true },
    );
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.deadline' });
    await noneLeft(`bomb${OURS}() {`);
  });

  it('fills its own small folder, and no disk', async () => {
    const bounds = { largeTemporaryBytes: 32 * 1024 ** 2 };
    const filled = await came('fill the disk', { bounds }, { deep: true });
    const [, mebibytes = '', refusal] = /^(\d+) MiB, then (\w+)$/.exec(filled) ?? [];
    expect([Number(mebibytes) <= 32, refusal]).toEqual([true, expect.stringMatching(/^(ENOSPC|EFBIG)$/)]);
  });

  it('uses no more memory than it may, alone or in company', async () => {
    const report = await inspect('use 8 GB');
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.memory' });
    const bounds = { ...QUICK, largeProcessMemoryBytes: 512 * 1024 ** 2 };
    const together = await inspect('use 8 GB in many processes', { bounds }, { deep: true });
    expect(together.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.memory' });
  });

  it('spins until its time is up', async () => {
    const report = await inspect('spin', { bounds: { taskMillis: 6_000, readerTimeShare: 0.3 } });
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.deadline' });
  });

  it('sees a large file where it is, and that one alone', async () => {
    const path = join(folder, 'large.bin');
    writeFileSync(path, Buffer.alloc(2 * 1024 ** 2, 7), { mode: 0o644 });
    const bounds = { copiedAssetBytes: 1024 ** 2 };
    expect(await came('list|/job', { bounds }, { path })).toBe('file');
    expect(await came('write|/job/file', { bounds }, { path, deep: true })).toMatch(/^E(ROFS|ACCES)$/);
  });

  it('is told in the report how it was held', async () => {
    expect((await inspect('processes')).tool.isolation).toBe('sandbox');
    const bare = { confinement: new Confinement({ sandbox: 'off' as const }) };
    expect((await inspect('processes', bare)).tool.isolation).toBe('process');
  });

  it('ends with a parent that is killed, and what it left is swept up by the next', async () => {
    await shared?.close();
    shared = undefined;
    const parent = spawn(process.execPath, [
      standIn('parent-to-be-killed'),
      ENTRY,
      picture,
      'spin',
      'require',
    ]);
    const ended = once(parent, 'exit');
    const folders = () =>
      readdirSync('/dev/shm').filter(
        (name) => name.startsWith('assay-reading-') && name.includes(`-${parent.pid}-`),
      ).length;
    try {
      while (folders() === 0 || running(ENTRY) < 3) await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      parent.kill('SIGKILL');
    }
    await noneLeft(ENTRY);
    // Until its parent has reaped it, its number is in use, and its files are not cleaned up.
    await ended;
    const next = create();
    await next.inspect(asking('processes'));
    await next.close();
    expect(folders()).toBe(0);
  });

  it('leaves nothing of what it read', async () => {
    const one = create();
    await one.inspect(asking('processes'));
    await one.close();
    await shared?.close();
    shared = undefined;
    const left = readdirSync('/dev/shm').filter(
      (name) => name.startsWith('assay-reading-') && name.includes(`-${process.pid}-`),
    );
    expect(left).toEqual([]);
  });
});
