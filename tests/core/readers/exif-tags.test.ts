import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exifSegment, tiffOf, withSegments } from '../../../fixtures/build/bound-makers.js';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { mayHoldManifest } from '../../../src/core/readers/c2pa/sniff.js';
import { xmpReader } from '../../../src/core/readers/carriers/xmp.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';

/** XMP in the EXIF of a picture, and in an SVG that no C2PA engine reads. */

const fixture = (file: string) => readFileSync(resolve(import.meta.dirname, '../../../fixtures', file));
const jpegWith = (tiff: Buffer) =>
  Asset.fromBytes(withSegments(fixture('plain/plain.jpg'), exifSegment(tiff)));
const reportOf = async (bytes: Buffer) =>
  analyze(
    await Asset.fromBytes(bytes),
    { name: 'picture', asOf: '2026-11-25', engine: 'auto' },
    { inFull: [], jurisdictions: [] },
  );

const XMP = 0x02bc;
const packet = Buffer.from(
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Assay fixture"/></rdf:RDF></x:xmpmeta>',
);

describe('XMP in EXIF', () => {
  it.each([
    ['jpeg-xmp-in-exif.jpg', 'APP1 Exif IFD0 tag 700'],
    ['png-xmp-in-exif.png', 'eXIf IFD0 tag 700'],
    ['webp-xmp-in-exif.webp', 'EXIF chunk Exif tag 700'],
    ['heic-xmp-in-exif.heic', 'item Exif IFD0 tag 700'],
  ])('%s says where it stands, to the byte', async (file, locator) => {
    const bytes = fixture(`labels/${file}`);
    const { signals, summary } = await reportOf(bytes);
    const [basis] = signals.find(({ id }) => id.startsWith('iptc.'))?.basis ?? [];
    expect(basis?.locator).toMatch(new RegExp(`${locator}: Iptc4xmpExt:DigitalSourceType$`));
    expect(bytes.toString('latin1', basis?.offset, (basis?.offset ?? 0) + 9)).toBe('<?xpacket');
    expect(summary).toMatchObject({ origin: 'ai-generated', coverage: { state: 'complete' } });
  });

  it('that reaches past its block is told as cut off', async () => {
    const tiff = tiffOf([[[XMP, 'undefined', packet]]]);
    const read = await xmpReader.read(await jpegWith(tiff.subarray(0, tiff.length - 40)), { engine: 'auto' });
    expect(read).toMatchObject({ status: 'malformed', code: 'metadata.truncated' });
  });

  it('that thousands of entries name is read a few times, and that there are more is said', async () => {
    const entries = Array.from({ length: 4_000 }, () => [XMP, 'undefined', packet] as const);
    const tiff = tiffOf([entries.map(([tag, type]) => [tag, type, Buffer.alloc(4)])]);
    // Every entry references all bytes of the block.
    for (let at = 10; at + 12 <= 10 + 12 * entries.length; at += 12) {
      tiff.writeUInt32LE(tiff.length, at + 4);
      tiff.writeUInt32LE(0, at + 8);
    }
    const asset = await jpegWith(tiff);
    const millis = await processorMillis(() => xmpReader.read(asset, { engine: 'auto' }));
    expect(millis).toBeLessThan(SOON_MILLIS);
    const read = await xmpReader.read(asset, { engine: 'auto' });
    expect(read).toMatchObject({ status: 'failed', code: 'bound.bytes' });
    expect(tiff.length * entries.length).toBeGreaterThan(limits.metadataBlocksBytes);
  });

  it('whose directories come round to themselves ends', async () => {
    const tiff = tiffOf([[[0x8769, 'long', [8]]]]);
    expect((await xmpReader.read(await jpegWith(tiff), { engine: 'auto' })).status).toBe('absent');
  });
});

describe('an SVG whose elements have a prefix', () => {
  it('is read to its end without an engine, which knows no such root', async () => {
    const { reads, summary } = await reportOf(fixture('labels/svg-prefixed-xmp.svg'));
    expect(reads.c2pa.status).toBe('absent');
    expect(summary).toMatchObject({ origin: 'ai-generated', coverage: { state: 'complete' } });
  });

  it.each([
    ['names a manifest', '<s:svg xmlns:s="a"><c2pa:manifest/></s:svg>', true],
    ['names where one is kept', '<s:svg xmlns:s="a" dcterms:provenance="https://example.org"/>', true],
    ['spells its elements in entities', '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', true],
    ['breaks off', '<svg><g', true],
    ['has none of these', '<svg xmlns="a"><g/></svg>', false],
  ])('is handed to one where it %s', async (_name, text, isAsked) => {
    const asset = await Asset.fromBytes(Buffer.from(text));
    expect(asset.mediaType.container).toBe('svg');
    expect(await mayHoldManifest(asset)).toBe(isAsked);
  });

  it('in UTF-16 is handed to one', async () => {
    const asset = await Asset.fromBytes(Buffer.from('\ufeff<svg xmlns="a"><g/></svg>', 'utf16le'));
    expect(await mayHoldManifest(asset)).toBe(true);
  });
});
