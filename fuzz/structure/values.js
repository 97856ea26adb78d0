import { readField } from './fields.js';

/** Content of boxes and chunks: TIFF directories, CBOR, DER and XML. */

/** TIFF 6.0 §2: BYTE, ASCII and UNDEFINED. */
const ONE_BYTE = [1, 2, 7];

/** BigTIFF has these numbers in 64 bits: the offset of its first directory, the number of entries, and an entry's count. */
const CLASSIC = { first: 4, count: 2, offset: 4 };
const BIG = { first: 8, count: 8, offset: 8 };
const BIG_TIFF = 43;
/** Tags whose values are directories. */
const POINTERS = [0x8769, 0x8825, 0xa005, 0x14a];

export function walkTiff(tree, start, end, parent, inside) {
  const { bytes } = tree;
  const order = bytes[start] === 0x49 ? 'le' : 'be';
  const kind = { at: start + 2, code: `u16${order}`, role: 'kind' };
  const code = { 2: `u16${order}`, 4: `u32${order}`, 8: `u64${order}` };
  const layout = readField(bytes, kind) === BIG_TIFF ? BIG : CLASSIC;
  const read = (at, width) => readField(bytes, { at, code: code[width] });
  const wide = code[layout.offset];
  const headEnd = start + layout.first + layout.offset;
  if (headEnd > end) return;
  const head = [
    kind,
    { at: start + layout.first, code: wide, role: 'offset' },
    ...(layout === BIG ? [{ at: start + 4, code: code[2], role: 'value' }] : []),
  ];
  const root = tree.add({ format: 'tiff', start, body: headEnd, end, parent, fields: head });
  if (root < 0) return;
  const entryBytes = 4 + 2 * layout.offset;
  const seen = new Set();
  const todo = [read(start + layout.first, layout.offset)];
  while (todo.length > 0 && seen.size < 32 && !tree.full) {
    const offset = todo.pop();
    const at = start + offset;
    if (seen.has(offset) || at + layout.count > end) continue;
    seen.add(offset);
    const count = Math.min(read(at, layout.count), 256);
    for (let i = 0; i < count; i += 1) {
      if (!walkEntry(at + layout.count + i * entryBytes, i === 0 ? at : undefined)) return;
    }
    const next = at + layout.count + count * entryBytes;
    if (next + layout.offset > end) continue;
    const fields = [{ at: next, code: wide, role: 'offset' }];
    tree.add({
      format: 'tiff',
      start: next,
      body: next,
      end: next + layout.offset,
      parent: root,
      fields,
    });
    todo.push(read(next, layout.offset));
  }

  /**
   * Returns false if the entry is cut off. `countAt`: position of the number of entries, which is attached to the first
   * entry.
   */
  function walkEntry(entry, countAt) {
    const value = entry + 4 + layout.offset;
    if (value + layout.offset > end) return false;
    const fields = [
      { at: entry, code: code[2], role: 'kind' },
      { at: entry + 2, code: code[2], role: 'kind' },
      { at: entry + 4, code: wide, role: 'count' },
      { at: value, code: wide, role: 'offset' },
      ...(countAt === undefined ? [] : [{ at: countAt, code: code[layout.count], role: 'count' }]),
    ];
    tree.add({ format: 'tiff', start: entry, body: value, end: entry + entryBytes, parent: root, fields });
    if (POINTERS.includes(read(entry, 2))) todo.push(read(value, layout.offset));
    else if (ONE_BYTE.includes(read(entry + 2, 2))) walkValue(entry, value);
    return true;
  }

  /** Parses XMP, IIM or a manifest store at the position that an entry names. */
  function walkValue(entry, value) {
    const length = read(entry + 4, layout.offset);
    const from = start + read(value, layout.offset);
    if (length <= layout.offset || from + length > end) return;
    const index = tree.add({ format: 'tiff', start: from, body: from, end: from + length, parent: root });
    if (index >= 0) inside?.(tree, from, from + length, index);
  }
}

/** Returns the end of the item, or undefined if it is not CBOR. */
export function walkCbor(tree, at, end, parent, inside, depth = 0) {
  const { bytes } = tree;
  if (at >= end || depth > 20 || tree.full) return undefined;
  const [major, low] = [bytes[at] >> 5, bytes[at] & 31];
  if (low > 27) return undefined;
  const extra = low < 24 ? 0 : 2 ** (low - 24);
  let body = at + 1 + extra;
  if (body > end) return undefined;
  const size = low < 24 ? low : Number(`0x${bytes.toString('hex', at + 1, body)}`);
  const code = { 1: 'u8', 2: 'u16be', 4: 'u32be', 8: 'u64be' }[extra];
  const number = code ? [{ at: at + 1, code, role: major === 2 || major === 3 ? 'size' : 'count' }] : [];
  const head = [...number, { at, code: 'u8', role: 'kind' }];
  const index = tree.add({ format: 'cbor', start: at, body, end: body, parent, fields: head });
  if (index < 0) return undefined;
  if (major === 2 || major === 3) {
    if (body + size > end) return undefined;
    tree.parts[index].end = body + size;
    inside(tree, body, body + size, index);
    return body + size;
  }
  const items = major === 4 ? size : major === 5 ? size * 2 : major === 6 ? 1 : 0;
  for (let i = 0; i < items; i += 1) {
    const next = walkCbor(tree, body, end, index, inside, depth + 1);
    if (next === undefined) return undefined;
    body = next;
  }
  tree.parts[index].end = body;
  return body;
}

/** X.690 §8.7 and §8.9. */
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

export function walkDer(tree, start, end, parent) {
  const { bytes } = tree;
  for (let at = start; at + 2 <= end && !tree.full; ) {
    const long = bytes[at + 1] & 0x80 ? bytes[at + 1] & 0x7f : 0;
    const body = at + 2 + long;
    if (long > 4 || body > end) return;
    const size = long === 0 ? bytes[at + 1] : bytes.readUIntBE(at + 2, long);
    if (body + size > end) return;
    const code = [undefined, 'u8', 'u16be', 'u24be', 'u32be'][long] ?? 'u8';
    const fields = [
      { at: long === 0 ? at + 1 : at + 2, code, role: 'size' },
      { at, code: 'u8', role: 'kind' },
    ];
    const index = tree.add({ format: 'der', start: at, body, end: body + size, parent, fields });
    if (index < 0) return;
    if (bytes[at] & 0x20) walkDer(tree, body, body + size, index);
    // The content of timestamps and of certificate extensions is wrapped in octet strings.
    else if (bytes[at] === OCTET_STRING && bytes[body] === SEQUENCE) walkDer(tree, body, body + size, index);
    at = body + size;
  }
}

/** Parses elements from `<a` to `</a>` of the same depth, and their attributes. */
export function walkXml(tree, start, end, parent) {
  const text = tree.bytes.toString('latin1', start, end);
  const open = [];
  for (const { 0: tag, index: at } of text.matchAll(/<(\/?)([\w:.-]{1,64})[^<>\w:.-]?[^<>]{0,4096}>/g)) {
    if (tree.full) return;
    const from = start + at;
    if (tag.startsWith('</')) {
      const { index = -1 } = open.pop() ?? {};
      if (index >= 0) tree.parts[index].end = from + tag.length;
      continue;
    }
    const inner = from + tag.length;
    const around = open.at(-1)?.around ?? parent;
    const index = tree.add({ format: 'xml', start: from, body: inner, end: inner, parent: around });
    if (!tag.endsWith('/>')) open.push({ index, around: index >= 0 ? index : around });
    for (const { 0: attribute, index: i } of tag.matchAll(/\s[\w:.-]{1,64}="[^"]{0,4096}"/g)) {
      const begin = from + i;
      const body = begin + attribute.indexOf('"') + 1;
      tree.add({ format: 'xml', start: begin, body, end: begin + attribute.length, parent: index });
    }
  }
}
