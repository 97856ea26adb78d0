import type { Asset } from '../../media/asset.js';
import { AmfReader } from '../containers/amf0-values.js';
import { FLV, readFlvTags } from '../containers/flv-tags.js';
import { BlockCollector, type MetadataBlocks } from './block.js';

/** Script tag whose value holds the packet as text under `liveXML` (XMP Specification Part 3 §2.2). */
const NAME = 'onXMPData';
const KEY = 'liveXML';
/** Type, 16-bit length and name precede the value. */
const BEFORE_VALUE_BYTES = 3 + NAME.length;

/** Returns the XMP of FLV. */
export async function readFlvBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readFlvTags(asset);
  const gatherer = new BlockCollector(asset);
  for (const { type, dataOffset, dataBytes } of walk.items) {
    if (type !== FLV.script || dataBytes < BEFORE_VALUE_BYTES) continue;
    const head = await asset.read(dataOffset, BEFORE_VALUE_BYTES);
    if (head.toString('latin1', 3) !== NAME) continue;
    const place = `script tag ${NAME}`;
    const valueAt = dataOffset + BEFORE_VALUE_BYTES;
    const run = { locator: place, dataOffset: valueAt, dataBytes: dataBytes - BEFORE_VALUE_BYTES };
    const bytes = await gatherer.bytes('xmp', run);
    if (!bytes) continue;
    const amf = new AmfReader(bytes);
    amf.value();
    if (amf.fault) gatherer.addFault('xmp', amf.fault);
    for (const { key, value, at } of amf.texts)
      if (key === KEY)
        gatherer.blocks.xmp.push({ locator: place, bytes: Buffer.from(value), offset: valueAt + at });
  }
  return gatherer.conclude(walk.fault);
}
