import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../../fixtures/build/formats/crc32.js';
import { secondIntegrity } from '../../../../src/core/c2pa/integrity.js';
import type { StoreEvidence } from '../../../../src/core/c2pa/manifest-store.js';
import { buildContentCredentials } from '../../../../src/core/credentials/credentials.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { foundValue } from '../../../../src/core/media/carrier.js';
import { readClaimFacts } from '../../../../src/core/readers/c2pa/c2pa-claims.js';
import { computeOwnHash } from '../../../../src/core/readers/c2pa/own-hash.js';
import { c2paReader } from '../../../../src/core/readers/carriers/c2pa.js';
import { readManifestStore } from '../../../../src/core/readers/manifest-store/index.js';
import type { ReadingStep } from '../../../../src/core/report/analyze-options.js';
import { scanReadingOptions } from '../../../../src/scan/run/record-of.js';

/** Tests Assay's own hash, which replaces a second engine in scans of many files. */

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/c2pa');

async function read(content: Buffer) {
  const steps: ReadingStep[] = [];
  const asset = await Asset.fromBytes(content);
  const context = {
    engine: 'auto' as const,
    ownHash: true,
    onStep: (step: ReadingStep) => void steps.push(step),
  };
  const value = foundValue(await c2paReader.read(asset, context));
  const store = value?.kind === 'store' ? value : undefined;
  const asked = [...new Set(steps.flatMap(({ engine }) => engine ?? []))];
  return { asset, store, asked };
}

const fixture = (name: string) => readFileSync(join(FIXTURES, name));

/** Computes the hash independently, with another reader for the claim's exclusions. */
async function hashWithout(content: Buffer): Promise<string> {
  const asset = await Asset.fromBytes(content);
  const bytes = foundValue(await readManifestStore(asset))?.bytes ?? Buffer.alloc(0);
  const [binding] = [...readClaimFacts(bytes).claims.values()].at(-1)?.hardBindings ?? [];
  const hash = createHash('sha256');
  let at = 0;
  for (const range of binding?.exclusions ?? []) {
    if (!('start' in range)) continue;
    hash.update(content.subarray(at, range.start));
    at = range.start + range.bytes;
  }
  return hash.update(content.subarray(at)).digest('hex');
}

describe('a file of which nothing but the hash no longer fits', () => {
  it.each(['png-c2pa-altered-data.png', 'jpeg-c2pa-altered-data.jpg', 'webp-c2pa-altered-data.webp'])(
    'is altered by one engine and by the hash: %s',
    async (name) => {
      const content = fixture(name);
      const { store, asked } = await read(content);
      expect(asked).toEqual(['native']);
      expect(store?.secondOpinion).toBeUndefined();
      expect(store?.soleEngine).toBeUndefined();
      expect(store?.ownHash).toEqual({
        algorithm: 'sha256',
        stated: expect.stringMatching(/^[0-9a-f]{64}$/),
        found: await hashWithout(content),
      });
      expect(store?.ownHash?.stated).not.toBe(store?.ownHash?.found);
    },
  );

  it('states the hash of the file that was signed', async () => {
    const intact = fixture('png-c2pa-intact.png');
    const { store } = await read(Buffer.concat([intact, Buffer.from('behind the end')]));
    expect(store?.ownHash?.stated).toBe(await hashWithout(intact));
    if (store === undefined) throw new Error('there is no store');
    const told = buildContentCredentials({ status: 'found', value: store });
    expect(told).toMatchObject({ integrity: 'altered', ownHash: store.ownHash });
  });
});

it('is not hindered by an engine that also says where the store should have stood', async () => {
  const intact = fixture('png-c2pa-intact.png');
  const { store, asked } = await read(withComment(intact));
  const complaints = store?.codes.active.filter(({ explanation }) => explanation?.includes('location'));
  expect(complaints).toHaveLength(1);
  expect(asked).toEqual(['native']);
  expect(store?.ownHash?.stated).toBe(await hashWithout(intact));
});

describe('a claim whose signature does not hold', () => {
  const bad = fixture('jpeg-c2pa-bad-signature.jpg');

  it('needs no other engine where the hash does not fit either', async () => {
    const { store, asked } = await read(Buffer.concat([bad, Buffer.from('behind the end')]));
    expect(asked).toEqual(['native']);
    expect(store?.ownHash).toMatchObject({ stated: await hashWithout(bad) });
    if (store === undefined) throw new Error('there is no store');
    const told = buildContentCredentials({ status: 'found', value: store });
    expect(told).toMatchObject({ integrity: 'altered', ownHash: store.ownHash });
    expect(told.integrityCauses).toContain('claimSignature.mismatch');
  });

  it('is not believed to be one where it holds to Assay', async () => {
    const { store } = await read(Buffer.concat([bad, Buffer.from('behind the end')]));
    const good = fixture('jpeg-c2pa-intact.jpg');
    const { store: intact } = await read(good);
    if (store === undefined || intact === undefined) throw new Error('there is no store');
    const accused = {
      ...intact,
      codes: { active: relabelled(store, intact.activeManifest), ingredients: [] },
    };
    const longer = await Asset.fromBytes(Buffer.concat([good, Buffer.from('behind the end')]));
    expect(await computeOwnHash(longer, accused)).toBeUndefined();
    const holds = accused.codes.active.map((code) =>
      code.code === 'claimSignature.mismatch'
        ? { ...code, kind: 'success' as const, code: 'claimSignature.validated' }
        : code,
    );
    const other = { ...accused, codes: { active: holds, ingredients: [] } };
    expect(await computeOwnHash(longer, other)).toBeDefined();
  });
});

describe('the other engine is asked where the hash cannot tell', () => {
  it.each([
    ['the signature alone does not hold', 'jpeg-c2pa-bad-signature.jpg'],
    ['an assertion was changed', 'png-c2pa-altered-assertion.png'],
    ['the binding is of another kind', 'mp4-c2pa-altered-data.mp4'],
  ])('%s', async (_, name) => {
    const { store, asked } = await read(fixture(name));
    expect(asked).toEqual(['native', 'wasm']);
    expect(store?.ownHash).toBeUndefined();
    expect(store && secondIntegrity(store)).toBe('altered');
  });

  it('the hash fits after all, whatever an engine says', async () => {
    const changed = fixture('png-c2pa-altered-data.png');
    const { asset, store } = await read(changed);
    if (store === undefined) throw new Error('there is no store');
    expect(await computeOwnHash(asset, store)).toBeDefined();
    const intact = await read(fixture('png-c2pa-intact.png'));
    const accused: StoreEvidence = { ...intact.store, ...pick(store), ...labelOf(intact.store) };
    accused.codes = { active: relabelled(store, accused.activeManifest), ingredients: [] };
    expect(await computeOwnHash(intact.asset, accused)).toBeUndefined();
    // The same claim about a file whose hash does not match.
    const longer = await Asset.fromBytes(
      Buffer.concat([fixture('png-c2pa-intact.png'), Buffer.from('behind the end')]),
    );
    expect(await computeOwnHash(longer, accused)).toBeDefined();
  });

  it('the store that the engine read is not the one in the bytes', async () => {
    const { asset, store } = await read(fixture('png-c2pa-altered-data.png'));
    if (store === undefined) throw new Error('there is no store');
    const other = { ...store, activeManifest: 'urn:c2pa:another' };
    other.codes = { active: relabelled(store, other.activeManifest), ingredients: [] };
    expect(await computeOwnHash(asset, other)).toBeUndefined();
  });
});

it('whole Reports of a scan have what every other door gives', () => {
  expect(scanReadingOptions({ full: true })).toEqual({ skipsStar: true });
  expect(scanReadingOptions({ full: false })).toEqual({ skipsStar: true, ownHash: true });
});

/** Inserts a text chunk before the store, which moves it. */
function withComment(png: Buffer): Buffer {
  const body = Buffer.from('tEXtComment\0moves the store');
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  crc.writeUInt32BE(crc32(body) >>> 0);
  const behindHeader = 33;
  return Buffer.concat([png.subarray(0, behindHeader), length, body, crc, png.subarray(behindHeader)]);
}

const pick = ({ kind, engine, manifests }: StoreEvidence) => ({ kind, engine, manifests });
const labelOf = (store: StoreEvidence | undefined) => ({
  activeManifest: store?.activeManifest ?? '',
  codes: { active: [], ingredients: [] } as StoreEvidence['codes'],
});
const relabelled = ({ codes, activeManifest }: StoreEvidence, label: string) =>
  codes.active.map((code) => ({ ...code, url: code.url?.replace(activeManifest, label) ?? '' }));
