/** Bytes of movies, Matroska and ID3, for tests that need them malformed. */

const joined = (parts: (Buffer | string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = joined(parts);
  return joined([u32(body.length + 8), type, body]);
};

export const ftyp = box('ftyp', Buffer.from('isom\0\0\0\0isom'));
export const handlerBox = (handler: string) =>
  box('hdlr', u32(0), u32(0), Buffer.from(handler), Buffer.alloc(13));
export const keysBox = (...names: string[]) =>
  box('keys', u32(0), u32(names.length), ...names.map((name) => box('mdta', Buffer.from(name))));
export const dataBox = (text: string) => box('data', u32(1), u32(0), Buffer.from(text));
export const numberedItem = (index: number, ...children: Buffer[]) =>
  box(u32(index).toString('latin1'), ...children);

const IDS = {
  segment: '18538067',
  info: '1549a966',
  writingApp: '5741',
  cluster: '1f43b675',
  simpleBlock: 'a3',
  tags: '1254c367',
  tag: '7373',
  simpleTag: '67c8',
  tagName: '45a3',
  tagString: '4487',
} as const;
type Id = keyof typeof IDS;

function sized(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE((1n << 56n) | BigInt(body.length));
  return joined([Buffer.from(id, 'hex'), size, body]);
}

export const element = (name: Id, ...parts: (Buffer | string)[]) => sized(IDS[name], joined(parts));
/** Element of unknown size. */
export const openElement = (name: Id, ...parts: Buffer[]) =>
  joined([Buffer.from(IDS[name], 'hex'), Buffer.from('01ffffffffffffff', 'hex'), ...parts]);
export const ebmlHeader = (docType: string) => sized('1a45dfa3', sized('4282', Buffer.from(docType)));
export const simpleTag = (name: string, text: string, nested: Buffer[] = []) =>
  element('simpleTag', element('tagName', name), element('tagString', text), ...nested);

const synchsafe = (value: number) =>
  Buffer.from([(value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f]);

export function frame(version: 3 | 4, id: string, ...parts: (string | number[])[]): Buffer {
  const body = joined(parts);
  return joined([id, version === 4 ? synchsafe(body.length) : u32(body.length), [0, 0], body]);
}

export function id3(version: 3 | 4, frames: Buffer[]): Buffer {
  const body = joined([...frames, Buffer.alloc(10)]);
  return joined(['ID3', [version, 0, 0], synchsafe(body.length), body]);
}
