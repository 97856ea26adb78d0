import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../../base/fault.js';

import { trustLimits as limits } from '../lists/trust-limits.js';

/** Boxes of ISO/IEC 19566-5 (JUMBF), as needed to reach the claim signatures of a C2PA manifest store. */

export interface JumbfBox {
  type: string;
  /** Offsets of the header and of the content, in bytes from the start of the store. */
  offset: number;
  contentOffset: number;
  bytes: Buffer;
}

/** Description box of a superbox: content type and label. */
export interface JumbfDescription {
  /** Content type in lower-case hexadecimal without dashes. */
  uuid: string;
  label?: string;
}

export interface JumbfSuperbox {
  offset: number;
  description: JumbfDescription;
  children: JumbfBox[];
}

/** C2PA 2.2 §11.1.4: four letters, followed by the same twelve bytes for all types. */
export const C2PA_UUID = {
  manifestStore: uuidOf('c2pa'),
  manifest: uuidOf('c2ma'),
  updateManifest: uuidOf('c2um'),
  compressedManifest: uuidOf('c2cm'),
  claim: uuidOf('c2cl'),
  claimSignature: uuidOf('c2cs'),
} as const;

function uuidOf(letters: string): string {
  return `${Buffer.from(letters, 'latin1').toString('hex')}00110010800000aa00389b71`;
}

/** Budget for walking one store, shared by all its boxes. */
export class JumbfBudget {
  #boxes = 0;
  #unpackedBytes = 0;

  /** Remaining bytes for decompression: the compressed boxes of a store may not exceed the size of a store in total. */
  get unpackedBytesLeft(): number {
    return limits.manifestStoreBytes - this.#unpackedBytes;
  }

  unpack(bytes: number): void {
    this.#unpackedBytes += bytes;
  }

  take(): boolean {
    this.#boxes += 1;
    return this.#boxes <= limits.jumbfBoxes;
  }
}

export class JumbfError extends Error {
  constructor(readonly fault: ReadFault) {
    super(fault.code);
  }
}

/** Parses consecutive boxes in `bytes`. Throws `JumbfError`. */
export function parseBoxes(bytes: Buffer, offset: number, budget: JumbfBudget): JumbfBox[] {
  const boxes: JumbfBox[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (!budget.take()) fail('bound.entries', { place: 'JUMBF', most: limits.jumbfBoxes });
    const { header, size } = readHeader(bytes, at, offset);
    boxes.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      offset: offset + at,
      contentOffset: offset + at + header,
      bytes: bytes.subarray(at + header, at + size),
    });
    // A size is never smaller than its header, so the loop advances.
    at += size;
  }
  return boxes;
}

function readHeader(bytes: Buffer, at: number, offset: number): { header: number; size: number } {
  const left = bytes.length - at;
  if (left < 8) fail('jumbf.truncated', { what: 'other', at: offset + at });
  const short = bytes.readUInt32BE(at);
  const header = short === 1 ? 16 : 8;
  if (left < header) fail('jumbf.truncated', { what: 'other', at: offset + at });
  const size = short === 0 ? left : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
  if (size < header || size > left) {
    fail('data.lengthAt', { place: 'JUMBF', at: offset + at });
  }
  return { header, size };
}

/** Opens a `jumb` box with its description and children. Throws `JumbfError`. */
export function openSuperbox(box: JumbfBox, budget: JumbfBudget, depth = 0): JumbfSuperbox {
  if (depth >= limits.jumbfDepth) fail('bound.depth', { place: 'JUMBF', most: limits.jumbfDepth });
  const [first, ...children] = parseBoxes(box.bytes, box.contentOffset, budget);
  if (box.type !== 'jumb' || first?.type !== 'jumd') {
    fail('jumbf.noDescription', { at: box.offset });
  }
  return { offset: box.offset, description: readDescription(first), children };
}

/** ISO/IEC 19566-5 §A.3: 16 bytes content type, a toggle byte, then a label if bit 1 is set. */
function readDescription(box: JumbfBox): JumbfDescription {
  if (box.bytes.length < 17) fail('jumbf.truncated', { what: 'description', at: box.offset });
  const uuid = box.bytes.toString('hex', 0, 16);
  const hasLabel = (box.bytes.readUInt8(16) & 0x02) !== 0;
  if (!hasLabel) return { uuid };
  const end = box.bytes.indexOf(0, 17);
  if (end < 0 || end - 17 > limits.jumbfLabelBytes) {
    fail('jumbf.label', { at: box.offset });
  }
  return { uuid, label: box.bytes.toString('utf8', 17, end) };
}

function fail<C extends KnownCode>(code: C, ...params: FaultParams<C>): never {
  throw new JumbfError(fault(code, ...params));
}
