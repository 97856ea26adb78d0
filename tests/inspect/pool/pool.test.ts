import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Value from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS, toStoredSchema } from '../../../src/base/message-schema.js';
import { ReportSchema, type StoredReport } from '../../../src/core/report/report.js';
import {
  createInspector,
  type InspectorOptions,
  readerProgramPath,
} from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector, InspectRequest } from '../../../src/inspect/pool/inspector.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { mp4OfManyBoxes } from '../../support/bombs.js';
import { faultText, noteText } from '../../support/fault-text.js';
import { readerStandIn, standIn } from '../../support/program.js';
import { signalled } from '../../support/signalled.js';
import { describeWhere, describeWith, itWith } from '../../support/system-parts.js';
import { acting } from '../acting.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ACTOR = readerStandIn('acts-by-name');
const PNG = here('../../../fixtures/c2pa/png-c2pa-intact.png');
/** For files that hang in one step; the others must still complete theirs on a busy machine. */
const SHORT_STEPS = { taskMillis: 20_000, readerTimeShare: 0.1 };

/** A busy machine takes longer to fill the memory. */
const SMALL_MEMORY = { smallProcessMemoryBytes: 256 * 1024 ** 2, taskMillis: 90_000 };

let folder: string;
let picture: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-pool-'));
  picture = join(folder, 'picture.png');
  copyFileSync(PNG, picture);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: Inspector[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((inspector) => inspector.close()));
});

function inspector(options: InspectorOptions = {}): Inspector {
  const made = createInspector({
    jobs: 2,
    childEntry: ACTOR,
    // Stand-ins write their observations to files, which a sandbox prevents.
    confinement: new Confinement({ sandbox: 'off' }),
    ...options,
  });
  open.push(made);
  return made;
}

const plainRequest = (name: string, more: Partial<InspectRequest> = {}): InspectRequest => ({
  ...{ path: picture, name, asOf: '2026-11-01', engine: 'auto' },
  ...more,
});
const request = (name: string, more: Partial<InspectRequest> = {}): InspectRequest =>
  acting(name, plainRequest(name, more));

function isAlive(pid: number): boolean {
  try {
    // A killed process stays a zombie until its parent reaps it; it no longer runs.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const gone = (pids: number[]) => expect.poll(() => pids.filter(isAlive)).toEqual([]);

const othersRead = ({ reads }: StoredReport, besides: string) =>
  Object.entries(reads)
    .filter(([carrier]) => carrier !== besides)
    .every(([, read]) => read.status !== 'failed');

function misbehaviour(sandbox: 'require' | 'off'): void {
  const cases = [
    { act: 'spin in exif', carrier: 'exif', code: 'reader.deadline', words: 'after 2 seconds and' },
    { act: 'wait in exif', carrier: 'exif', code: 'reader.deadline', words: 'after 2 seconds and' },
    { act: 'exit in pngText', carrier: 'pngText', code: 'reader.crashed', words: 'exit code 7' },
    { act: 'fill the heap in xmp', carrier: 'xmp', code: 'reader.memory', words: '256 MB' },
    { act: 'fill buffers in xmp', carrier: 'xmp', code: 'reader.memory', words: '256 MB' },
    {
      act: 'abort in both engines',
      carrier: 'c2pa',
      code: 'reader.crashed',
      words: 'WASM engine: The reading process crashed',
    },
  ] as const;
  it.each(cases)('$act', async ({ act, carrier, code, words }) => {
    const bounds = code === 'reader.deadline' ? SHORT_STEPS : SMALL_MEMORY;
    const confinement = new Confinement({ sandbox });
    const report = await inspector({ bounds, confinement }).inspect(request(act));
    expect(report.reads[carrier]).toMatchObject({ status: 'failed', code });
    expect(faultText(report.reads[carrier]) + noteText(report.reads[carrier])).toContain(words);
    expect(othersRead(report, carrier)).toBe(true);
    expect(Value.Check(REFERENCED_SCHEMAS, toStoredSchema(ReportSchema), report)).toBe(true);
  });
}

describeWith('bwrap', 'a sandboxed process that misbehaves in one step costs that step alone', () => {
  misbehaviour('require');
});

describe('a reading process that misbehaves in one step costs that step alone', () => {
  misbehaviour('off');

  it('gives WASM a try when the native engine dies, and says so', async () => {
    for (const act of ['abort in native', 'abort while loading an engine', 'hang in native']) {
      const report = await inspector({ bounds: { readerTimeShare: 0.15 } }).inspect(request(act));
      expect(report.contentCredentials.engine?.name).toBe('wasm');
      expect(report.contentCredentials.integrity).toBe('intact');
      expect(noteText(report.reads.c2pa)).toMatch(
        /Native engine: (The reading process crashed|Reading had not ended)/,
      );
    }
  });

  it('does not replace an engine that was asked for by name', async () => {
    const report = await inspector().inspect(request('abort in the chosen engine', { engine: 'native' }));
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.crashed' });
  });
});

describeWhere(process.platform === 'linux', 'Linux', 'without prlimit the parent watches the memory', () => {
  it.each(['fill the heap in xmp', 'fill buffers in xmp'])('%s', async (act) => {
    const confinement = new Confinement({ unaided: true });
    const report = await inspector({ bounds: SMALL_MEMORY, confinement }).inspect(request(act));
    expect(report.reads.xmp).toMatchObject({ status: 'failed', code: 'reader.memory' });
    expect(othersRead(report, 'xmp')).toBe(true);
  });
});

describe('a file that nothing can be had from still gets one Report', () => {
  const cases = [
    { act: 'abort while opening', code: 'reader.crashed', words: 'SIGABRT' },
    { act: 'abort for no reason', code: 'reader.crashed', words: 'SIGABRT' },
    { act: 'say nonsense', code: 'reader.crashed', words: 'not a report' },
    { act: 'report nonsense', code: 'reader.crashed', words: 'not a report' },
    { act: 'report with a stray member', code: 'reader.crashed', words: 'not a report' },
    { act: 'answer for another task', code: 'reader.crashed', words: 'not a report' },
    { act: 'never end a line', code: 'reader.crashed', words: 'more than a report may hold' },
    { act: 'report fifteen megabytes', code: 'reader.crashed', words: 'more than a report may hold' },
    { act: 'report many values', code: 'reader.crashed', words: 'more than a report may hold' },
    { act: 'report a long text', code: 'reader.crashed', words: 'not a report' },
    { act: 'report a long list', code: 'reader.crashed', words: 'not a report' },
    { act: 'tell of many parts', code: 'reader.crashed', words: 'not a report' },
    { act: 'throw something', code: 'reader.crashed', words: 'not foreseen' },
  ];
  it.each(cases)('$act', async ({ act, code, words }) => {
    const report = await inspector().inspect(request(act));
    for (const read of Object.values(report.reads)) expect(read).toMatchObject({ status: 'failed', code });
    expect(faultText(report.reads.c2pa)).toContain(words);
    expect(report.asset.sha256).toBe(createHash('sha256').update(readFileSync(picture)).digest('hex'));
    expect(Value.Check(REFERENCED_SCHEMAS, toStoredSchema(ReportSchema), report)).toBe(true);
  });

  it('tell of many parts, where those are asked for', async () => {
    const takers = { onParts: () => expect.unreachable() };
    const report = await inspector().inspect(request('tell of many parts'), takers);
    expect(faultText(report.reads.c2pa)).toContain('more than a report may hold');
  });

  it.each([
    ['conclude, and say another report', 'not a report'],
    ['conclude, and say the rest of another file', 'not a report'],
    ['conclude twice', 'not a report'],
    ['conclude nonsense', 'not a report'],
    ['conclude, and abort', 'SIGABRT'],
  ])('%s', async (act, words) => {
    const taken: unknown[] = [];
    const take = (one: unknown) => void taken.push(one);
    const report = await inspector().inspect(request(act), { onEvidence: take, onStoredTrust: take });
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.crashed' });
    expect(faultText(report.reads.c2pa)).toContain(words);
    expect(taken).toEqual([]);
  });

  it('that concludes where nothing more was asked for', async () => {
    const report = await inspector().inspect(request('conclude, and say the rest'));
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'reader.crashed' });
  });

  it('within its time, when every step hangs', async () => {
    const bounds = { taskMillis: 3_000, readerTimeShare: 0.3 };
    const report = await inspector({ bounds }).inspect(request('hang in everything'));
    expect(report.reads.xmp).toMatchObject({ status: 'failed', code: 'reader.budget' });
  });
});

describe('what is concluded first', () => {
  it('is the Report, and what comes after it belongs beside it', async () => {
    const [evidence, kept]: unknown[][] = [[], []];
    const takers = {
      onEvidence: (sheet: unknown) => void evidence?.push(sheet),
      onStoredTrust: (text: string) => void kept?.push(text),
    };
    const report = await inspector().inspect(request('conclude, and say the rest'), takers);
    expect(report.reads.c2pa.status).toBe('found');
    expect(report.law?.length).toBeGreaterThan(0);
    expect(evidence).toMatchObject([{ asset: { sha256: report.asset.sha256 } }]);
    expect(kept).toHaveLength(1);
  });

  it('is the same as where all comes at once', async () => {
    const real = inspector({ childEntry: readerProgramPath(), confinement: new Confinement() });
    const atOnce = await real.inspect(request('picture.png'));
    const before = await real.inspect(request('picture.png'), { onStoredTrust: () => undefined });
    expect(before).toEqual(atOnce);
  });
});

describe('processes', () => {
  it('are tried again after a death that no step explains', async () => {
    const report = await inspector().inspect(request('abort once for no reason'));
    expect(othersRead(report, '')).toBe(true);
  });

  it('are asked once more, by a fresh one, where an engine broke and could not say why', async () => {
    const once = await inspector().inspect(request('break an engine once'));
    expect(once.reads.c2pa.status).not.toBe('failed');
    expect(existsSync(`${picture}.broken`)).toBe(true);
    const always = await inspector().inspect(request('break an engine'));
    expect(always.reads.c2pa).toMatchObject({ status: 'failed', code: 'c2pa.enginePanic' });
    expect(readFileSync(`${picture}.readings`, 'utf8')).toBe('xx');
  });

  it('are killed with all they have started', async () => {
    const report = await inspector({ bounds: SHORT_STEPS }).inspect(request('start a grandchild and hang'));
    expect(report.reads.streams.code).toBe('reader.deadline');
    const pids: number[] = JSON.parse(readFileSync(`${picture}.pids`, 'utf8'));
    expect(pids).toHaveLength(2);
    await gone(pids);
  });

  itWith('setpriv', 'do not outlive a parent that was killed, even while they hang', async () => {
    const path = join(folder, 'orphan.png');
    copyFileSync(PNG, path);
    const parent = spawn(process.execPath, [
      standIn('parent-to-be-killed'),
      ACTOR,
      path,
      'start a grandchild and hang',
      'off',
    ]);
    try {
      while (!existsSync(`${path}.pids`)) await sleep(20);
      await sleep(100);
      const [child = 0, grandchild = 0]: number[] = JSON.parse(readFileSync(`${path}.pids`, 'utf8'));
      expect(isAlive(child)).toBe(true);
      parent.kill('SIGKILL');
      await gone([child]);
      signalled(grandchild, 'SIGKILL');
    } finally {
      parent.kill('SIGKILL');
      // If the test fails, no hanging process may remain on this machine.
      if (existsSync(`${path}.pids`)) {
        const left: number[] = JSON.parse(readFileSync(`${path}.pids`, 'utf8'));
        for (const pid of left) signalled(pid, 'SIGKILL');
      }
    }
  });

  const written = (path: string) => JSON.parse(readFileSync(`${path}.env`, 'utf8'));

  it('know nothing of the parent’s environment', async () => {
    process.env['ASSAY_TEST_SECRET'] = 'postgres://user:password@host';
    process.env['NODE_OPTIONS'] = '--no-warnings';
    try {
      await inspector().inspect(request('write down the environment'));
    } finally {
      delete process.env['ASSAY_TEST_SECRET'];
      delete process.env['NODE_OPTIONS'];
    }
    expect(written(picture).env).toEqual({ PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC' });
    expect(written(picture).cwd).toBe('/');
  });

  it('are used again, and replaced after so many files', async () => {
    const pool = inspector({ jobs: 1, bounds: { filesPerProcess: 2 } });
    const pids = [];
    for (let file = 0; file < 4; file += 1) {
      await pool.inspect(request('write down the environment'));
      pids.push(written(picture).pid);
    }
    const [first, second, third, fourth] = pids;
    expect([second, fourth]).toEqual([first, third]);
    expect(third).not.toBe(first);
  });

  it('are replaced once they have become large', async () => {
    const pidsOf = async (keptResidentBytes: number) => {
      const pool = inspector({ jobs: 1, bounds: { filesPerLook: 2, keptResidentBytes } });
      const pids: unknown[] = [];
      for (let file = 0; file < 4; file += 1) {
        await pool.inspect(request('write down the environment'));
        pids.push(written(picture).pid);
      }
      return pids;
    };
    const [first, second, third, fourth] = await pidsOf(1024 ** 2);
    expect([second, fourth]).toEqual([first, third]);
    expect(third).not.toBe(first);
    expect(new Set(await pidsOf(4 * 1024 ** 3)).size).toBe(1);
  });

  it('go when idle', async () => {
    await inspector({ bounds: { idleMillis: 100 } }).inspect(request('write down the environment'));
    await gone([written(picture).pid]);
  });

  it('have more memory for large files', async () => {
    const bounds = {
      smallAssetBytes: 1,
      smallProcessMemoryBytes: 1024 ** 2,
      largeProcessMemoryBytes: 512 * 1024 ** 2,
    };
    const report = await inspector({ bounds }).inspect(request('plain'));
    expect(othersRead(report, '')).toBe(true);
  });

  it.each(['dies-at-start', 'never-ready'])(
    'that do not start are a broken installation, not the file’s fault: %s',
    async (child) => {
      const pool = inspector({
        childEntry: here(`../children/${child}.js`),
        bounds: { childStartMillis: 300 },
      });
      await expect(pool.inspect(request('x'))).rejects.toMatchObject({
        name: 'InspectError',
        code: 'internal',
      });
    },
  );
});

describe('the queue', () => {
  it('keeps to its jobs and answers everyone', async () => {
    const pool = inspector();
    const names = Array.from({ length: 20 }, (_, n) => `file ${n}`);
    const reports = await Promise.all(names.map((name) => pool.inspect(request(name))));
    expect(reports.map((report) => report.asset.name)).toEqual(names);
  });

  it('goes on beside a file that hangs', async () => {
    const two = inspector({ bounds: SHORT_STEPS });
    const done: string[] = [];
    const names = ['hang in exif', 'file 1', 'file 2', 'file 3'];
    await Promise.all(names.map((name) => two.inspect(request(name)).then(() => done.push(name))));
    expect(done).toEqual(['file 1', 'file 2', 'file 3', 'hang in exif']);
  });

  it('gives up what is running and waiting when closed, and takes nothing more', async () => {
    const one = inspector({ jobs: 1 });
    const asked = [one.inspect(request('wait in exif')), one.inspect(request('file'))];
    const settled = Promise.allSettled(asked);
    await sleep(600);
    await one.close();
    for (const result of await settled) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'InspectError', code: 'internal' },
      });
    }
    await expect(one.inspect(request('file'))).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('a file that waits in the process that reads another', () => {
  const ahead = (more: InspectorOptions = {}) => inspector({ jobs: 1, ahead: true, ...more });
  const failures = ({ reads }: StoredReport) =>
    Object.entries(reads).flatMap(([carrier, { status }]) => (status === 'failed' ? [carrier] : []));

  it.each([
    ['exit in pngText', 'pngText'],
    ['abort in both engines', 'c2pa'],
  ])('is not blamed where that one does `%s`', async (act, carrier) => {
    const names = ['first', act, 'second', act, 'third', 'fourth'];
    const pool = ahead();
    const reports = await Promise.all(names.map((name) => pool.inspect(request(name))));
    expect(reports.map(({ asset }) => asset.name)).toEqual(names);
    expect(reports.map(failures)).toEqual(names.map((name) => (name === act ? [carrier] : [])));
  });

  it('has its own time, from when the other is done with', async () => {
    const pool = ahead({ bounds: SHORT_STEPS });
    const names = ['hang in exif', 'file', 'hang in exif', 'file'];
    const reports = await Promise.all(names.map((name) => pool.inspect(request(name))));
    expect(reports.map(failures)).toEqual([['exif'], [], ['exif'], []]);
  });

  it('is answered as one that is read alone, and each with its own answer', async () => {
    const other = join(folder, 'other.png');
    writeFileSync(other, readFileSync(picture).subarray(0, 4_000));
    const pool = inspector({
      jobs: 2,
      ahead: true,
      childEntry: readerProgramPath(),
      confinement: new Confinement(),
    });
    const alone = inspector({ childEntry: readerProgramPath(), confinement: new Confinement() });
    const asked = Array.from({ length: 24 }, (_, n) =>
      request(`file ${n}`, n % 3 === 0 ? { path: other } : {}),
    );
    const [together, one] = await Promise.all([
      Promise.all(asked.map((each) => pool.inspect(each))),
      Promise.all(asked.map((each) => alone.inspect(each))),
    ]);
    expect(together).toEqual(one);
  });

  it('takes no place from those behind it where it is no file', async () => {
    const pool = ahead();
    const missing = { path: join(folder, 'nothing.png') };
    const asked = [{}, missing, {}, missing, missing, {}].map((more, n) =>
      pool.inspect(request(`file ${n}`, more)),
    );
    const ends = (await Promise.allSettled(asked)).map(({ status }) => status);
    expect(ends).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('is given up with the rest when all is closed', async () => {
    const pool = ahead();
    const settled = Promise.allSettled(
      ['wait in exif', 'file', 'another'].map((name) => pool.inspect(request(name))),
    );
    await sleep(600);
    await pool.close();
    for (const result of await settled) expect(result).toMatchObject({ reason: { code: 'internal' } });
  });
});

describe('what cannot be opened', () => {
  it('is told by its code', async () => {
    const fifo = join(folder, 'fifo');
    spawn('mkfifo', [fifo]);
    while (!existsSync(fifo)) await sleep(10);
    const pool = inspector();
    const cases = {
      [join(folder, 'nothing.png')]: 'not-found',
      '': 'not-found',
      'a\0b': 'not-found',
      [`${picture}/x`]: 'not-found',
      [folder]: 'not-a-file',
      [fifo]: 'not-a-file',
      '/dev/zero': 'not-a-file',
    };
    for (const [path, code] of Object.entries(cases)) {
      await expect(pool.inspect(request('x', { path })), path).rejects.toMatchObject({
        name: 'InspectError',
        code,
      });
    }
  });

  it('is a file that changes under the reader’s hands', async () => {
    const path = join(folder, 'log.png');
    writeFileSync(path, 'a');
    const report = inspector({ bounds: SHORT_STEPS }).inspect(request('wait in exif', { path }));
    // Written repeatedly, so that it changes during the read, whenever that begins.
    const writing = setInterval(() => appendFileSync(path, 'b'), 50);
    try {
      await expect(report).rejects.toMatchObject({ code: 'changed-while-reading' });
    } finally {
      clearInterval(writing);
    }
  });
});

describe('the real reading process', () => {
  const real = () => {
    const made = createInspector({ jobs: 1 });
    open.push(made);
    return made;
  };

  it('reports on a signed picture, twice the same', async () => {
    const pool = real();
    const first = await pool.inspect(plainRequest('picture.png'));
    expect(first.contentCredentials.integrity).toBe('intact');
    expect(await pool.inspect(plainRequest('picture.png'))).toEqual(first);
  });

  it('takes an empty file and asks only the rulebooks named', async () => {
    const path = join(folder, 'empty');
    writeFileSync(path, '');
    const report = await real().inspect(plainRequest('empty', { path, rulebooks: [] }));
    expect(report.asset.bytes).toBe(0);
    expect(report.findings).toEqual([]);
  });

  it('hands no engine the MP4 on which both would run for minutes', async () => {
    const path = join(folder, 'boxes.mp4');
    writeFileSync(path, mp4OfManyBoxes());
    const report = await real().inspect(plainRequest('boxes.mp4', { path }));
    // Assay's own walk located the store.
    expect(report.contentCredentials.presence).toBe('unreadable');
    expect(report.reads.c2pa).toMatchObject({ status: 'failed', code: 'bound.entries' });
    expect(report.summary.coverage.unread).toContainEqual(
      expect.objectContaining({ carrier: 'c2pa', code: 'bound.entries' }),
    );
  });
});
