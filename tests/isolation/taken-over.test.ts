import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { EvidenceSheet } from '../../src/core/report/evidence-sheet.js';
import { Confinement } from '../../src/isolation/confinement.js';
import { diagnostics } from '../../src/isolation/diagnostics.js';
import type { Inspector, InspectRequest } from '../../src/isolation/inspector.js';
import { partyOf } from '../../src/isolation/party.js';
import { createInspector, type InspectorOptions } from '../../src/isolation/pool.js';
import { readerStandIn } from '../program.js';
import { describeWith } from '../system-parts.js';
import { acting } from './acting.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const PNG = here('../../fixtures/plain/plain.png');

let folder: string;
let first: string;
let secret: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-taken-'));
  first = join(folder, 'first.png');
  copyFileSync(PNG, first);
  secret = join(folder, 'secret.png');
  // Behind the picture's end, so that it stays one.
  writeFileSync(secret, Buffer.concat([readFileSync(PNG), Buffer.from('known to one tenant only')]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = Buffer.from('known to one tenant only').toString('hex');
const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function counted(options: InspectorOptions): { inspector: Inspector; started: () => number } {
  let started = 0;
  const deaf = diagnostics.processStarted.subscribe(() => {
    started += 1;
  });
  const inspector = createInspector({ jobs: 1, childEntry: readerStandIn('taken-over'), ...options });
  onTestFinished(async () => {
    deaf();
    await inspector.close();
  });
  return { inspector, started: () => started };
}

/** What the stand-in does stands in the name, too. */
const ask = (name: string, path: string, tenant: string): InspectRequest =>
  acting(name, { path, name, asOf: '2026-11-01', engine: 'auto', party: partyOf(tenant) });

function refusals(sandbox: 'require' | 'off'): void {
  it.each(['hash', 'length', 'name', 'type'])(
    'forges the %s of another file: refused, read anew, and gone',
    async (what) => {
      const { inspector, started } = counted({ confinement: new Confinement({ sandbox }) });
      await inspector.inspect(ask('takes over.png', first, 'a'));
      const sheets: EvidenceSheet[] = [];
      const takers = { takeEvidence: (sheet: EvidenceSheet) => void sheets.push(sheet) };
      const { asset, reads } = await inspector.inspect(ask(`${what}.png`, secret, 'a'), takers);
      const own = { name: `${what}.png`, bytes: readFileSync(secret).length, sha256: hashOf(secret) };
      expect(asset).toMatchObject({ ...own, declaredMediaType: 'image/png', format: 'PNG' });
      expect(reads.exif.status).not.toBe('failed');
      expect(sheets.map((sheet) => sheet.asset)).toEqual([own]);
      // The liar is gone, and the one that read the suspect read nothing else.
      expect(started()).toBe(2);
      const { asset: next } = await inspector.inspect(ask('carries.png', first, 'a'));
      expect(next.format).toBe('PNG');
      expect(started()).toBe(3);
    },
  );

  it('carries nothing of one tenant’s file into another’s Report', async () => {
    const { inspector, started } = counted({ confinement: new Confinement({ sandbox }) });
    for (const [name, path, tenant] of [
      ['takes over.png', first, 'a'],
      ['quiet.png', secret, 'a'],
    ] as const) {
      await inspector.inspect(ask(name, path, tenant));
    }
    // Within a tenant it would: the test can fail.
    const own = await inspector.inspect(ask('carries.png', first, 'a'));
    expect(own.asset.format).toContain(SECRET);
    expect(started()).toBe(1);
    const other = await inspector.inspect(ask('carries.png', first, 'b'));
    expect(other.asset.format).toBe('PNG');
    expect(JSON.stringify(other)).not.toContain(SECRET);
    expect(started()).toBe(2);
  });
}

describeWith('bwrap', 'a sandboxed reader that a file has taken over', () => {
  refusals('require');
});

describe('a reader that a file has taken over', () => {
  refusals('off');

  it('is given no second file where each is to have a fresh one, and a spare stands ready', async () => {
    const bounds = { filesPerProcess: 1, spareProcesses: 1 };
    const { inspector, started } = counted({ bounds });
    await inspector.inspect(ask('takes over.png', first, 'a'));
    await inspector.inspect(ask('quiet.png', secret, 'a'));
    const { asset } = await inspector.inspect(ask('carries.png', first, 'a'));
    expect(asset.format).toBe('PNG');
    await expect.poll(started).toBe(4);
  });

  it('tells of its earlier Reports that they are in doubt as soon as it faults, and of a good end that they stand', async () => {
    const { inspector } = counted({ confinement: new Confinement({ sandbox: 'off' }) });
    const fates: string[] = [];
    const fateOf = (name: string) => ({ whenEnded: (fate: string) => void fates.push(`${name} ${fate}`) });
    await inspector.inspect(ask('one.png', first, 'a'), fateOf('one'));
    await inspector.inspect(ask('two.png', first, 'a'), fateOf('two'));
    expect(fates).toEqual([]);
    await inspector.inspect(ask('falls.png', first, 'a'), fateOf('falls'));
    expect(fates).toEqual(['one doubted', 'two doubted', 'falls stands']);
    await inspector.inspect(ask('three.png', first, 'a'), fateOf('three'));
    await inspector.close();
    expect(fates.at(-1)).toBe('three stands');
  });

  it('leaves no more processes idle than may be', async () => {
    const { inspector, started } = counted({ bounds: { idleProcesses: 2 } });
    for (const tenant of ['a', 'b', 'c', 'a', 'c']) await inspector.inspect(ask('quiet.png', first, tenant));
    // The first of `a` had to make room, the one of `c` had not.
    expect(started()).toBe(4);
  });
});
