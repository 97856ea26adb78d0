/** Number formats: how each is read and written, and its largest value. Writing wraps around, which suits a fuzzer. */

const fixed = (size, read, write, max) => ({ size, read, write, max });
const wrap = (value, bits) => Number(BigInt.asUintN(bits, BigInt(Math.trunc(value))));

export const FIELDS = {
  u8: fixed(
    1,
    (b, at) => b[at],
    (b, at, v) => b.writeUInt8(wrap(v, 8), at),
    0xff,
  ),
  u16be: fixed(
    2,
    (b, at) => b.readUInt16BE(at),
    (b, at, v) => b.writeUInt16BE(wrap(v, 16), at),
    0xffff,
  ),
  u16le: fixed(
    2,
    (b, at) => b.readUInt16LE(at),
    (b, at, v) => b.writeUInt16LE(wrap(v, 16), at),
    0xffff,
  ),
  u24be: fixed(
    3,
    (b, at) => b.readUIntBE(at, 3),
    (b, at, v) => b.writeUIntBE(wrap(v, 24), at, 3),
    0xffffff,
  ),
  u32be: fixed(
    4,
    (b, at) => b.readUInt32BE(at),
    (b, at, v) => b.writeUInt32BE(wrap(v, 32), at),
    0xffffffff,
  ),
  u32le: fixed(
    4,
    (b, at) => b.readUInt32LE(at),
    (b, at, v) => b.writeUInt32LE(wrap(v, 32), at),
    0xffffffff,
  ),
  u64be: fixed(
    8,
    (b, at) => Number(b.readBigUInt64BE(at)),
    (b, at, v) => b.writeBigUInt64BE(BigInt.asUintN(64, BigInt(Math.trunc(v))), at),
    2 ** 64,
  ),
  u64le: fixed(
    8,
    (b, at) => Number(b.readBigUInt64LE(at)),
    (b, at, v) => b.writeBigUInt64LE(BigInt.asUintN(64, BigInt(Math.trunc(v))), at),
    2 ** 64,
  ),
  /** ID3: seven bits per byte. */
  syncsafe: fixed(
    4,
    (b, at) => (b[at] << 21) | (b[at + 1] << 14) | (b[at + 2] << 7) | b[at + 3],
    (b, at, v) => {
      for (let i = 0; i < 4; i += 1) b[at + i] = Math.floor(wrap(v, 28) / 2 ** (7 * (3 - i))) & 0x7f;
    },
    0x0fffffff,
  ),
  /** EBML numbers of at most eight bytes, in their present width. */
  vint1: vint(1),
  vint2: vint(2),
  vint3: vint(3),
  vint4: vint(4),
  vint8: vint(8),
};

function vint(size) {
  const bits = 7 * size;
  return fixed(
    size,
    (b, at) => {
      let value = BigInt(b[at] & (0xff >> size));
      for (let i = 1; i < size; i += 1) value = (value << 8n) | BigInt(b[at + i]);
      return Number(value);
    },
    (b, at, v) => {
      let rest = BigInt.asUintN(bits, BigInt(Math.trunc(v)));
      for (let i = size - 1; i >= 0; i -= 1) {
        b[at + i] = Number(rest & 0xffn);
        rest >>= 8n;
      }
      b[at] |= 0x80 >> (size - 1);
    },
    2 ** bits - 1,
  );
}

/** @typedef {{ at: number, code: keyof typeof FIELDS, role: 'size' | 'offset' | 'count' | 'kind' | 'value' }} Field */

export const readField = (bytes, { at, code }) => FIELDS[code].read(bytes, at);
export const writeField = (bytes, { at, code }, value) => FIELDS[code].write(bytes, at, value);
