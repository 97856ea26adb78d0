import { FIELDS, readField, writeField } from '../structure/fields.js';
import { flippedBits } from './bytes.js';

/** Corrupts sizes, counts, offsets and kinds. */

export function lyingNumbers(input) {
  const { bytes, tree, random } = input;
  const fields = tree.parts.flatMap((part) => part.fields.map((field) => ({ part, field })));
  if (fields.length === 0) return flippedBits(input);
  const out = Buffer.from(bytes);
  for (let i = random.small(8); i > 0; i -= 1) {
    const { part, field } = random.pick(fields);
    writeField(out, field, lie({ bytes, tree, random, part, field }));
  }
  return out;
}

function lie({ bytes, tree, random, part, field }) {
  const { max } = FIELDS[field.code];
  const now = readField(bytes, field);
  const near = [now - 1, now + 1, now * 2, now + 256, Math.floor(now / 2), now ^ 0x80];
  const edges = [0, 1, 2, 7, 8, max, max - 1, Math.floor(max / 2), Math.floor(max / 2) + 1];
  if (field.role === 'kind')
    return random.chance(0.7) ? otherKind(input(), field) : random.pick([...near, ...edges]);
  if (field.role === 'offset') return random.pick([...places(), ...edges, ...near]);
  const room = [bytes.length - part.body, bytes.length - part.body + 1, part.end - part.start, bytes.length];
  return random.pick([...near, ...edges, ...room]);

  function input() {
    return { bytes, tree, random };
  }

  /** Offsets of the part itself, of its parents and of other parts, which create cycles. */
  function places() {
    const other = random.pick(tree.parts);
    const around = part.parent >= 0 ? tree.parts[part.parent] : part;
    const origin = around.start;
    return [
      part.start - origin,
      other.start - origin,
      other.start,
      field.at - origin,
      bytes.length - origin,
      8,
    ];
  }
}

/** Replaces a kind by that of another part of the file. */
function otherKind({ bytes, tree, random }, field) {
  const kinds = tree.parts.flatMap(({ fields }) =>
    fields.filter((one) => one.role === 'kind' && one.code === field.code),
  );
  return readField(bytes, random.pick(kinds));
}
