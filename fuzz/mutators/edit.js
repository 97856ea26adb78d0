import { crc32 } from '../../fixtures/build/formats/crc32.js';
import { readField, writeField } from '../structure/fields.js';

/**
 * Replaces `from`–`to` by `middle`. If `inside` names the part that contains the range, the sizes of that part and of
 * all parts around it are corrected, and PNG's checksums too, so that readers that stop at the first inconsistency
 * continue.
 */
export function edited({ bytes, tree }, { from, to, middle, inside }) {
  const out = Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
  if (inside === undefined || inside < 0) return out;
  const more = middle.length - (to - from);
  for (const index of tree.around(inside)) {
    const part = tree.parts[index];
    for (const field of part.fields.filter(({ role }) => role === 'size')) {
      if (field.at + 8 <= out.length && field.at < from)
        writeField(out, field, readField(bytes, field) + more);
    }
    if (part.format === 'png') mendChecksum(out, part, part.end + more);
  }
  return out;
}

function mendChecksum(out, { start }, end) {
  if (end > out.length || end - 4 < start + 4) return;
  out.writeUInt32BE(crc32(out.subarray(start + 4, end - 4)), end - 4);
}
