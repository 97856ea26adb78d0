import { limits } from '../../../base/limits.js';
import type { ContainerTag } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
import { readDpxHeader } from '../containers/dpx-header.js';
import { isExrXmp, readExrHeader } from '../containers/exr-header.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, formatTagValue } from '../text/tag-text.js';

/** Reads text fields in the headers of DPX (SMPTE ST 268) and OpenEXR. */
export const imageHeaderReader: Reader<'imageHeader'> = {
  carrier: 'imageHeader',
  read: (asset) => selectWalk(WALKS, asset.mediaType.container)(asset),
};

const WALKS: WalkPerContainer<'imageHeader', (asset: Asset) => Promise<Read<ContainerTag[]>>> = {
  dpx: inDpx,
  exr: inExr,
};

async function inDpx(asset: Asset): Promise<Read<ContainerTag[]>> {
  const { items, fault } = await readDpxHeader(asset);
  const list = new TagList();
  for (const { name, offset, bytes } of items)
    list.add({ system: 'DPX', key: name, value: decodeTagText(bytes).trim(), offset });
  list.addFault(fault);
  return list.conclude();
}

/** Numeric types of the OpenEXR library (OpenEXR File Layout, “Predefined attribute types”). */
const NUMBERS: ReadonlySet<string> = new Set(
  'box2i,box2f,chlist,chromaticities,compression,double,envmap,float,floatvector,int,keycode,lineOrder,m33d,m33f,m44d,m44f,preview,rational,tiledesc,timecode,v2i,v2f,v2d,v3i,v3f,v3d,deepImageState'.split(
    ',',
  ),
);

/** Reads attributes that are text or have a program-specific type. */
async function inExr(asset: Asset): Promise<Read<ContainerTag[]>> {
  const { items, fault } = await readExrHeader(asset);
  const list = new TagList();
  for (const one of items) {
    if (list.isFull) break;
    if (NUMBERS.has(one.type) || isExrXmp(one)) continue;
    const { name, type, part, offset, bytes } = one;
    const read = await asset.read(offset, Math.min(bytes, limits.tagValueBytes));
    const system = part === 0 ? 'OpenEXR' : `OpenEXR part ${part + 1}`;
    if (type === 'stringvector') inVector(list, read, { system, key: name, offset }, bytes);
    else {
      const value = type === 'string' ? decodeTagText(read) : formatTagValue(read, bytes);
      if (value !== '') list.add({ system, key: name, value, offset }, bytes);
    }
  }
  list.addFault(fault);
  return list.conclude();
}

/** Reads consecutive texts, each after its length. */
function inVector(
  list: TagList,
  read: Buffer,
  { offset, ...tag }: Omit<ContainerTag, 'value'> & { offset: number },
  bytes: number,
): void {
  let at = 0;
  for (let number = 1; at + 4 <= read.length; number++) {
    const length = read.readUInt32LE(at);
    const value = decodeTagText(read.subarray(at + 4, at + 4 + length));
    list.add({ ...tag, key: `${tag.key}[${number}]`, value, offset: offset + at });
    at += 4 + length;
  }
  if (read.length < bytes) list.addShortened();
}
