import { crc32, deflateSync } from 'node:zlib';
import { box } from './store.js';

/** The smallest files of each container that contain given manifest stores. */

const be32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const le32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Returns the APP11 segments of one box, each with at most `most` bytes of it. */
export function app11(store: Buffer, instance: number, most: number): Buffer[] {
  const segments: Buffer[] = [];
  for (let at = 0; at < store.length; at += most) {
    const part = store.subarray(at, at + most);
    // The box header is repeated in every segment but the first, which contains it anyway.
    const body = at === 0 ? part : Buffer.concat([store.subarray(0, 8), part]);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xffeb, 0);
    head.writeUInt16BE(10 + body.length, 2);
    head.write('JP', 4, 'latin1');
    head.writeUInt16BE(instance, 6);
    head.writeUInt32BE(segments.length + 1, 8);
    segments.push(Buffer.concat([head, body]));
  }
  return segments;
}

export const jpeg = (...segments: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    ...segments,
    Buffer.from('ffda0008010100003f00aaaaffd9', 'hex'),
  ]);

export function png(...chunks: [string, Buffer][]): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([ascii(type), content]);
    return Buffer.concat([be32(content.length), body, be32(checksum(body))]);
  };
  const header = Buffer.concat([be32(1), be32(1), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...chunks.map(([type, content]) => chunk(type, content)),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Node has its own checksum from 20.15 on; the readers do not verify it. */
const checksum = (bytes: Buffer): number => (typeof crc32 === 'function' ? crc32(bytes) : 0);

export function riff(form: 'WEBP' | 'WAVE' | 'AVI ', ...chunks: [string, Buffer][]): Buffer {
  const chunk = (id: string, content: Buffer): Buffer =>
    Buffer.concat([ascii(id), le32(content.length), content, Buffer.alloc(content.length & 1)]);
  const first =
    form === 'WEBP'
      ? chunk('VP8L', Buffer.from('2f0000000000', 'hex'))
      : form === 'WAVE'
        ? chunk('fmt ', Buffer.from('0100010044ac000088580100020010', 'hex'))
        : chunk('LIST', Buffer.concat([ascii('hdrl'), chunk('avih', Buffer.alloc(56))]));
  const body = Buffer.concat([ascii(form), first, ...chunks.map(([id, content]) => chunk(id, content))]);
  return Buffer.concat([ascii('RIFF'), le32(body.length), body]);
}

export function gif(...stores: Buffer[]): Buffer {
  const subBlocks = (bytes: Buffer): Buffer => {
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 255) {
      const part = bytes.subarray(at, at + 255);
      parts.push(Buffer.from([part.length]), part);
    }
    return Buffer.concat([...parts, Buffer.from([0])]);
  };
  const application = (store: Buffer) =>
    Buffer.concat([
      Buffer.from([0x21, 0xff, 11]),
      ascii('C2PA_GIF'),
      Buffer.from([1, 0, 0]),
      subBlocks(store),
    ]);
  return Buffer.concat([
    ascii('GIF89a'),
    // One pixel and a colour table of two.
    Buffer.from('01000100800000000000ffffff', 'hex'),
    Buffer.concat([Buffer.from([0x21, 0xfe]), subBlocks(ascii('a comment'))]),
    ...stores.map(application),
    Buffer.from('2c000000000100010000', 'hex'),
    Buffer.from('0202440100', 'hex'),
    Buffer.from([0x3b]),
  ]);
}

export function tiff(little: boolean, ...stores: Buffer[]): Buffer {
  const u16 = (value: number) => {
    const bytes = Buffer.alloc(2);
    if (little) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  };
  const u32 = (value: number) => (little ? le32(value) : be32(value));
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([u16(tag), u16(type), u32(count), value]);
  const short = (value: number) => Buffer.concat([u16(value), u16(0)]);
  const entries = 2 + stores.length;
  let at = 8 + 2 + entries * 12 + 4;
  const c2pa = stores.map((store) => {
    const made = entry(0xcd41, 7, store.length, u32(at));
    at += store.length;
    return made;
  });
  return Buffer.concat([
    ascii(little ? 'II' : 'MM'),
    u16(42),
    u32(8),
    u16(entries),
    entry(0x100, 3, 1, short(1)),
    entry(0x101, 3, 1, short(1)),
    ...c2pa,
    u32(0),
    ...stores,
  ]);
}

/** 64-bit offsets and counts: a header of 16 bytes, entries of 20. */
export function bigTiff(little: boolean, ...stores: Buffer[]): Buffer {
  const u16 = (value: number) => {
    const bytes = Buffer.alloc(2);
    if (little) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  };
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    if (little) bytes.writeBigUInt64LE(BigInt(value));
    else bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  };
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([u16(tag), u16(type), u64(count), value]);
  const short = (value: number) => Buffer.concat([u16(value), Buffer.alloc(6)]);
  const entries = 2 + stores.length;
  let at = 16 + 8 + entries * 20 + 8;
  const c2pa = stores.map((store) => {
    const made = entry(0xcd41, 7, store.length, u64(at));
    at += store.length;
    return made;
  });
  return Buffer.concat([
    ascii(little ? 'II' : 'MM'),
    u16(43),
    u16(8),
    u16(0),
    u64(16),
    u64(entries),
    entry(0x100, 3, 1, short(1)),
    entry(0x101, 3, 1, short(1)),
    ...c2pa,
    u64(0),
    ...stores,
  ]);
}

export const C2PA_PURPOSE = { otherUuid: 'other uuid' } as const;

export function bmff(brand: string, ...boxes: [string, Buffer][]): Buffer {
  const provenance = ([purpose, store]: [string, Buffer]) => {
    const known = purpose !== C2PA_PURPOSE.otherUuid;
    const uuid = Buffer.from(
      known ? 'd8fec3d61b0e483c92975828877ec481' : 'be7acfcb97a942e89c71999491e3afac',
      'hex',
    );
    return box(
      'uuid',
      uuid,
      Buffer.alloc(4),
      ascii(`${known ? purpose : 'manifest'}\0`),
      Buffer.alloc(8),
      store,
    );
  };
  return Buffer.concat([
    box('ftyp', ascii(brand), Buffer.alloc(4), ascii(brand), ascii('mif1')),
    ...boxes.slice(0, 1).map(provenance),
    box('mdat', Buffer.alloc(16)),
    ...boxes.slice(1).map(provenance),
  ]);
}

export const jxl = (...stores: Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from('0000000c4a584c200d0a870a', 'hex'),
    box('ftyp', ascii('jxl '), Buffer.alloc(4), ascii('jxl ')),
    ...stores,
    box('jxlc', Buffer.from('ff0a', 'hex')),
  ]);

export interface GeobWish {
  mime?: string;
  utf16?: boolean;
  unsynchronised?: boolean;
  dataLength?: boolean;
  /** Second byte of the frame's flags. */
  flags?: number;
}

export function geob(version: 3 | 4, store: Buffer, wish: GeobWish = {}): Buffer {
  const { mime = 'application/c2pa', utf16 = false } = wish;
  const text = (value: string) => (utf16 ? Buffer.from(`\uFEFF${value}\0`, 'utf16le') : ascii(`${value}\0`));
  const plain = Buffer.concat([
    Buffer.from([utf16 ? 1 : 0]),
    ascii(`${mime}\0`),
    text('c2pa'),
    text('c2pa manifest store'),
    store,
  ]);
  const content = wish.unsynchronised ? unsynchronise(plain) : plain;
  const body = wish.dataLength ? Buffer.concat([synchsafe(plain.length), content]) : content;
  const flags = wish.flags ?? (wish.unsynchronised ? 0x02 : 0) | (wish.dataLength ? 0x01 : 0);
  const size = version === 4 ? synchsafe(body.length) : be32(body.length);
  return Buffer.concat([ascii('GEOB'), size, Buffer.from([0, flags]), body]);
}

export function id3(version: 3 | 4, ...frames: (Buffer | { unsynchronised: boolean })[]): Buffer {
  const whole = frames.some((f) => !Buffer.isBuffer(f));
  const title = ascii('A title');
  const size = version === 4 ? synchsafe(title.length + 1) : be32(title.length + 1);
  const first = Buffer.concat([ascii('TIT2'), size, Buffer.alloc(3), title]);
  const plain = Buffer.concat([first, ...frames.filter((f) => Buffer.isBuffer(f)), Buffer.alloc(20)]);
  const body = whole ? unsynchronise(plain) : plain;
  return Buffer.concat([
    ascii('ID3'),
    Buffer.from([version, 0, whole ? 0x80 : 0]),
    synchsafe(body.length),
    body,
  ]);
}

export const mp3 = (tag: Buffer): Buffer =>
  Buffer.concat([
    tag,
    ...Array.from({ length: 4 }, () => Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)])),
  ]);

export const flacWithId3 = (tag: Buffer): Buffer =>
  Buffer.concat([tag, ascii('fLaC'), Buffer.from('80000022', 'hex'), Buffer.alloc(34)]);

export const svg = (...stores: Buffer[]): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?><!-- > a comment --><svg xmlns="http://www.w3.org/2000/svg" xmlns:c2pa="http://c2pa.org/manifest"><metadata a="1 > 0">${stores
      .map((one) => `<c2pa:manifest>${one.toString('base64')}</c2pa:manifest>`)
      .join('\n')}</metadata><rect/></svg>`,
  );

function synchsafe(value: number): Buffer {
  return Buffer.from([(value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f]);
}

/** ID3v2 §5: inserts a zero after 0xff wherever a sync or such a pair would appear. */
function unsynchronise(bytes: Buffer): Buffer {
  const out: number[] = [];
  bytes.forEach((byte, at) => {
    out.push(byte);
    const next = bytes[at + 1];
    if (byte === 0xff && (next === undefined || next === 0 || next >= 0xe0)) out.push(0);
  });
  return Buffer.from(out);
}
