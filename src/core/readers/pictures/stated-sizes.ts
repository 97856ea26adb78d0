import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { READ_TYPES } from '../../media/read-types.js';
import type { WalkFault } from '../conclude.js';
import { listTopBoxes, walkBoxes } from '../containers/bmff-boxes.js';
import { readBmpHeader } from '../containers/bmp-header.js';
import { readDpxHeader } from '../containers/dpx-header.js';
import { readExrSizes } from '../containers/exr-chunks.js';
import { readExrHeader } from '../containers/exr-header.js';
import { readTiffEntries } from '../containers/tiff-ifds.js';
import { malformed } from '../containers/walk.js';
import { type PictureSize, readTiffNumber, readTiffSize } from './picture-size.js';

/** Sizes from the headers of pictures that no decoder here opens. */

export interface StatedSizes {
  sizes: PictureSize[];
  /** Fault because of which there are no sizes. */
  fault?: WalkFault | undefined;
}

/** Returns the sizes; `undefined` if a decoder must be used instead. */
export async function readStatedSizes(asset: Asset): Promise<StatedSizes | undefined> {
  const { container, mime } = asset.mediaType;
  return (OF_TYPE.get(mime) ?? OF_CONTAINER[container])?.(asset);
}

type Sizes = (asset: Asset) => Promise<StatedSizes>;

const OF_CONTAINER: Partial<Record<Container, Sizes>> = {
  psd: readPsdSize,
  jp2: readJp2Size,
  bmp: async (asset) => toStatedSizes(await readBmpHeader(asset)),
  dpx: async (asset) => toStatedSizes(await readDpxHeader(asset)),
  exr: async (asset) => {
    const sizes = await readExrSizes(asset);
    return sizes.length > 0 ? { sizes } : { sizes, fault: (await readExrHeader(asset)).fault ?? NO_SIZE };
  },
};

const OF_TYPE: ReadonlyMap<string, Sizes> = new Map<string, Sizes>([
  [
    READ_TYPES.orf.mime,
    async (asset) =>
      toStatedSizes((await readTiffSize(asset)) ?? { fault: (await readTiffEntries(asset)).fault }),
  ],
  [
    READ_TYPES.rw2.mime,
    async (asset) =>
      toStatedSizes((await readPanasonicSize(asset)) ?? { fault: (await readTiffEntries(asset)).fault }),
  ],
]);

const NO_SIZE = malformed('picture.noSize');

/** The fault of the header is reported if it prevented reading the size. */
function toStatedSizes({
  width,
  height,
  fault,
}: Partial<PictureSize> & { fault?: WalkFault | undefined }): StatedSizes {
  if (width !== undefined && height !== undefined) return { sizes: [{ width, height }] };
  return { sizes: [], fault: fault ?? NO_SIZE };
}

/** Reads rows, then columns (Adobe Photoshop File Formats Specification, “File Header Section”). */
async function readPsdSize(asset: Asset): Promise<StatedSizes> {
  const sides = await asset.read(14, 8);
  if (sides.length < 8) return { sizes: [], fault: NO_SIZE };
  return { sizes: [{ height: sides.readUInt32BE(0), width: sides.readUInt32BE(4) }] };
}

/** Reads `ihdr`, the first box in `jp2h` (ISO/IEC 15444-1 §I.5.3.1). */
async function readJp2Size(asset: Asset): Promise<StatedSizes> {
  const top = await listTopBoxes(asset);
  const header = top.items.find(({ type }) => type === 'jp2h');
  const fault = top.fault ?? NO_SIZE;
  if (!header) return { sizes: [], fault };
  const inside = await walkBoxes(asset, header.dataOffset, header.dataOffset + header.dataBytes);
  const first = inside.items.find(({ type }) => type === 'ihdr');
  const sides = first ? await asset.read(first.dataOffset, 8) : Buffer.alloc(0);
  if (sides.length < 8) return { sizes: [], fault: inside.fault ?? fault };
  return { sizes: [{ height: sides.readUInt32BE(0), width: sides.readUInt32BE(4) }] };
}

/** Computes the size between SensorTopBorder, LeftBorder, BottomBorder and RightBorder (ExifTool, PanasonicRaw module). */
async function readPanasonicSize(asset: Asset): Promise<PictureSize | undefined> {
  const [top, left, bottom, right] = [
    await readTiffNumber(asset, 4),
    await readTiffNumber(asset, 5),
    await readTiffNumber(asset, 6),
    await readTiffNumber(asset, 7),
  ];
  if (top === undefined || left === undefined || bottom === undefined || right === undefined)
    return undefined;
  return right > left && bottom > top ? { width: right - left, height: bottom - top } : undefined;
}
