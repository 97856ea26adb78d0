import type { MetadataBlock } from './block.js';

const IPTC_RESOURCE = 0x0404;

/** Yields Photoshop's image resources: `8BIM`, id, Pascal string padded to even, 32-bit length, data padded to even. */
export function* parsePhotoshopResources(
  bytes: Buffer,
): Generator<{ id: number; dataAt: number; data: Buffer }> {
  let at = 0;
  while (at + 12 <= bytes.length) {
    if (bytes.toString('latin1', at, at + 4) !== '8BIM') break;
    const id = bytes.readUInt16BE(at + 4);
    const name = 1 + (bytes[at + 6] ?? 0);
    const lengthAt = at + 6 + name + (name & 1);
    if (lengthAt + 4 > bytes.length) break;
    const length = bytes.readUInt32BE(lengthAt);
    const dataAt = lengthAt + 4;
    yield { id, dataAt, data: bytes.subarray(dataAt, dataAt + length) };
    at = dataAt + length + (length & 1);
  }
}

export function findIimInPhotoshop(bytes: Buffer, place: string, offset?: number): MetadataBlock[] {
  const blocks: MetadataBlock[] = [];
  for (const { id, dataAt, data } of parsePhotoshopResources(bytes))
    if (id === IPTC_RESOURCE)
      blocks.push({
        locator: place,
        bytes: data,
        ...(offset === undefined ? {} : { offset: offset + dataAt }),
      });
  return blocks;
}
