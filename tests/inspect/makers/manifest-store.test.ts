import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { toExportedStore } from '../../../src/core/credentials/embedded-store.js';
import { parseManifestStore } from '../../../src/inspect/checks/store-check.js';
import { inspectFile } from '../../../src/inspect/inspect-file.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../../../src/inspect/pool/inspector.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { readerStandIn } from '../../support/program.js';
import { acting } from '../acting.js';

const fixture = (name: string) => resolve(import.meta.dirname, '../../../fixtures', name);
const folder = mkdtempSync(join(tmpdir(), 'assay-manifest-store-'));
const reads = createInspector({ jobs: 2 });
afterAll(async () => {
  await reads.close();
  rmSync(folder, { recursive: true, force: true });
});

const ASKED = { asOf: '2026-11-25', engine: 'auto' as const, jurisdictions: [] };

async function storeOf(path: string, sidecarPaths: string[] = [], inspector: Inspector = reads) {
  const done = await inspectFile(
    ASKED,
    { path, name: 'a', sidecarPaths },
    { inspector, attachments: ['manifestStore'] },
  );
  if ('error' in done) throw done.error;
  return done;
}

/** A JUMBF superbox declares its own length. */
const isWhole = (bytes: Uint8Array) =>
  Buffer.from(bytes).readUInt32BE(0) === bytes.length &&
  Buffer.from(bytes).toString('latin1', 4, 8) === 'jumb';

describe('the manifest store of a file', () => {
  it.each([
    'c2pa/jpeg-c2pa-intact.jpg',
    'c2pa/png-c2pa-intact.png',
    'c2pa/mp4-c2pa-intact.mp4',
    'c2pa/jpeg-c2pa-altered-data.jpg',
  ])('is given as it stands there: %s', async (name) => {
    const { manifestStore, manifestStoreFault, report } = await storeOf(fixture(name));
    expect(manifestStoreFault).toBeUndefined();
    expect(report.contentCredentials.presence).toBe('present');
    expect(isWhole(manifestStore?.bytes ?? Buffer.alloc(8))).toBe(true);
  });

  it('reads as a sidecar of the file: it is all of it', async () => {
    const { manifestStore } = await storeOf(fixture('c2pa/jpeg-c2pa-remote.jpg'), [
      fixture('c2pa/jpeg-c2pa-remote.c2pa'),
    ]);
    const sidecar = readFileSync(fixture('c2pa/jpeg-c2pa-remote.c2pa'));
    expect(Buffer.from(manifestStore?.bytes ?? []).equals(sidecar)).toBe(true);
  });

  it('is not given where there is none, and not gathered where nobody asks', async () => {
    expect(await storeOf(fixture('plain/plain.jpg'))).not.toHaveProperty('manifestStore');
    expect(await storeOf(fixture('c2pa/jpeg-c2pa-remote.jpg'))).not.toHaveProperty('manifestStore');
    const done = await inspectFile(
      ASKED,
      { path: fixture('c2pa/jpeg-c2pa-intact.jpg'), name: 'a' },
      { inspector: reads },
    );
    expect(Object.keys(done)).toEqual(['report']);
  });

  it('that nobody can get at is said to be so', async () => {
    const { manifestStore, manifestStoreFault } = await storeOf(fixture('formats/ogg-store.ogg'));
    expect(manifestStore).toBeUndefined();
    expect(manifestStoreFault?.code).toBe('carrier.notRead');
  });
});

describe('a process that has read hostile bytes', () => {
  const path = join(folder, 'picture.png');
  copyFileSync(fixture('c2pa/png-c2pa-intact.png'), path);
  const actor = createInspector({
    childEntry: readerStandIn('acts-by-name'),
    confinement: new Confinement({ sandbox: 'off' }),
  });
  afterAll(() => actor.close());
  const asked = (act: string): Inspector => ({
    inspect: (request, takers) => actor.inspect(acting(act, request), takers),
    close: () => Promise.resolve(),
  });

  it('may give bytes and nothing else', async () => {
    const { manifestStore } = await storeOf(path, [], asked('give a manifest store'));
    expect(manifestStore?.bytes).toEqual(Buffer.alloc(3));
    const other = await storeOf(path, [], asked('give a manifest store that is none'));
    expect(other).not.toHaveProperty('manifestStore');
    expect(other.manifestStoreFault?.code).toBe('reader.crashed');
  });
});

it('of more bytes than the bound is none', () => {
  const of = (bytes: number) => ({ base64: Buffer.alloc(bytes).toString('base64') });
  expect(parseManifestStore(of(limits.exportedManifestStoreBytes))).toMatchObject({
    bytes: expect.anything(),
  });
  for (const value of [
    of(limits.exportedManifestStoreBytes + 1),
    of(0),
    { fault: {} },
    {},
    'AAAA',
    null,
    { base64: 3 },
  ])
    expect(parseManifestStore(value)).toBeUndefined();
  const bytes = Buffer.alloc(limits.exportedManifestStoreBytes + 1);
  expect(toExportedStore({ status: 'found', value: { bytes } })).toEqual({
    fault: { code: 'bound.manifestStore', params: { of: 'other', most: limits.exportedManifestStoreBytes } },
  });
  expect(parseManifestStore({ fault: { code: 'bound.manifestStore' } })).toEqual({
    fault: { code: 'bound.manifestStore' },
  });
});
