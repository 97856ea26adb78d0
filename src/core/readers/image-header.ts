import type { ContainerTag } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import { dpxHeader } from './containers/dpx-header.js';
import { exrHeader, isExrXmp } from './containers/exr-header.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { tagText, tagTextOrBytes } from './tag-text.js';

const READ = 'dpx exr';

/** Fields of text in the headers of DPX (SMPTE ST 268) and OpenEXR. */
export const imageHeaderReader: Reader<'imageHeader'> = {
  carrier: 'imageHeader',
  reach: reach({
    read: READ,
    none: 'jpeg png webp gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf bmp postscript xmp',
  }),

  read: (asset) => walkIn(WALKS, asset.mediaType.container)(asset),
};

const WALKS: InEach<typeof READ, (asset: Asset) => Promise<Read<ContainerTag[]>>> = {
  dpx: inDpx,
  exr: inExr,
};

async function inDpx(asset: Asset): Promise<Read<ContainerTag[]>> {
  const { items, fault } = await dpxHeader(asset);
  const list = new TagList();
  for (const { name, offset, bytes } of items)
    list.add({ system: 'DPX', key: name, value: tagText(bytes).trim(), offset });
  list.fault(fault);
  return list.conclude();
}

/** Types of the library itself that hold numbers (OpenEXR File Layout, “Predefined attribute types”). */
const NUMBERS: ReadonlySet<string> = new Set(
  'box2i,box2f,chlist,chromaticities,compression,double,envmap,float,floatvector,int,keycode,lineOrder,m33d,m33f,m44d,m44f,preview,rational,tiledesc,timecode,v2i,v2f,v2d,v3i,v3f,v3d,deepImageState'.split(
    ',',
  ),
);

/** Text, and what has a type that only some program knows. */
async function inExr(asset: Asset): Promise<Read<ContainerTag[]>> {
  const { items, fault } = await exrHeader(asset);
  const list = new TagList();
  for (const one of items) {
    if (list.full) break;
    if (NUMBERS.has(one.type) || isExrXmp(one)) continue;
    const { name, type, part, offset, bytes } = one;
    const read = await asset.read(offset, Math.min(bytes, limits.tagValueBytes));
    const system = part === 0 ? 'OpenEXR' : `OpenEXR part ${part + 1}`;
    if (type === 'stringvector') inVector(list, read, { system, key: name, offset }, bytes);
    else {
      const value = type === 'string' ? tagText(read) : tagTextOrBytes(read, bytes);
      if (value !== '') list.add({ system, key: name, value, offset }, bytes);
    }
  }
  list.fault(fault);
  return list.conclude();
}

/** Each text after its length. */
function inVector(
  list: TagList,
  read: Buffer,
  { offset, ...tag }: Omit<ContainerTag, 'value'> & { offset: number },
  bytes: number,
): void {
  let at = 0;
  for (let number = 1; at + 4 <= read.length; number++) {
    const length = read.readUInt32LE(at);
    const value = tagText(read.subarray(at + 4, at + 4 + length));
    list.add({ ...tag, key: `${tag.key}[${number}]`, value, offset: offset + at });
    at += 4 + length;
  }
  if (read.length < bytes) list.shortened();
}
