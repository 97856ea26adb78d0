import { readField, writeField } from '../structure/fields.js';
import { flippedBits } from './bytes.js';
import { edited } from './edit.js';

/** Doubles, removes, moves and nests whole parts, and puts them into other files. */

/** Maximum size of inputs: many small inputs find more than a few large ones. */
const MOST_BYTES = 2 * 1024 ** 2;
const MANY = [2, 3, 16, 257, 5_000, 70_000];

const chosen = ({ tree, random }) => {
  const index = random.below(tree.parts.length);
  return { index, part: tree.parts[index] };
};
/** In most cases the sizes of the parts around are corrected, otherwise they stay wrong. */
const around = (random, part) => (random.chance(0.7) ? part.parent : undefined);

export function repeatedPart(input) {
  const { bytes, tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const { part } = chosen(input);
  const one = bytes.subarray(part.start, part.end);
  const times = Math.min(random.pick(MANY), Math.floor(MOST_BYTES / Math.max(1, one.length)));
  const middle = Buffer.concat(Array(Math.max(1, times)).fill(one));
  return edited(input, { from: part.end, to: part.end, middle, inside: around(random, part) });
}

export function withoutPart(input) {
  const { tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const { part } = chosen(input);
  const middle = Buffer.alloc(0);
  return edited(input, { from: part.start, to: part.end, middle, inside: around(random, part) });
}

export function emptiedPart(input) {
  const { tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const { part, index } = chosen(input);
  const inside = random.chance(0.7) ? index : undefined;
  return edited(input, { from: part.body, to: part.end, middle: Buffer.alloc(0), inside });
}

/** Moves a part to the position of another, to the end of the file, or into itself. */
export function movedPart(input) {
  const { bytes, tree, random } = input;
  if (tree.parts.length === 0) return flippedBits(input);
  const [a, b] = [chosen(input).part, chosen(input).part];
  const middle = bytes.subarray(a.start, a.end);
  if (random.chance(0.2)) return Buffer.concat([bytes, middle]);
  return edited(input, { from: b.start, to: b.end, middle, inside: around(random, b) });
}

/** Nests a part within itself repeatedly, with consistent sizes. */
export function nestedPart(input) {
  const { bytes, tree, random } = input;
  const inner = tree.parts.map((part, index) => ({ part, index })).filter(({ part }) => part.parent >= 0);
  if (inner.length === 0) return flippedBits(input);
  const { part } = random.pick(inner);
  const outer = tree.parts[part.parent];
  const head = bytes.subarray(outer.start, part.start);
  const times = Math.min(
    random.pick([2, 8, 40, 300, 3_000]),
    Math.floor(MOST_BYTES / Math.max(1, head.length)),
  );
  const tail = bytes.subarray(part.start, outer.end);
  const size = outer.fields.find(({ role }) => role === 'size');
  const layers = [tail];
  let length = tail.length;
  for (let i = 0; i < times; i += 1) {
    length += head.length;
    layers.unshift(resized(head, size, outer, length, bytes));
  }
  const middle = Buffer.concat(layers);
  return edited(input, { from: outer.start, to: outer.end, middle, inside: around(random, outer) });
}

/** Returns the header of a part whose total is to be `length` long. */
function resized(head, size, { start, end }, length, bytes) {
  const at = size ? size.at - start : -1;
  if (at < 0 || at + 8 > head.length) return head;
  const more = length - (end - start);
  const copy = Buffer.from(head);
  writeField(copy, { ...size, at }, readField(bytes, size) + more);
  return copy;
}

/** Replaces a part or its content by a part, or a whole file, of another format. */
export function splicedPart(input) {
  const { tree, random, other } = input;
  if (tree.parts.length === 0) return joinedFiles(input);
  const { part, index } = chosen(input);
  const stranger = other();
  const theirs = stranger.tree.parts;
  let middle = stranger.bytes;
  if (theirs.length > 0 && random.chance(0.8)) {
    const taken = random.pick(theirs);
    middle = stranger.bytes.subarray(random.chance(0.5) ? taken.start : taken.body, taken.end);
  }
  if (random.chance(0.5)) return edited(input, { from: part.body, to: part.end, middle, inside: index });
  return edited(input, { from: part.start, to: part.end, middle, inside: around(random, part) });
}

/** Joins the start of one file with the end of another, or appends one to the other. */
export function joinedFiles({ bytes, random, other }) {
  const stranger = other().bytes;
  if (random.chance(0.4)) return Buffer.concat([bytes, stranger]);
  const [a, b] = [random.below(bytes.length + 1), random.below(stranger.length + 1)];
  return Buffer.concat([bytes.subarray(0, a), stranger.subarray(b)]);
}
