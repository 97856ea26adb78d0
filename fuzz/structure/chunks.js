/** Parses containers of consecutive chunks: PNG, JPEG, RIFF, AIFF, ID3, FLV, FLAC, Ogg, GIF, 8BIM and IIM. */

export function walkPng(tree, start, end, parent, inside) {
  const { bytes } = tree;
  let at = start + 8;
  while (at + 12 <= end && !tree.full) {
    const stop = at + 12 + bytes.readUInt32BE(at);
    if (stop > end) return;
    const fields = [
      { at, code: 'u32be', role: 'size' },
      { at: at + 4, code: 'u32be', role: 'kind' },
    ];
    const index = tree.add({ format: 'png', start: at, body: at + 8, end: stop, parent, fields });
    if (index >= 0) inside(tree, at + 8, stop - 4, index);
    at = stop;
  }
}

const BARE_MARKER = (code) =>
  code === 0xd8 || code === 0xd9 || code === 0x01 || (code >= 0xd0 && code <= 0xd7);

export function walkJpeg(tree, start, end, parent, inside) {
  const { bytes } = tree;
  let at = start;
  while (at + 4 <= end && bytes[at] === 0xff && !tree.full) {
    if (BARE_MARKER(bytes[at + 1])) {
      at += 2;
      continue;
    }
    const stop = at + 2 + bytes.readUInt16BE(at + 2);
    if (stop > end) return;
    const fields = [
      { at: at + 2, code: 'u16be', role: 'size' },
      { at: at + 1, code: 'u8', role: 'kind' },
    ];
    const index = tree.add({ format: 'jpeg', start: at, body: at + 4, end: stop, parent, fields });
    if (index >= 0) inside(tree, at + 4, stop, index);
    if (bytes[at + 1] === 0xda) return;
    at = stop;
  }
}

export function walkRiff(tree, start, end, parent, inside) {
  walkIff(tree, start, end, parent, inside, { format: 'riff', code: 'u32le', lists: /^(RIFF|LIST|RF64)$/ });
}

export function walkAiff(tree, start, end, parent, inside) {
  walkIff(tree, start, end, parent, inside, { format: 'aiff', code: 'u32be', lists: /^FORM$/ });
}

function walkIff(tree, start, end, parent, inside, kind) {
  const { bytes } = tree;
  let at = start;
  while (at + 8 <= end && !tree.full) {
    const size = kind.code === 'u32le' ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
    const list = kind.lists.test(bytes.toString('latin1', at, at + 4));
    // The outermost size may be wrong in either direction, as in RF64.
    const stop = list && parent < 0 ? Math.min(end, at + 8 + size) : at + 8 + size;
    if (stop > end) return;
    const fields = [
      { at: at + 4, code: kind.code, role: 'size' },
      { at, code: 'u32be', role: 'kind' },
    ];
    const index = tree.add({ format: kind.format, start: at, body: at + 8, end: stop, parent, fields });
    if (index < 0) return;
    if (list) walkIff(tree, at + 12, stop, index, inside, kind);
    else inside(tree, at + 8, stop, index);
    at = stop + (size % 2);
  }
}

export function walkId3(tree, start, end, parent, inside) {
  const { bytes } = tree;
  const version = bytes[start + 3];
  const size =
    (bytes[start + 6] << 21) | (bytes[start + 7] << 14) | (bytes[start + 8] << 7) | bytes[start + 9];
  const stop = Math.min(end, start + 10 + size);
  const fields = [
    { at: start + 6, code: 'syncsafe', role: 'size' },
    { at: start + 3, code: 'u8', role: 'kind' },
    { at: start + 5, code: 'u8', role: 'value' },
  ];
  const tag = tree.add({ format: 'id3', start, body: start + 10, end: stop, parent, fields });
  if (tag < 0 || version < 3) return;
  const code = version === 4 ? 'syncsafe' : 'u32be';
  for (let at = start + 10; at + 10 <= stop && bytes[at] !== 0 && !tree.full; ) {
    const length =
      version === 4
        ? (bytes[at + 4] << 21) | (bytes[at + 5] << 14) | (bytes[at + 6] << 7) | bytes[at + 7]
        : bytes.readUInt32BE(at + 4);
    const frameEnd = at + 10 + length;
    if (frameEnd > stop) return;
    const heads = [
      { at: at + 4, code, role: 'size' },
      { at, code: 'u32be', role: 'kind' },
      { at: at + 8, code: 'u16be', role: 'value' },
      { at: at + 10, code: 'u8', role: 'value' },
    ];
    const index = tree.add({
      format: 'id3',
      start: at,
      body: at + 10,
      end: frameEnd,
      parent: tag,
      fields: heads,
    });
    if (index >= 0) inside(tree, at + 10, frameEnd, index);
    at = frameEnd;
  }
}

export function walkFlv(tree, start, end, parent, inside) {
  const { bytes } = tree;
  for (let at = start + 13; at + 11 <= end && !tree.full; ) {
    const stop = at + 11 + bytes.readUIntBE(at + 1, 3);
    if (stop > end) return;
    const fields = [
      { at: at + 1, code: 'u24be', role: 'size' },
      { at, code: 'u8', role: 'kind' },
      { at: stop, code: 'u32be', role: 'value' },
      { at: at + 11 + 11, code: 'u16be', role: 'size' },
    ].slice(0, bytes[at] === 18 ? 4 : 3);
    const index = tree.add({
      format: 'flv',
      start: at,
      body: at + 11,
      end: stop,
      parent,
      fields: fields.slice(0, 3),
    });
    if (index >= 0) inside(tree, at + 11, stop, index);
    at = stop + 4;
  }
}

export function walkFlac(tree, start, end, parent, inside) {
  const { bytes } = tree;
  for (let at = start + 4; at + 4 <= end && !tree.full; ) {
    const stop = at + 4 + bytes.readUIntBE(at + 1, 3);
    if (stop > end) return;
    const fields = [
      { at: at + 1, code: 'u24be', role: 'size' },
      { at, code: 'u8', role: 'kind' },
      ...words(at + 4, Math.min(stop, at + 36), 'u32le', 'count'),
    ];
    const index = tree.add({ format: 'flac', start: at, body: at + 4, end: stop, parent, fields });
    if (index >= 0) inside(tree, at + 4, stop, index);
    if (bytes[at] & 0x80) return;
    at = stop;
  }
}

export function walkOgg(tree, start, end, parent) {
  const { bytes } = tree;
  for (let at = start; at + 27 <= end && bytes.toString('latin1', at, at + 4) === 'OggS' && !tree.full; ) {
    const table = at + 27 + bytes[at + 26];
    if (table > end) return;
    let stop = table;
    for (let i = at + 27; i < table; i += 1) stop += bytes[i];
    if (stop > end) return;
    const fields = [
      { at: at + 26, code: 'u8', role: 'count' },
      { at: at + 5, code: 'u8', role: 'value' },
      { at: at + 14, code: 'u32le', role: 'value' },
      ...words(table + 7, Math.min(stop, table + 39), 'u32le', 'count'),
    ];
    tree.add({ format: 'ogg', start: at, body: table, end: stop, parent, fields });
    at = stop;
  }
}

export function walkGif(tree, start, end, parent, inside) {
  const { bytes } = tree;
  const palette = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = start + 13 + palette(bytes[start + 10]);
  while (at + 2 <= end && bytes[at] !== 0x3b && !tree.full) {
    const head = bytes[at] === 0x21 ? 2 : 11 + palette(bytes[at + 9] ?? 0);
    const first = at + head;
    let stop = first;
    while (stop < end && bytes[stop] !== 0) stop += 1 + bytes[stop];
    if (++stop > end) return;
    const fields = [
      { at: at + 1, code: 'u8', role: 'kind' },
      { at: first, code: 'u8', role: 'size' },
    ].map((field) => (field.role === 'size' ? { ...field, role: 'value' } : field));
    const index = tree.add({ format: 'gif', start: at, body: first, end: stop, parent, fields });
    if (index >= 0) inside(tree, first + 1, stop - 1, index);
    at = stop;
  }
}

/** Parses Photoshop's resources, and the IPTC-IIM datasets in one of them. */
export function walk8bim(tree, start, end, parent) {
  const { bytes } = tree;
  let at = bytes.indexOf('8BIM', start, 'latin1');
  while (at >= 0 && at + 12 <= end && bytes.toString('latin1', at, at + 4) === '8BIM' && !tree.full) {
    const head = at + 6 + ((bytes[at + 6] + 2) & ~1);
    if (head + 4 > end) return;
    const body = head + 4;
    const size = bytes.readUInt32BE(head);
    if (body + size > end) return;
    const fields = [
      { at: head, code: 'u32be', role: 'size' },
      { at: at + 4, code: 'u16be', role: 'kind' },
      { at: at + 6, code: 'u8', role: 'value' },
    ];
    const index = tree.add({ format: '8bim', start: at, body, end: body + size, parent, fields });
    if (index >= 0) walkIim(tree, body, body + size, index);
    at = body + size + (size % 2);
  }
}

export function walkIim(tree, start, end, parent) {
  const { bytes } = tree;
  for (let at = start; at + 5 <= end && bytes[at] === 0x1c && !tree.full; ) {
    const stop = at + 5 + bytes.readUInt16BE(at + 3);
    if (stop > end) return;
    const fields = [
      { at: at + 3, code: 'u16be', role: 'size' },
      { at: at + 1, code: 'u8', role: 'kind' },
      { at: at + 2, code: 'u8', role: 'kind' },
    ];
    tree.add({ format: 'iim', start: at, body: at + 5, end: stop, parent, fields });
    at = stop;
  }
}

function words(from, to, code, role) {
  const out = [];
  for (let at = from; at + 4 <= to; at += 4) out.push({ at, code, role });
  return out;
}
