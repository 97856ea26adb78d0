import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { Carrier } from '../../../src/core/media/carrier.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../../../src/inspect/pool/inspector.js';
import { BOMBS } from '../../support/bombs.js';

/** Expected report of each bomb: the exceeded limit, by the carrier that exceeded it. Empty if no part of it is opened. */
const SAID: Readonly<Record<string, Partial<Record<Carrier, string>>>> = {
  'zTXt that grows to 256 MB': { pngText: 'bound.bytes' },
  'XMP of 48 MB': { xmp: 'bound.bytes' },
  'XMP with entities that grow': { xmp: 'xmp.doctype' },
  'XMP 100,000 elements deep': { xmp: 'bound.depth' },
  'JSON 1,000,000 brackets deep': {},
  '200,000 chunks': { xmp: 'bound.entries', pngText: 'bound.entries', exif: 'bound.entries' },
  'directories of a TIFF in a circle': { exif: 'tiff.loop', xmp: 'tiff.loop' },
  '268 million pixels': { stealthText: 'bound.pixels', pixelWatermark: 'bound.pixels' },
  'comments of zeros before a letter': {},
  'SVG in gzip that grows to 256 MB': {},
  'XMP in brotli (brob) that grows to 256 MB': { xmp: 'bound.bytes' },
  'a claim 1,000,000 arrays deep': {},
  'a signature 1,000,000 arrays deep': {},
  'manifests that are each other’s ingredients': {},
  'a manifest that is its own ingredient': {},
  '58,255 boxes beside each other': { c2pa: 'bound.entries', xmp: 'bound.entries', parts: 'bound.entries' },
  '58,255 files one behind the other': { c2pa: 'bound.entries', parts: 'bound.parts' },
  'a picture of 65,535 tiles of 65,535 pieces': { parts: 'parts.notLookedInto' },
  'JPEG, ZIP and HTML in one': {},
};

let folder: string;
let inspector: Inspector;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-bombs-'));
  inspector = createInspector({ jobs: 1 });
});
afterAll(async () => {
  await inspector.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a small file that wants to become large', () => {
  it.each(Object.entries(BOMBS))('%s', async (name, make) => {
    const path = join(folder, 'bomb');
    const bytes = await make();
    writeFileSync(path, bytes);
    const begun = performance.now();
    const report = await inspector.inspect({ path, name, asOf: '2026-11-01', engine: 'auto', deep: true });
    const allowance = bytes.length / limits.allowanceBytesPerMilli;
    // Allowance for a process start and the parent's own work on a busy machine.
    expect(performance.now() - begun).toBeLessThan(limits.taskMillis + allowance + 15_000);
    expect(report.asset.bytes).toBe(bytes.length);
    const said = SAID[name] ?? {};
    for (const [carrier, code] of Object.entries(said))
      expect(report.reads[carrier as Carrier].code, carrier).toBe(code);
    // Credentials that could not be fully read are reported as present nevertheless.
    if (/claim|signature|ingredient/.test(name))
      expect(['present', 'unreadable']).toContain(report.contentCredentials.presence);
    // The time limit was not what ended it.
    for (const read of Object.values(report.reads)) expect(read.code ?? '').not.toMatch(/^reader\./);
  });

  it('one picture that is an archive and a page too is told apart', async () => {
    const path = join(folder, 'polyglot');
    writeFileSync(path, (await BOMBS['JPEG, ZIP and HTML in one']?.()) ?? '');
    const report = await inspector.inspect({ path, name: 'polyglot', asOf: '2026-11-01', engine: 'auto' });
    expect(report.asset.mediaType).toBe('image/jpeg');
    expect(report.parts?.map(({ kind }) => kind)).toEqual(['primary', 'trailing-data']);
  });
});
