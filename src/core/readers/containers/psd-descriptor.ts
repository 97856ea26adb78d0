/**
 * Skips a Photoshop descriptor (Adobe Photoshop File Formats Specification, “Descriptor structure”): names, then values
 * of some dozen kinds, which may be nested descriptors.
 */

const MAX_DEPTH = 16;

/** Returns the first byte after the descriptor at `at`; `undefined` if it holds an unknown type or is truncated. */
export function findDescriptorEnd(bytes: Buffer, at: number): number | undefined {
  try {
    return new DescriptorSkipper(bytes).descriptor(at, 0);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Skips parts of a descriptor. Each method returns the first byte after the part, and throws `RangeError` past the end. */
class DescriptorSkipper {
  constructor(readonly bytes: Buffer) {}

  descriptor(at: number, depth: number): number {
    if (depth > MAX_DEPTH) throw new RangeError('descriptors too deep');
    const head = this.key(this.text(at));
    let end = head + 4;
    for (let left = this.bytes.readUInt32BE(head); left > 0; left--) {
      const type = this.key(end);
      end = this.value(type, depth);
    }
    return end;
  }

  value(at: number, depth: number): number {
    const type = this.bytes.toString('latin1', at, at + 4);
    const body = at + 4;
    const fixed = FIXED.get(type);
    if (fixed !== undefined) return this.within(body + fixed);
    switch (type) {
      case 'Objc':
      case 'GlbO':
        return this.descriptor(body, depth + 1);
      case 'TEXT':
        return this.text(body);
      case 'enum':
        return this.key(this.key(body));
      case 'type':
      case 'GlbC':
        return this.key(this.text(body));
      case 'alis':
      case 'tdta':
        return this.within(body + 4 + this.bytes.readUInt32BE(body));
      case 'VlLs': {
        let end = body + 4;
        for (let left = this.bytes.readUInt32BE(body); left > 0; left--) end = this.value(end, depth + 1);
        return end;
      }
      default:
        throw new RangeError('a value of no known kind');
    }
  }

  /** Skips UTF-16 text with its character count before it. */
  text(at: number): number {
    return this.within(at + 4 + 2 * this.bytes.readUInt32BE(at));
  }

  /** A length of 0 means four characters. */
  key(at: number): number {
    return this.within(at + 4 + (this.bytes.readUInt32BE(at) || 4));
  }

  within(end: number): number {
    if (end > this.bytes.length) throw new RangeError('the bytes end');
    return end;
  }
}

const FIXED: ReadonlyMap<string, number> = new Map([
  ['doub', 8],
  ['UntF', 12],
  ['long', 4],
  ['comp', 8],
  ['bool', 1],
]);
