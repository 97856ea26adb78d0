import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { crc32 } from '../../fixtures/build/formats/crc32.js';
import { box, encode, manifest, store, superbox } from '../core/trust/store.js';

/** Small files that expand to large ones, created on demand. */

const PADDING_BOX = Buffer.from('0000000866726565', 'hex');

/**
 * Returns a signed MP4 followed by padding boxes, which both engines walk for minutes: their time grows with the square
 * of the number.
 */
export const mp4OfManyBoxes = (): Buffer =>
  Buffer.concat([readFileSync(SIGNED_MP4), ...Array<Buffer>(100_000).fill(PADDING_BOX)]);

const SIGNED_MP4 = join(import.meta.dirname, '../../fixtures/c2pa/mp4-c2pa-intact.mp4');

const PNG_HEAD = Buffer.from('89504e470d0a1a0a', 'hex');
const ZLIB_HEAD = Buffer.from('78da', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return bytes;
}

/** One grey pixel, preceded by these chunks. */
function png(...before: Buffer[]): Buffer {
  const header = Buffer.from('00000001000000010800000000', 'hex');
  const pixel = deflateSync(Buffer.from([0, 128]));
  return Buffer.concat([
    PNG_HEAD,
    chunk('IHDR', header),
    ...before,
    chunk('IDAT', pixel),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * Returns a square black PNG with three bytes per pixel. Deflating all rows would take seconds, so each row repeats one
 * precomputed block.
 */
function blackPng(side: number): Buffer {
  const row = Buffer.alloc(1 + 3 * side);
  const block = deflateRawSync(row, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  // Adler-32 of zeros: one, and their number.
  const check = Buffer.alloc(4);
  check.writeUInt16BE((row.length * side) % 65_521, 0);
  check.writeUInt16BE(1, 2);
  const rows = [ZLIB_HEAD, Buffer.alloc(block.length * side, block), deflateRawSync(Buffer.alloc(0)), check];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    PNG_HEAD,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.concat(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const text = (keyword: string, value: string) => chunk('tEXt', Buffer.from(`${keyword}\0${value}`, 'latin1'));
const compressedText = (keyword: string, bytes: Buffer) =>
  chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(bytes, { level: 9 })]));

const xmpOf = (inner: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inner}</rdf:RDF></x:xmpmeta>`;
const xmpChunk = (xmp: string) =>
  chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), Buffer.from(xmp)]));

/** Returns a TIFF with two directories, each the successor of the other. */
function cyclicTiff(): Buffer {
  const bytes = Buffer.alloc(8 + 2 * 18);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (const [at, next] of [
    [8, 26],
    [26, 8],
  ] as const) {
    bytes.writeUInt16LE(1, at);
    // ImageWidth, one SHORT, 1.
    bytes.writeUInt16LE(256, at + 2);
    bytes.writeUInt16LE(3, at + 4);
    bytes.writeUInt32LE(1, at + 6);
    bytes.writeUInt32LE(1, at + 10);
    bytes.writeUInt32LE(next, at + 14);
  }
  return bytes;
}

/** Returns a box container with a bare codestream, preceded by these boxes. */
const jxl = (...before: Buffer[]) =>
  Buffer.concat([
    box('JXL ', Buffer.from('0d0a870a', 'hex')),
    box('ftyp', Buffer.from('jxl \0\0\0\0jxl ', 'latin1')),
    ...before,
    box('jxlc', Buffer.from([0xff, 0x0a])),
  ]);

/** Returns nested arrays. */
const deepCbor = (depth: number) => Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.from([0])]);
const signed = (...manifests: Buffer[]) => png(chunk('caBX', store(...manifests)));

/** Returns a manifest whose one ingredient names another label. */
function madeFrom(label: string, other: string): Buffer {
  const to = (path: string) =>
    new Map<string, unknown>([
      ['url', `self#jumbf=${path}`],
      ['hash', Buffer.alloc(32)],
    ]);
  const ingredient = encode(
    new Map<string, unknown>([
      ['relationship', 'parentOf'],
      ['dc:title', other],
      ['activeManifest', to(`/c2pa/${other}`)],
      ['c2pa_manifest', to(`/c2pa/${other}`)],
    ]),
  );
  const claim = encode(
    new Map<string, unknown>([
      ['instanceID', label],
      ['claim_generator_info', new Map([['name', 'circle']])],
      ['signature', `self#jumbf=/c2pa/${label}/c2pa.signature`],
      ['created_assertions', [to(`/c2pa/${label}/c2pa.assertions/c2pa.ingredient.v3`)]],
      ['alg', 'sha256'],
    ]),
  );
  return superbox(
    'c2ma',
    label,
    superbox('c2as', 'c2pa.assertions', superbox('cbor', 'c2pa.ingredient.v3', box('cbor', ingredient))),
    superbox('c2cl', 'c2pa.claim.v2', box('cbor', claim)),
    superbox('c2cs', 'c2pa.signature', box('cbor', Buffer.from([0xf6]))),
  );
}

const greyJpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'grey' } })
    .jpeg()
    .toBuffer();

const avifBrand = () => box('ftyp', Buffer.from('avif\0\0\0\0mif1avif', 'latin1'));

/** Extents of zero bytes, so that they cost the file nothing. */
function tilesOfPieces(): Buffer {
  const words = (...values: number[]) =>
    Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])));
  const full = (type: string, version: number, ...parts: Buffer[]) =>
    box(type, Buffer.from([version, 0, 0, 0]), ...parts);
  const item = (id: number, type: string) => full('infe', 2, words(id, 0), Buffer.from(`${type}\0`));
  const many = 65_535;
  return Buffer.concat([
    avifBrand(),
    full(
      'meta',
      0,
      full('pitm', 0, words(1)),
      full('iinf', 0, words(3), item(1, 'av01'), item(2, 'grid'), item(3, 'av01')),
      full('iloc', 0, words(0, 3, 1, 0, many, 2, 0, 0, 3, 0, many)),
      full('iref', 0, box('dimg', words(2, many), Buffer.alloc(2 * many, words(3)))),
    ),
  ]);
}

const MEBIBYTE = 1024 ** 2;

export const BOMBS: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  'zTXt that grows to 256 MB': () => png(compressedText('parameters', Buffer.alloc(256 * MEBIBYTE, 'a'))),
  'XMP of 48 MB': () => png(xmpChunk(xmpOf(' '.repeat(48 * MEBIBYTE)))),
  'XMP with entities that grow': () =>
    png(
      xmpChunk(
        `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1_000)}"><!ENTITY b "${'&a;'.repeat(1_000)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]>${xmpOf('&c;')}`,
      ),
    ),
  'XMP 100,000 elements deep': () => png(xmpChunk(xmpOf('<a>'.repeat(100_000)))),
  'JSON 1,000,000 brackets deep': () => png(text('prompt', '['.repeat(1_000_000))),
  '200,000 chunks': () => {
    const one = chunk('tEXt', Buffer.from('a\0b'));
    return png(Buffer.alloc(one.length * 200_000, one));
  },
  'directories of a TIFF in a circle': cyclicTiff,
  '268 million pixels': () => blackPng(16_384),
  // A pattern for trailing zeros restarts at each of them.
  'comments of zeros before a letter': async () => {
    const comment = Buffer.concat([Buffer.from('fffeffff', 'hex'), Buffer.alloc(65_532), Buffer.from('x')]);
    const picture = await greyJpeg();
    return Buffer.concat([picture.subarray(0, 2), ...Array<Buffer>(8).fill(comment), picture.subarray(2)]);
  },
  'SVG in gzip that grows to 256 MB': () =>
    gzipSync(
      Buffer.concat([
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">'),
        Buffer.alloc(256 * MEBIBYTE, ' '),
      ]),
    ),
  'XMP in brotli (brob) that grows to 256 MB': () => {
    const packed = brotliCompressSync(Buffer.alloc(256 * MEBIBYTE, ' '), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 2 },
    });
    return jxl(box('brob', Buffer.from('xml ', 'latin1'), packed));
  },
  'a claim 1,000,000 arrays deep': () =>
    signed(manifest('urn:deep', Buffer.from([0xf6]), deepCbor(1_000_000))),
  'a signature 1,000,000 arrays deep': () => signed(manifest('urn:deep', deepCbor(1_000_000))),
  'manifests that are each other’s ingredients': () =>
    signed(madeFrom('urn:a', 'urn:b'), madeFrom('urn:b', 'urn:c'), madeFrom('urn:c', 'urn:a')),
  'a manifest that is its own ingredient': () => signed(madeFrom('urn:a', 'urn:a')),
  '58,255 boxes beside each other': () =>
    Buffer.concat([avifBrand(), Buffer.alloc(58_255 * 36, box('free', Buffer.alloc(28)))]),
  '58,255 files one behind the other': () =>
    Buffer.concat([avifBrand(), Buffer.alloc(58_255 * 24, avifBrand())]),
  'a picture of 65,535 tiles of 65,535 pieces': tilesOfPieces,
  'JPEG, ZIP and HTML in one': async () =>
    Buffer.concat([
      await greyJpeg(),
      Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
      Buffer.from('<html><script>location="http://127.0.0.1/"</script></html>'),
    ]),
};
