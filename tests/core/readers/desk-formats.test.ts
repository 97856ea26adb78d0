import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import { foundValue } from '../../../src/core/media/carrier.js';
import { readAll } from '../../../src/core/readers/read-all.js';

/** ORF, RW2, DPX, OpenEXR, BMP and JPX: their metadata and their parts. */
const fixture = (name: string) => readFileSync(resolve(import.meta.dirname, '../../../fixtures', name));

async function evidenceOf(bytes: Buffer): Promise<{ format: string; evidence: Evidence }> {
  const asset = await Asset.fromBytes(bytes);
  return { format: asset.mediaType.format, evidence: await readAll(asset, { engine: 'auto' }) };
}

const read = async (name: string) => (await evidenceOf(fixture(name))).evidence;
const sizeOf = ({ streams }: Evidence) =>
  (foundValue(streams)?.tracks ?? []).map(({ width, height }) => [width, height]);

describe('what stands in a header or a raw', () => {
  it.each([
    ['plain/synthetic.orf', 'Olympus ORF', [16, 16]],
    ['plain/synthetic-big-endian.orf', 'Olympus ORF', [16, 16]],
    ['plain/synthetic.rw2', 'Panasonic RW2', [16, 16]],
    ['plain/plain.dpx', 'DPX', [4, 4]],
    ['plain/little-endian.dpx', 'DPX', [4, 4]],
    ['plain/plain.exr', 'OpenEXR', [4, 4]],
    ['plain/plain.bmp', 'BMP', [4, 4]],
    ['formats/psd-plain.psd', 'Photoshop PSD', [1, 1]],
    ['formats/jp2-plain.jp2', 'JPEG 2000', [8, 8]],
  ])('%s is named, and its size is read', async (name, format, size) => {
    const { format: named, evidence } = await evidenceOf(fixture(name));
    expect([named, sizeOf(evidence)]).toEqual([format, [size]]);
  });

  it('EXIF of an ORF in either byte order', async () => {
    for (const name of ['plain/synthetic.orf', 'plain/synthetic-big-endian.orf'])
      expect(foundValue((await read(name)).exif), name).toContainEqual(
        expect.objectContaining({ name: 'Make', value: 'OLYMPUS CORPORATION' }),
      );
  });

  it('credentials have no place in ORF and RW2, broken or whole, as in RAF', async () => {
    for (const name of ['plain/synthetic.orf', 'plain/synthetic.rw2', 'hostile/orf-loop.orf'])
      expect((await read(name)).c2pa, name).toMatchObject({ status: 'unsupported', code: 'carrier.none' });
  });

  it('the JPEG in an RW2 has its own EXIF and XMP, and is no field', async () => {
    const { exif, xmp } = await read('labels/rw2-jpeg-within.rw2');
    expect(foundValue(exif)).toContainEqual(
      expect.objectContaining({ block: 'Exif', name: 'UserComment', value: expect.stringContaining('AIGC') }),
    );
    expect((foundValue(exif) ?? []).some(({ name }) => name === '0x002e')).toBe(false);
    expect(foundValue(xmp)).toMatchObject([{ locator: 'IFD0 JpgFromRaw APP1 XMP' }]);
  });

  it('an RW2 whose JPEG is none, or is named twice, says that a label may be missed', async () => {
    const bytes = Buffer.from(fixture('labels/rw2-jpeg-within.rw2'));
    const entry = (at: number) => 10 + 12 * at;
    const jpegAt =
      Array.from({ length: 11 }, (_, at) => entry(at)).find((at) => bytes.readUInt16LE(at) === 0x2e) ?? 0;
    const elsewhere = Buffer.from(bytes);
    elsewhere.writeUInt32LE(8, jpegAt + 8);
    const twice = Buffer.from(bytes);
    twice.writeUInt16LE(0x2e, jpegAt - 12);
    twice.writeUInt32LE(bytes.readUInt32LE(jpegAt + 8), jpegAt - 12 + 8);
    for (const one of [elsewhere, twice])
      expect((await evidenceOf(one)).evidence.xmp).toMatchObject({
        status: 'malformed',
        code: 'tiff.jpgFromRaw',
      });
  });

  it('fields of DPX, and what a program keeps behind them', async () => {
    const header = (await read('labels/dpx-gb45438-header.dpx')).imageHeader;
    expect(foundValue(header)).toMatchObject([
      { system: 'DPX', key: 'Creator', value: 'Alex Example', offset: 160 },
      { key: 'Project', offset: 260 },
    ]);
    const own = (await read('labels/dpx-gb45438-user-data.dpx')).privateChunk;
    expect(foundValue(own)).toMatchObject([{ id: 'Assay fixtures', text: expect.stringContaining('AIGC') }]);
  });

  it('attributes of OpenEXR, lists of texts among them; XMP is a carrier of its own', async () => {
    const { imageHeader } = await read('labels/exr-gb45438-attribute.exr');
    expect((foundValue(imageHeader) ?? []).map(({ key }) => key)).toEqual([
      'AIGC',
      'owner',
      'capDate',
      'views[1]',
      'views[2]',
    ]);
    const second = await read('labels/exr-xmp-second-part.exr');
    expect(foundValue(second.xmp)).toMatchObject([{ locator: 'part 2 attribute xmp' }]);
    expect((foundValue(second.imageHeader) ?? []).some(({ key }) => key === 'xmp')).toBe(false);
    expect(sizeOf(second)).toHaveLength(2);
  });

  it('XMP of a JPX in a box within a box, and then not a private one too', async () => {
    const { xmp, privateChunk } = await read('labels/jpx-xmp-in-boxes.jpf');
    expect(foundValue(xmp)).toMatchObject([{ locator: 'box asoc.xml' }]);
    expect(privateChunk.status).toBe('absent');
  });

  it('nothing in a BMP: it is read to its end', async () => {
    const evidence = await read('plain/plain.bmp');
    const codes = Object.values(evidence).map((one) => ('code' in one ? one.code : one.status));
    expect(new Set(codes)).toEqual(new Set(['carrier.none', 'found', 'absent']));
  });
});

describe('what stands behind the end of one', () => {
  it.each([
    ['parts/bmp-behind-end.bmp', 'trailing-data', 186],
    ['parts/dpx-behind-end.dpx', 'trailing-data', 2064],
    ['parts/exr-behind-end.exr', 'trailing-data', 373],
    ['parts/bmp-jpeg-within.bmp', 'embedded-picture', 138],
  ])('%s', async (name, kind, offset) => {
    const parts = foundValue((await read(name)).parts) ?? [];
    expect(parts.slice(1)).toMatchObject([{ kind, offset, mediaType: 'image/jpeg' }]);
  });

  it.each([['plain/plain.bmp'], ['plain/plain.dpx'], ['plain/plain.exr'], ['plain/two-parts.exr']])(
    'nothing, in %s',
    async (name) => expect((await read(name)).parts).toEqual({ status: 'absent' }),
  );

  it.each([
    ['plain/plain.bmp', 'bmp.truncated'],
    ['plain/plain.dpx', 'dpx.truncated'],
    ['plain/plain.exr', 'exr.chunks'],
  ])('is not known of %s that is cut off', async (name, code) => {
    const whole = fixture(name);
    const { parts } = (await evidenceOf(whole.subarray(0, whole.length - 5))).evidence;
    expect(parts).toMatchObject({ status: 'malformed', code });
  });
});

describe('one that lies', () => {
  it('keeps what was read before an attribute of 2^31 bytes', async () => {
    const { imageHeader, xmp, parts } = await read('hostile/exr-attribute-2-31.exr');
    for (const one of [imageHeader, xmp, parts])
      expect(one).toMatchObject({ status: 'malformed', code: 'exr.attribute' });
    expect(foundValue(imageHeader)).toMatchObject([{ key: 'comments' }]);
  });

  it('keeps the fields of a DPX whose offsets lead past its end', async () => {
    const { imageHeader, parts } = await read('hostile/dpx-offsets.dpx');
    for (const one of [imageHeader, parts])
      expect(one).toMatchObject({ status: 'malformed', code: 'dpx.offsets' });
    expect(foundValue(imageHeader)).toMatchObject([{ key: 'Project' }]);
  });

  it('ends where directories of an ORF lead back', async () => {
    const { exif } = await read('hostile/orf-loop.orf');
    expect(exif).toMatchObject({ status: 'malformed', code: 'tiff.loop' });
    expect(foundValue(exif)).not.toEqual([]);
  });

  it('is no BMP with a header of no known length', async () => {
    const bytes = Buffer.from(fixture('plain/plain.bmp'));
    bytes.writeUInt32LE(0xffff_ffff, 14);
    const { parts, streams } = (await evidenceOf(bytes)).evidence;
    for (const one of [parts, streams])
      expect(one).toMatchObject({ status: 'malformed', code: 'bmp.header' });
  });
});

it.each([['formats/jp2-plain.jp2'], ['plain/plain.jxl']])(
  'the signature before the first boxes of %s makes nothing stand behind them',
  async (name) => expect((await read(name)).parts).toEqual({ status: 'absent' }),
);
