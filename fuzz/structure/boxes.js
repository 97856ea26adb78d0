/** Parses box containers: BMFF and related formats (HEIF, JPEG XL, JUMBF), and EBML. */

/** Bytes between a box's header and its child boxes. */
const HOLDS_BOXES = new Map(
  Object.entries({
    moov: [0],
    trak: [0],
    mdia: [0],
    minf: [0],
    dinf: [0],
    stbl: [0],
    edts: [0],
    udta: [0],
    ilst: [0],
    moof: [0],
    traf: [0],
    mvex: [0],
    iprp: [0],
    ipco: [0],
    jumb: [0],
    gmhd: [0],
    meta: [4, 0],
    iinf: [6, 8],
    iref: [4],
    dref: [8],
    stsd: [8],
    uuid: [16 + 4 + 5 + 8, 16],
  }),
);

const NAME = /^[\x20-\x7e\xa9]{4}$/;

export function walkBoxes(tree, start, end, parent, inside, format = 'bmff') {
  const { bytes } = tree;
  let at = start;
  while (at + 8 <= end && !tree.full) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    let size = bytes.readUInt32BE(at);
    let body = at + 8;
    let code = 'u32be';
    let field = at;
    if (size === 1 && at + 16 <= end) {
      size = Number(bytes.readBigUInt64BE(at + 8));
      [code, field, body] = ['u64be', at + 8, at + 16];
    }
    if (size === 0) size = end - at;
    if (!NAME.test(name) || size < body - at || at + size > end) return false;
    const stop = at + size;
    const fields = [
      { at: field, code, role: 'size' },
      { at: at + 4, code: 'u32be', role: 'kind' },
      ...numbersIn(name, body, stop),
    ];
    const index = tree.add({ format, start: at, body, end: stop, parent, fields });
    if (index < 0) return false;
    const skips = HOLDS_BOXES.get(name) ?? (parent >= 0 && stop - body > 16 ? [0] : []);
    const opened = skips.some((skip) => startsBoxes(bytes, body + skip, stop) && within(skip));
    if (!opened) inside(tree, body, stop, index);
    at = stop;

    function within(skip) {
      const before = tree.parts.length;
      if (walkBoxes(tree, body + skip, stop, index, inside, format)) return true;
      tree.parts.length = before;
      return false;
    }
  }
  return at === end || at + 8 > end;
}

/** Full boxes have their version and tables at the start. */
function numbersIn(name, body, stop) {
  const out = [];
  for (let at = body; at + 4 <= Math.min(stop, body + 64); at += 4)
    out.push({ at, code: 'u32be', role: name === 'iloc' || name === 'stco' ? 'offset' : 'value' });
  return out;
}

function startsBoxes(bytes, at, end) {
  if (at + 8 > end) return false;
  const size = bytes.readUInt32BE(at);
  return size >= 8 && at + size <= end && NAME.test(bytes.toString('latin1', at + 4, at + 8));
}

const EBML_MASTERS = new Set([
  0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0x1254c367, 0x1f43b675, 0x114d9b74, 0x1c53bb6b, 0x1941a469,
  0x1043a770, 0x7373, 0x67c8, 0x63c0, 0xae, 0xe0, 0xe1, 0xa0, 0xbb, 0xb7, 0x4dbb, 0x61a7, 0x6d80, 0x6240,
]);

export function walkEbml(tree, start, end, parent, inside) {
  const { bytes } = tree;
  let at = start;
  while (at + 2 <= end && !tree.full) {
    const idLength = Math.clz32(bytes[at]) - 23;
    if (idLength > 4 || at + idLength >= end) return;
    const sizeAt = at + idLength;
    const sizeLength = Math.clz32(bytes[sizeAt]) - 23;
    const code = `vint${sizeLength}`;
    if (![1, 2, 3, 4, 8].includes(sizeLength) || sizeAt + sizeLength > end) return;
    const body = sizeAt + sizeLength;
    let size = 0n;
    for (let i = sizeAt; i < body; i += 1) size = (size << 8n) | BigInt(bytes[i]);
    const open = (1n << BigInt(7 * sizeLength)) - 1n;
    size &= open;
    const stop = size === open ? end : body + Number(size);
    if (stop > end) return;
    const fields = [
      { at: sizeAt, code, role: 'size' },
      { at, code: 'u8', role: 'kind' },
    ];
    const index = tree.add({ format: 'ebml', start: at, body, end: stop, parent, fields });
    if (index < 0) return;
    if (EBML_MASTERS.has(bytes.readUIntBE(at, idLength))) walkEbml(tree, body, stop, index, inside);
    else inside(tree, body, stop, index);
    at = stop;
  }
}
