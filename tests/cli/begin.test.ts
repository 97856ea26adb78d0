import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dropEarlyStart, startEarly, takeEarlyStart } from '../../src/cli/shared/early-start.js';
import { readConfig } from '../../src/config/settings.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { diagnostics } from '../../src/inspect/protocol/diagnostics.js';
import { isolationLimits } from '../../src/inspect/protocol/isolation-limits.js';

const PICTURE = join(import.meta.dirname, '../../fixtures/plain/plain.jpg');
const ENV = { ASSAY_DATA_DIR: join(import.meta.dirname, 'none') };
const { trustDir, sandbox } = readConfig(ENV);

afterEach(() => dropEarlyStart());

it('reads with the process that was begun, which is the only one, and takes what V8 compiled for one file', async () => {
  const codes: unknown[] = [];
  const deaf = diagnostics.processStarted.subscribe(({ code }) => codes.push(code));
  startEarly(['inspect', '--json', PICTURE], ENV);
  const begun = takeEarlyStart(trustDir, sandbox);
  expect(begun).toBeDefined();
  expect(takeEarlyStart(trustDir, sandbox)).toBeUndefined();
  const { confinement, pool: stock } = begun ?? {};
  const inspector = createInspector({
    jobs: 1,
    trustDir,
    ...(confinement && stock && { confinement, pool: stock }),
  });
  try {
    const question = { name: 'plain.jpg', asOf: '2026-06-01', engine: 'native' } as const;
    const report = await inspector.inspect({ path: PICTURE, ...question });
    expect(report.asset.mediaType).toBe('image/jpeg');
    expect(codes).toEqual(['taken']);
    // A listener that is added late still gets the status.
    expect(confinement?.status?.level).toBe(inspector.isolation?.isolation);
  } finally {
    deaf();
    await inspector.close();
  }
});

it.each([
  [['scan', PICTURE], 2],
  [['scan', '--jobs', '1', PICTURE], 1],
] as [string[], number][])('starts what %j begins with, and reads packs with it', async (args, processes) => {
  const started: unknown[] = [];
  const deaf = diagnostics.processStarted.subscribe((one) => started.push(one));
  startEarly(args, ENV);
  const begun = takeEarlyStart(trustDir, sandbox);
  const inspector = createInspector({ jobs: 1, trustDir, packs: true, ...begun });
  try {
    expect(begun?.pool.packs).toBe(true);
    const question = { name: 'plain.jpg', asOf: '2026-06-01', engine: 'native' } as const;
    expect((await inspector.inspect({ path: PICTURE, ...question })).asset.mediaType).toBe('image/jpeg');
    await expect.poll(() => started.length).toBe(Math.min(processes, availableParallelism()));
  } finally {
    deaf();
    await inspector.close();
  }
});

describe('a large file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-begin-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const large = (name: string, end: string) => {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(PICTURE));
    truncateSync(path, isolationLimits.smallAssetBytes);
    appendFileSync(path, end);
    return path;
  };

  /** Returns the number of processes started until the file was read, and the digest of the read. */
  async function inspected(path: string, meanwhile: () => void = () => {}) {
    let started = 0;
    const deaf = diagnostics.processStarted.subscribe(() => {
      started += 1;
    });
    startEarly(['inspect', path], ENV);
    const begun = takeEarlyStart(trustDir, sandbox);
    expect(begun).toBeDefined();
    const inspector = createInspector({ jobs: 1, trustDir, ...begun });
    try {
      await expect.poll(() => started).toBe(1);
      meanwhile();
      const question = { name: 'large.jpg', asOf: '2026-06-01', engine: 'native' } as const;
      const { asset } = await inspector.inspect({ path, ...question });
      return { started, sha256: asset.sha256 };
    } finally {
      deaf();
      await inspector.close();
    }
  }
  const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  it('is read by the process that was begun with it', async () => {
    const path = large('one.jpg', 'one');
    expect(await inspected(path)).toEqual({ started: 1, sha256: digest(path) });
  });

  it('is read by another, where another file has come to its place since', async () => {
    const path = large('two.jpg', 'two');
    const other = large('other.jpg', 'and another');
    const { started, sha256 } = await inspected(path, () => renameSync(other, path));
    expect(started).toBe(2);
    expect(sha256).toBe(digest(path));
  });
});

it('gives it to nobody who asks for another folder of lists or another sandbox, and ends it', async () => {
  startEarly(['inspect', PICTURE], ENV);
  expect(takeEarlyStart('/elsewhere', sandbox)).toBeUndefined();
  expect(takeEarlyStart(trustDir, sandbox === 'off' ? 'auto' : 'off')).toBeUndefined();
  const signals = process.listenerCount('SIGINT');
  await dropEarlyStart();
  expect(process.listenerCount('SIGINT')).toBe(signals - 1);
  expect(takeEarlyStart(trustDir, sandbox)).toBeUndefined();
});

const NOTHING: [string, string[], Record<string, string>?][] = [
  ['another command', ['explain', PICTURE]],
  [
    'a scan that goes on, which may have nothing to read',
    ['scan', PICTURE, '--out', 'out.ndjson', '--resume'],
  ],
  ['a scan by other machines', ['scan', '--distributed', PICTURE]],
  ['what is asked of kept scans', ['scan', 'diff', PICTURE, PICTURE]],
  ['a scan of nothing', ['scan']],
  ['help', ['inspect', '--help', PICTURE]],
  ['pixels', ['inspect', '--deep', PICTURE]],
  ['no file', ['inspect', join(PICTURE, 'not-there')]],
  ['a folder', ['inspect', import.meta.dirname]],
  ['settings that are none', ['inspect', PICTURE], { ASSAY_SANDBOX: 'perhaps' }],
];
it.each(NOTHING)('begins nothing for %s', (_, args, more = {}) => {
  startEarly(args, { ...ENV, ...more });
  expect(takeEarlyStart(trustDir, sandbox)).toBeUndefined();
});
