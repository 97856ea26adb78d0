import { HOSTILE_TEXTS } from '../hostile-texts.js';
import { flippedBits } from './bytes.js';
import { edited } from './edit.js';

/** Replaces the content of a part with values that break text and value readers. */

const DEPTHS = [9, 33, 65, 500, 20_000];

const repeat = (text, times) => Buffer.from(text.repeat(times), 'latin1');

/** Generators of nested structures of a given depth, closed or not. */
const DEEP = {
  json: (n) => Buffer.from(`${'{"a":['.repeat(n)}1${']}'.repeat(n)}`),
  jsonOpen: (n) => repeat('[', n),
  xml: (n) =>
    Buffer.from(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:a="a/">${'<a:b>'.repeat(n)}x${'</a:b>'.repeat(n)}</rdf:Description></rdf:RDF></x:xmpmeta>`,
    ),
  xmlAttributes: (n) =>
    Buffer.from(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:a="a/" ${Array.from({ length: n }, (_, i) => `a:b${i}="${i}"`).join(' ')}/></rdf:RDF>`,
    ),
  cborArrays: (n) => repeat('\x81', n),
  cborTags: (n) => repeat('\xc1', n),
  cborEndless: (n) => repeat('\x9f', n),
  cborMaps: (n) => repeat('\xa1\x61a', n),
  der: (n) => repeat('\x30\x80', n),
  boxes: (n) => sized(n, 'jumb', (out, at, size) => out.writeUInt32BE(size, at), 0, 4),
  movieBoxes: (n) => sized(n, 'moov', (out, at, size) => out.writeUInt32BE(size, at), 0, 4),
  lists: (n) => sized(n, 'LIST', (out, at, size) => out.writeUInt32LE(size - 8, at), 4, 0),
};

/** Returns `n` nested headers of eight bytes. */
function sized(n, name, write, sizeAt, nameAt) {
  const out = Buffer.alloc(8 * n + 8);
  for (let i = 0; i <= n; i += 1) {
    write(out, 8 * i + sizeAt, out.length - 8 * i);
    out.write(name, 8 * i + nameAt, 'latin1');
  }
  return out;
}

export function deepContent(input) {
  const { random } = input;
  return replaced(input, random.pick(Object.values(DEEP))(random.pick(DEPTHS)));
}

export function hostileText(input) {
  const { random } = input;
  const text = random.pick(HOSTILE_TEXTS);
  const encoded = random.pick([
    () => Buffer.from(text),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(text, 'latin1'),
    () => Buffer.from(`{"Label":"1","ContentProducer":${JSON.stringify(text)},"__proto__":{"a":1}}`),
    () => Buffer.from(text.repeat(1 + Math.floor(100_000 / (1 + text.length)))),
  ])();
  return replaced(input, encoded);
}

/** Replaces half of a part's content; the other half stays, so that the bytes that identify it stay too. */
function replaced(input, middle) {
  const { tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const index = random.below(tree.parts.length);
  const { body, end, format } = tree.parts[index];
  const last = format === 'png' ? end - 4 : end;
  const from = body + (random.chance(0.5) ? 0 : random.below(Math.max(0, last - body)));
  return edited(input, { from, to: Math.max(from, last), middle, inside: index });
}

/** Doubles or removes characters that end, begin or nest texts, within one part. */
export function otherPunctuation(input) {
  const { bytes, tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const index = random.below(tree.parts.length);
  const { body, end } = tree.parts[index];
  const found = [...bytes.toString('latin1', body, end).matchAll(/[<>"'{}[\]&;:=,\\/\0-]/g)];
  if (found.length === 0) return flippedBits(input);
  const at = body + random.pick(found).index;
  const middle = Buffer.from(
    random.pick(['', '""', '<', '</', '&#0;', '&amp', '{', ']', '\\u0000', '\\', '\0', ']]>']),
  );
  return edited(input, { from: at, to: at + 1, middle, inside: random.chance(0.7) ? index : undefined });
}
