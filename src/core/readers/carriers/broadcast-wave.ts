import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type RiffChunk, readRiffChunks } from '../containers/riff-chunks.js';
import { bounded, malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText } from '../text/tag-text.js';
import { parseSimpleElements } from '../xmp/xml-elements.js';

/** Reads the `bext` chunk (EBU Tech 3285) and the `iXML` chunk of recorders. */
export const broadcastWaveReader: Reader<'broadcastWave'> = {
  carrier: 'broadcastWave',

  async read(asset) {
    const { items, fault } = await readRiffChunks(asset);
    const list = new TagList();
    for (const chunk of items) {
      if (chunk.id === 'bext') await readBext(asset, chunk, list);
      if (chunk.id === 'iXML') await readIxml(asset, chunk, list);
    }
    list.addFault(fault);
    return list.conclude();
  },
};

/** Texts of fixed length, in file order. An originator's reference often holds a serial number. */
const BEXT_TEXTS: readonly (readonly [key: string, bytes: number])[] = [
  ['Description', 256],
  ['Originator', 32],
  ['OriginatorReference', 32],
  ['OriginationDate', 10],
  ['OriginationTime', 8],
];
/** Length including the reserved bytes; the coding history follows. */
const BEXT_BYTES = 602;

async function readBext(asset: Asset, chunk: RiffChunk, list: TagList): Promise<void> {
  const bytes = await asset.read(
    chunk.dataOffset,
    Math.min(chunk.dataBytes, BEXT_BYTES + limits.tagValueBytes),
  );
  let at = 0;
  for (const [key, length] of BEXT_TEXTS) {
    const value = upToZero(bytes.subarray(at, at + length));
    if (value !== '') list.add({ system: 'bext', key, value, offset: chunk.dataOffset + at });
    at += length;
  }
  const history = upToZero(bytes.subarray(BEXT_BYTES));
  if (history !== '')
    list.add(
      { system: 'bext', key: 'CodingHistory', value: history, offset: chunk.dataOffset + BEXT_BYTES },
      chunk.dataBytes - BEXT_BYTES,
    );
  if (chunk.dataBytes < BEXT_BYTES) list.addFault(malformed('bext.truncated'));
}

async function readIxml(asset: Asset, chunk: RiffChunk, list: TagList): Promise<void> {
  if (chunk.dataBytes > limits.ixmlBytes) {
    list.addFault(bounded('bound.bytes', { place: 'iXML', most: limits.ixmlBytes }));
    return;
  }
  const read = parseSimpleElements(decodeTagText(await asset.read(chunk.dataOffset, chunk.dataBytes)));
  for (const { path, text } of read.elements)
    list.add({ system: 'iXML', key: path, value: text, offset: chunk.dataOffset });
  if (read.fault)
    list.addFault(
      read.bounded
        ? bounded('bound.values', { place: 'iXML' })
        : malformed('ixml.markup', { words: read.fault }),
    );
}

function upToZero(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeTagText(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}
