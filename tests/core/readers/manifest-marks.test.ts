import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { mayHoldManifest } from '../../../src/core/readers/c2pa/sniff.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const folder = mkdtempSync(join(tmpdir(), 'assay-marks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function asked(path: string): Promise<boolean> {
  const asset = await Asset.open(path);
  try {
    return await mayHoldManifest(asset);
  } finally {
    await asset.close();
  }
}

/** Writes a plain photo with an XMP segment after its start. */
function photoWith(segment: Buffer): string {
  const plain = readFileSync(join(FIXTURES, 'plain/plain.jpg'));
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(segment.length + 2, 2);
  const path = join(folder, 'a.jpg');
  writeFileSync(path, Buffer.concat([plain.subarray(0, 2), head, segment, plain.subarray(2)]));
  return path;
}

describe('whether an engine is asked', () => {
  it('not of a plain photo', async () => {
    expect(await asked(join(FIXTURES, 'plain/plain.jpg'))).toBe(false);
  });

  it('of every fixture with a manifest or a pointer to one', async () => {
    const files = readdirSync(join(FIXTURES, 'c2pa')).filter((name) => !/\.(json|c2pa)$/.test(name));
    expect(files.length).toBeGreaterThan(30);
    for (const name of files) expect([name, await asked(join(FIXTURES, 'c2pa', name))]).toEqual([name, true]);
  });

  it.each([
    [
      'as it is written',
      Buffer.from('http://ns.adobe.com/xap/1.0/\0<x dcterms:provenance="https://x.example"/>'),
    ],
    ['in UTF-16', Buffer.from('http://ns.adobe.com/xap/1.0/\0\0<x dcterms:provenance=""/>', 'utf16le')],
    ['in pieces', Buffer.from('http://ns.adobe.com/xmp/extension/\0…dcterms:prove')],
  ])('of XMP that may point to one, %s', async (_, segment) => {
    expect(await asked(photoWith(segment))).toBe(true);
  });
});
