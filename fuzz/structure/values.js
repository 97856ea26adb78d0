/** What stands inside boxes and chunks: TIFF directories, CBOR, DER and XML. */

export function walkTiff(tree, start, end, parent) {
  const { bytes } = tree;
  const little = bytes[start] === 0x49;
  const [u16, u32] = little ? ['u16le', 'u32le'] : ['u16be', 'u32be'];
  const short = (at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const head = [{ at: start + 4, code: u32, role: 'offset' }];
  const root = tree.add({ format: 'tiff', start, body: start + 8, end, parent, fields: head });
  if (root < 0) return;
  const seen = new Set();
  const todo = [long(start + 4)];
  while (todo.length > 0 && seen.size < 32 && !tree.full) {
    const offset = todo.pop();
    const at = start + offset;
    if (seen.has(offset) || at + 2 > end) continue;
    seen.add(offset);
    const count = Math.min(short(at), 256);
    for (let i = 0; i < count; i += 1) {
      const entry = at + 2 + i * 12;
      if (entry + 12 > end) return;
      const fields = [
        { at: entry, code: u16, role: 'kind' },
        { at: entry + 2, code: u16, role: 'kind' },
        { at: entry + 4, code: u32, role: 'count' },
        { at: entry + 8, code: u32, role: 'offset' },
        ...(i === 0 ? [{ at, code: u16, role: 'count' }] : []),
      ];
      tree.add({ format: 'tiff', start: entry, body: entry + 8, end: entry + 12, parent: root, fields });
      if ([0x8769, 0x8825, 0xa005, 0x14a].includes(short(entry))) todo.push(long(entry + 8));
    }
    const next = at + 2 + count * 12;
    if (next + 4 > end) continue;
    const fields = [{ at: next, code: u32, role: 'offset' }];
    tree.add({ format: 'tiff', start: next, body: next, end: next + 4, parent: root, fields });
    todo.push(long(next));
  }
}

/** Gives where the item ends, or undefined where it is no CBOR. */
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
    at = body + size;
  }
}

/** Elements from `<a` to `</a>` of the same depth, and their attributes. */
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
