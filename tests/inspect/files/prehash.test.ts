import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inspectErrorFor } from '../../../src/inspect/files/file-check.js';
import { hashFile } from '../../../src/inspect/files/known-hash.js';
import { Prehash } from '../../../src/inspect/files/prehash.js';
import { createInspector, type InspectorOptions } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector, InspectRequest } from '../../../src/inspect/pool/inspector.js';
import { isolationLimits } from '../../../src/inspect/protocol/isolation-limits.js';
import { readerStandIn } from '../../support/program.js';
import { acting } from '../acting.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ACTOR = readerStandIn('acts-by-name');
const PNG = here('../../../fixtures/c2pa/png-c2pa-intact.png');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const PNG_SHA256 = sha256(readFileSync(PNG));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-early-hash-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the descriptors of this process on that file. */
const descriptorsOn = (path: string): number =>
  readdirSync('/proc/self/fd').filter((number) => {
    try {
      return readlinkSync(`/proc/self/fd/${number}`) === path;
    } catch {
      // The descriptor was closed meanwhile.
      return false;
    }
  }).length;

describe('the hash of a large file, begun early', () => {
  it('is the file’s', async () => {
    const bytes = Buffer.alloc(3 * 1024 ** 2 + 7, 'x');
    const path = join(folder, 'some.bin');
    writeFileSync(path, bytes);
    const hash = new Prehash(path);
    expect(hash.known).toBeUndefined();
    expect(await hash.digest).toBe(sha256(bytes));
    expect(hash.known).toBe(sha256(bytes));
    hash.stop();
  });

  it('says why there is none', async () => {
    await expect(new Prehash(join(folder, 'missing')).digest).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(new Prehash(folder).digest).rejects.toMatchObject({ code: 'ENOTREG' });
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    await expect(new Prehash(fifo).digest).rejects.toMatchObject({ code: 'ENOTREG' });
    expect(inspectErrorFor('ENOTREG').code).toBe('not-a-file');
  });

  it('is taken beforehand of files of any size, and of nothing else', async () => {
    const { signal } = new AbortController();
    const path = join(folder, 'large.bin');
    writeFileSync(path, '');
    for (const bytes of [0, 70_000, isolationLimits.smallAssetBytes + 1]) {
      truncateSync(path, bytes);
      expect((await hashFile(path, signal)).sha256).toBe(sha256(Buffer.alloc(bytes)));
    }
    await expect(hashFile(folder, signal)).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(hashFile(path, AbortSignal.abort())).rejects.toThrow();
  });

  it('stops where nobody needs it any more, and holds no descriptor', async () => {
    const path = join(folder, 'sparse.bin');
    execFileSync('truncate', ['-s', '2G', path]);
    const hash = new Prehash(path);
    await expect.poll(() => descriptorsOn(path)).toBeGreaterThan(0);
    hash.stop();
    await expect(hash.digest).rejects.toThrow();
    await expect.poll(() => descriptorsOn(path)).toBe(0);
  });
});

describe('a large file’s hash', () => {
  const open: Inspector[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((inspector) => inspector.close()));
  });
  const LARGE = { smallAssetBytes: 1, copiedAssetBytes: 1 };
  const inspect = (options: InspectorOptions, more: Partial<InspectRequest> = {}, act = 'nothing') => {
    const inspector = createInspector({ jobs: 1, ...options });
    open.push(inspector);
    return inspector.inspect(
      acting(act, { path: PNG, name: 'a.png', asOf: '2026-11-01', engine: 'auto', ...more }),
    );
  };

  it('comes out the same, with all else, as where the reading process hashes it itself', async () => {
    const small = await inspect({});
    expect(small.asset.sha256).toBe(PNG_SHA256);
    expect(await inspect({ bounds: LARGE })).toEqual(small);
  });

  it('is not taken from a process that says another', async () => {
    const report = await inspect({ bounds: LARGE, childEntry: ACTOR }, {}, 'report another hash');
    expect(report.asset.sha256).toBe(PNG_SHA256);
    expect(report.reads.c2pa).toMatchObject({
      status: 'failed',
      code: 'reader.crashed',
      params: { how: 'badAnswer' },
    });
  });

  it('is taken from whoever knows it, while the file is what it was', async () => {
    const { signal } = new AbortController();
    const known = await hashFile(PNG, signal);
    expect(known.sha256).toBe(PNG_SHA256);
    const told = { ...known, sha256: 'f'.repeat(64) };
    expect((await inspect({ bounds: LARGE }, { hash: told })).asset.sha256).toBe(told.sha256);
    const { state } = known;
    const earlier = { ...told, state: { ...state, mtimeNs: state.mtimeNs - 1n } };
    for (const [bounds, hash] of [
      [LARGE, earlier],
      [{}, told],
    ] as const) {
      expect((await inspect({ bounds }, { hash })).asset.sha256).toBe(PNG_SHA256);
    }
  });

  it('is there where nothing else could be read', async () => {
    const report = await inspect({ bounds: LARGE, childEntry: ACTOR }, {}, 'abort for no reason');
    expect(report.asset.sha256).toBe(PNG_SHA256);
    expect(report.reads.xmp).toMatchObject({ status: 'failed', code: 'reader.crashed' });
  });
});
