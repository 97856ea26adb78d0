import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { ByteWindow, bounded, malformed } from './walk.js';

export interface EbmlElement {
  id: number;
  offset: number;
  dataOffset: number;
  dataBytes: number;
  /**
   * Set if a live recording gives no size to its segment and clusters; the element then extends to the end of its
   * parent.
   */
  hasUnknownSize: boolean;
}

/** Four bytes of identifier, eight of size. */
const HEAD_BYTES = 12;
const NEAR_BYTES = 64 * 1024;
const SMALL_BYTES = 1_024;

/**
 * Walks EBML: an identifier and a size of variable length, then the data (RFC 8794). Counts the elements against a
 * limit.
 */
export class EbmlWalk {
  readonly window: ByteWindow;
  fault: WalkFault | undefined;
  #left: number = limits.ebmlElements;
  #last = 0;

  constructor(readonly asset: Asset) {
    this.window = new ByteWindow(asset);
  }

  /** Reads the element at offset `at`; `undefined` at the end, or with `fault` set. */
  async at(at: number, end: number): Promise<EbmlElement | undefined> {
    if (this.fault || at >= end) return undefined;
    if (this.#left <= 0) {
      this.fault = bounded('bound.entries', { place: 'EBML', most: limits.ebmlElements });
      return undefined;
    }
    this.#left -= 1;
    // Frames are close together, but clusters are megabytes apart, and only their heads are needed.
    const near = Math.abs(at - this.#last) < NEAR_BYTES;
    this.#last = at;
    const head = near
      ? (this.window.bytesInBlock(at, HEAD_BYTES) ?? (await this.window.bytes(at, HEAD_BYTES)))
      : await this.asset.read(at, HEAD_BYTES);
    const idBytes = lengthOf(head[0], 4);
    const sizeBytes = idBytes === undefined ? undefined : lengthOf(head[idBytes], 8);
    if (idBytes === undefined || sizeBytes === undefined || idBytes + sizeBytes > head.length) {
      this.fault = malformed('data.unknownAt', { place: 'EBML', at });
      return undefined;
    }
    const dataOffset = at + idBytes + sizeBytes;
    const size = sizeOf(head, idBytes, sizeBytes);
    return {
      id: head.readUIntBE(0, idBytes),
      offset: at,
      dataOffset,
      dataBytes: size ?? end - dataOffset,
      hasUnknownSize: size === undefined,
    };
  }

  /** Returns the children of an element, which must lie within it. */
  async children(parent: EbmlElement): Promise<EbmlElement[]> {
    const end = Math.min(parent.dataOffset + parent.dataBytes, this.asset.bytes);
    const found: EbmlElement[] = [];
    for (let at = parent.dataOffset; at < end; ) {
      const element = await this.at(at, end);
      if (!element) break;
      if (element.dataOffset + element.dataBytes > end) {
        this.fault ??= malformed('data.lengthAt', { place: 'EBML', at });
        break;
      }
      found.push(element);
      at = element.dataOffset + element.dataBytes;
    }
    return found;
  }

  /** Returns the data of an element, or the start of it. */
  async data(element: EbmlElement, most: number): Promise<Buffer> {
    const bytes = Math.max(0, Math.min(element.dataBytes, most, this.asset.bytes - element.dataOffset));
    if (bytes > SMALL_BYTES) return this.asset.read(element.dataOffset, bytes);
    return Buffer.from(await this.window.bytes(element.dataOffset, bytes));
  }
}

/** The number of leading zero bits of the first byte is the number of bytes that follow it. */
function lengthOf(first: number | undefined, most: number): number | undefined {
  if (first === undefined || first === 0) return undefined;
  const bytes = Math.clz32(first) - 23;
  return bytes <= most ? bytes : undefined;
}

/**
 * Returns `undefined` if all bits are set, which means an unknown size. A size past 2^53 exceeds any file, rounded or
 * not.
 */
function sizeOf(head: Buffer, from: number, bytes: number): number | undefined {
  const mask = 0xff >> bytes;
  const first = (head[from] ?? 0) & mask;
  let open = first === mask;
  let value = first;
  for (let at = from + 1; at < from + bytes; at++) {
    const byte = head[at] ?? 0;
    open &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return open ? undefined : value;
}
