import type { AssetPart } from '../evidence/evidence.js';
import type { Asset } from '../media/asset.js';
import { CODESTREAM } from './blocks/jxl.js';
import { conclude, type WalkFault } from './conclude.js';
import { topBoxes } from './containers/bmff-boxes.js';
import { gifBlocks } from './containers/gif-blocks.js';
import { JPEG_HEADS, startsWith } from './containers/jpeg-heads.js';
import { jpegSegments } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';
import { riffChunks } from './containers/riff-chunks.js';
import { tiffEntries } from './containers/tiff-ifds.js';
import { behindEnd } from './parts/behind-end.js';
import { coversIn } from './parts/covers.js';
import { membersOfTar } from './parts/in-tar.js';
import { membersOfZip } from './parts/in-zip.js';
import { capped, type Inner, nothingInside, together } from './parts/inner.js';
import { partsOfMail } from './parts/mail-parts.js';
import { filesInPdf } from './parts/pdf-files.js';
import { picturesInSvg } from './parts/svg-pictures.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';

const READ =
  'jpeg png webp gif tiff heif jxl svg bmff matroska avi mp3 wav flac ogg aiff aac pdf cr3 jp2 mail';
  'jpeg png webp gif tiff heif jxl svg bmff matroska avi mp3 wav flac ogg aiff aac pdf cr3 jp2 zip tar';

/**
 * Further assets in the same file: MPF pictures (CIPA DC-007), the video of a motion photo, data after the end, attached
 * files, pictures in documents. They are named here; what each declares is looked for where a file is analysed. Nothing is said of a file that holds just one asset: then the carrier is `absent`.
 */
export const partsReader: Reader<'parts'> = {
  carrier: 'parts',
  reach: reach({
    read: READ,
    // Layers hold whole files (smart objects).
    unreached: 'psd zip tar cfb mxf ts ps asf dpx exr bmp',
    unreached: 'psd mail cfb mxf ts ps asf dpx exr bmp',
    none: 'flv raf',
  }),

  async read(asset) {
    const { end, inner } = await walkIn(INSIDE, asset.mediaType.container)(asset);
    const { parts: found, fault, notes } = capped(inner);
    const parts = found.toSorted((a, b) => a.offset - b.offset);
    if (parts.length === 0) return conclude<AssetPart[]>([], true, fault, notes);
    const primary: AssetPart = {
      kind: 'primary',
      mediaType: asset.mediaType.mime,
      offset: 0,
      bytes: end ?? asset.bytes,
      place: asset.mediaType.format,
    };
    return conclude([primary, ...parts], false, fault, notes);
  },
};

/** `end`: of the main picture, where it is known. */
type Inside = { end?: number; inner: Inner };

const within = (find: (asset: Asset) => Promise<Inner>) => async (asset: Asset) => ({
  inner: await find(asset),
});

const INSIDE: InEach<typeof READ, (asset: Asset) => Promise<Inside>> = {
  jpeg: async (asset) => {
    const walk = await jpegSegments(asset);
    const hasMpf = walk.items.some((s) => s.marker === 0xe2 && startsWith(s.head, JPEG_HEADS.mpf));
    return behind(asset, walk, hasMpf);
  },
  png: async (asset) => behind(asset, await pngChunks(asset)),
  gif: async (asset) => behind(asset, await gifBlocks(asset)),
  webp: async (asset) => behind(asset, await riffChunks(asset)),
  heif: motionVideoBox,
  tiff: originalRaw,
  jxl: async (asset) =>
    (await asset.read(0, CODESTREAM.length)).equals(CODESTREAM) ? { inner: nothingInside() } : inBoxes(asset),
  bmff: async (asset) => ({ inner: together((await inBoxes(asset)).inner, await coversIn(asset)) }),
  svg: within(picturesInSvg),
  pdf: within(filesInPdf),
  matroska: within(coversIn),
  avi: within(coversIn),
  mp3: within(coversIn),
  wav: within(coversIn),
  flac: within(coversIn),
  ogg: within(coversIn),
  aiff: within(coversIn),
  aac: within(coversIn),
  zip: within(membersOfZip),
  tar: within(membersOfTar),
  cr3: inBoxes,
  jp2: inBoxes,
  mail: within(partsOfMail),
};

/** Where the primary's end was not reached, what follows it cannot be told apart. */
async function behind(
  asset: Asset,
  { end, fault }: { end?: number; fault?: WalkFault },
  hasMpf = false,
): Promise<Inside> {
  if (end === undefined || end >= asset.bytes) return { inner: nothingInside(fault) };
  const inner = await behindEnd(asset, end, hasMpf);
  return { end, inner: { ...inner, fault: fault ?? inner.fault } };
}

/** What is no box behind the last one is a fault of the walk. */
async function inBoxes(asset: Asset): Promise<Inside> {
  return { inner: nothingInside((await topBoxes(asset)).fault) };
}

/** HEIC motion photos keep the video in a top-level `mpvd` box (Motion Photo format 1.0). */
async function motionVideoBox(asset: Asset): Promise<Inside> {
  const { items, fault } = await topBoxes(asset);
  const box = items.find((b) => b.type === 'mpvd');
  if (!box) return { inner: nothingInside(fault) };
  const video: AssetPart = {
    kind: 'motion-video',
    mediaType: 'video/mp4',
    offset: box.dataOffset,
    bytes: box.dataBytes,
    place: 'box mpvd',
  };
  return { end: box.offset, inner: { ...nothingInside(fault), parts: [video] } };
}

/** DNG 1.1: the raw file that a DNG was made from, whole. The pages and previews of a TIFF are the file itself. */
const ORIGINAL_RAW = 0xc68c;

async function originalRaw(asset: Asset): Promise<Inside> {
  const { items, fault } = await tiffEntries(asset);
  const parts = items
    .filter(({ tag }) => tag === ORIGINAL_RAW)
    .map(
      ({ offset, bytes }): AssetPart => ({ kind: 'attachment', offset, bytes, place: 'OriginalRawFileData' }),
    );
  return { inner: { ...nothingInside(fault), parts } };
}
