/**
 * Structure of a file: parts with a start, a body and an end, the numbers in their headers, and which part contains
 * which. The list is flat; a part comes after the part that contains it.
 *
 * @typedef {object} Part
 * @property {string} format `png`, `bmff`, `tiff`, …
 * @property {number} start
 * @property {number} body
 * @property {number} end
 * @property {number} parent Index of the part around it, -1 for none.
 * @property {import('./fields.js').Field[]} fields Those of role `size` count towards `end` and are mended with it.
 */

/** Bound for a walker that a mutated mutant leads astray. */
const MOST_PARTS = 4_000;
const DEEPEST = 24;

export class Tree {
  /** @type {Part[]} */
  parts = [];

  /** @param {Buffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  get full() {
    return this.parts.length >= MOST_PARTS;
  }

  /**
   * Adds a part and returns its index; -1 if it is not to be followed.
   * @param {Omit<Part, 'fields'> & { fields?: Part['fields'] }} part
   */
  add({ fields = [], ...part }) {
    if (this.full || part.end > this.bytes.length || part.end < part.body) return -1;
    let depth = 0;
    for (let up = part.parent; up >= 0; up = this.parts[up].parent) depth += 1;
    if (depth > DEEPEST) return -1;
    const inside = fields.filter(({ at }) => at >= 0 && at + 8 <= this.bytes.length);
    return this.parts.push({ ...part, fields: inside }) - 1;
  }

  /** Returns the indices from the part itself outwards. */
  around(index) {
    const line = [];
    for (let up = index; up >= 0; up = this.parts[up].parent) line.push(up);
    return line;
  }
}
