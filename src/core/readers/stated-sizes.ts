import type { Asset } from '../media/asset.js';
import type { Container } from '../media/media-kinds.js';
import { READ_TYPES } from '../media/read-types.js';
import type { WalkFault } from './conclude.js';
import { topBoxes, walkBoxes } from './containers/bmff-boxes.js';
import { bmpHeader } from './containers/bmp-header.js';
import { dpxHeader } from './containers/dpx-header.js';
import { exrSizes } from './containers/exr-chunks.js';
import { exrHeader } from './containers/exr-header.js';
import { tiffEntries } from './containers/tiff-ifds.js';
import { malformed } from './containers/walk.js';
import { type PictureSize, tiffNumber, tiffSize } from './picture-size.js';

/** Sizes of pictures that no decoder here opens, as their headers give them. */

export interface StatedSizes {
  sizes: PictureSize[];
  /** Why there are none. */
  fault?: WalkFault | undefined;
}

/** Undefined where a decoder is to be asked. */
export async function statedSizes(asset: Asset): Promise<StatedSizes | undefined> {
  const { container, mime } = asset.mediaType;
  return (OF_TYPE.get(mime) ?? OF_CONTAINER[container])?.(asset);
}

type Sizes = (asset: Asset) => Promise<StatedSizes>;

const OF_CONTAINER: Partial<Record<Container, Sizes>> = {
  psd: psdSize,
  jp2: jp2Size,
  bmp: async (asset) => oneOf(await bmpHeader(asset)),
  dpx: async (asset) => oneOf(await dpxHeader(asset)),
  exr: async (asset) => {
    const sizes = await exrSizes(asset);
    return sizes.length > 0 ? { sizes } : { sizes, fault: (await exrHeader(asset)).fault ?? NO_SIZE };
  },
};

const OF_TYPE: ReadonlyMap<string, Sizes> = new Map<string, Sizes>([
  [
    READ_TYPES.orf.mime,
    async (asset) => oneOf((await tiffSize(asset)) ?? { fault: (await tiffEntries(asset)).fault }),
  ],
  [
    READ_TYPES.rw2.mime,
    async (asset) => oneOf((await panasonicSize(asset)) ?? { fault: (await tiffEntries(asset)).fault }),
  ],
]);

const NO_SIZE = malformed('picture.noSize');

/** The fault of the header counts where it kept the size back. */
function oneOf({
  width,
  height,
  fault,
}: Partial<PictureSize> & { fault?: WalkFault | undefined }): StatedSizes {
  if (width !== undefined && height !== undefined) return { sizes: [{ width, height }] };
  return { sizes: [], fault: fault ?? NO_SIZE };
}

/** Adobe Photoshop File Formats Specification, “File Header Section”: rows, then columns. */
async function psdSize(asset: Asset): Promise<StatedSizes> {
  const sides = await asset.read(14, 8);
  if (sides.length < 8) return { sizes: [], fault: NO_SIZE };
  return { sizes: [{ height: sides.readUInt32BE(0), width: sides.readUInt32BE(4) }] };
}

/** ISO/IEC 15444-1 §I.5.3.1: `ihdr`, the first box in `jp2h`. */
async function jp2Size(asset: Asset): Promise<StatedSizes> {
  const top = await topBoxes(asset);
  const header = top.items.find(({ type }) => type === 'jp2h');
  const fault = top.fault ?? NO_SIZE;
  if (!header) return { sizes: [], fault };
  const inside = await walkBoxes(asset, header.dataOffset, header.dataOffset + header.dataBytes);
  const first = inside.items.find(({ type }) => type === 'ihdr');
  const sides = first ? await asset.read(first.dataOffset, 8) : Buffer.alloc(0);
  if (sides.length < 8) return { sizes: [], fault: inside.fault ?? fault };
  return { sizes: [{ height: sides.readUInt32BE(0), width: sides.readUInt32BE(4) }] };
}

/** SensorTopBorder, LeftBorder, BottomBorder, RightBorder (ExifTool, PanasonicRaw module): the picture lies between them. */
async function panasonicSize(asset: Asset): Promise<PictureSize | undefined> {
  const [top, left, bottom, right] = [
    await tiffNumber(asset, 4),
    await tiffNumber(asset, 5),
    await tiffNumber(asset, 6),
    await tiffNumber(asset, 7),
  ];
  if (top === undefined || left === undefined || bottom === undefined || right === undefined)
    return undefined;
  return right > left && bottom > top ? { width: right - left, height: bottom - top } : undefined;
}
