import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { EvidenceView } from '../../../src/core/report/evidence-view.js';
import { createInspector, type InspectorOptions } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector, InspectRequest } from '../../../src/inspect/pool/inspector.js';
import { diagnostics } from '../../../src/inspect/protocol/diagnostics.js';
import { tenantKeyOf } from '../../../src/inspect/protocol/tenant.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { readerStandIn } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';
import { acting } from '../acting.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const PNG = here('../../../fixtures/plain/plain.png');

let folder: string;
let first: string;
let secret: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-taken-'));
  first = join(folder, 'first.png');
  copyFileSync(PNG, first);
  secret = join(folder, 'secret.png');
  // Bytes after the picture's end, so that it stays a valid picture.
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

/** The stand-in's act is also part of the name. */
const ask = (name: string, path: string, tenant: string): InspectRequest =>
  acting(name, { path, name, asOf: '2026-11-01', engine: 'auto', tenant: tenantKeyOf(tenant) });

function refusals(sandbox: 'require' | 'off'): void {
  it.each(['hash', 'length', 'name', 'type'])(
    'forges the %s of another file: refused, read anew, and gone',
    async (what) => {
      const { inspector, started } = counted({ confinement: new Confinement({ sandbox }) });
      await inspector.inspect(ask('takes over.png', first, 'a'));
      const sheets: EvidenceView[] = [];
      const takers = { onEvidence: (sheet: EvidenceView) => void sheets.push(sheet) };
      const { asset, reads } = await inspector.inspect(ask(`${what}.png`, secret, 'a'), takers);
      const own = { name: `${what}.png`, bytes: readFileSync(secret).length, sha256: hashOf(secret) };
      expect(asset).toMatchObject({ ...own, declaredMediaType: 'image/png', format: 'PNG' });
      expect(reads.exif.status).not.toBe('failed');
      expect(sheets.map((sheet) => sheet.asset)).toEqual([own]);
      // The lying process was replaced, and the one that read the suspect read nothing else.
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
    // Within one tenant the process lies about the next file, which shows that the test can fail.
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
    const fateOf = (name: string) => ({ onEnd: (fate: string) => void fates.push(`${name} ${fate}`) });
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
    // The process of `a` was replaced, the one of `c` was not.
    expect(started()).toBe(4);
  });
});
