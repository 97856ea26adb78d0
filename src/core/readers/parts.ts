import type { AssetPart } from '../evidence/evidence.js';
import { fault as faultOf } from '../ground/fault.js';
import type { Asset } from '../media/asset.js';
import { CODESTREAM } from './blocks/jxl.js';
import { conclude, type WalkFault } from './conclude.js';
import { bmpHeader } from './containers/bmp-header.js';
import { dpxHeader } from './containers/dpx-header.js';
import { exrEnd } from './containers/exr-chunks.js';
import { gifBlocks } from './containers/gif-blocks.js';
import { jpegSegments } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';
import { riffChunks } from './containers/riff-chunks.js';
import { tiffEntries } from './containers/tiff-ifds.js';
import { malformed } from './containers/walk.js';
import { announcedBy } from './parts/announced.js';
import { behindEnd } from './parts/behind-end.js';
import { inBoxes } from './parts/boxes.js';
import { filesInMxf, picturesInAsf } from './parts/broadcast.js';
import { coversIn } from './parts/covers.js';
import { picturesInHeif } from './parts/heif-pictures.js';
import { membersOfTar } from './parts/in-tar.js';
import { membersOfZip } from './parts/in-zip.js';
import { capped, type Inner, nothingInside, together } from './parts/inner.js';
import { partsOfMail } from './parts/mail-parts.js';
import { partsOfOffice } from './parts/office-parts.js';
import { filesInPdf } from './parts/pdf-files.js';
import { placedInPsd } from './parts/placed-files.js';
import { partsOfPostScript } from './parts/postscript-parts.js';
import { picturesInSvg } from './parts/svg-pictures.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';

const READ =
  'jpeg png webp gif tiff heif jxl svg bmff matroska avi mp3 wav flac ogg aiff aac pdf cr3 jp2 psd zip tar mxf asf dpx exr bmp mail cfb postscript';

/**
 * Further assets in the same file: MPF pictures (CIPA DC-007), the video of a motion photo, data after the end, attached
 * files, pictures in documents. They are named here; what each declares is looked for where a file is analysed. Nothing is said of a file that holds just one asset: then the carrier is `absent`.
 */
export const partsReader: Reader<'parts'> = {
  carrier: 'parts',
  reach: reach({
    read: READ,
    none: 'flv raf ts ps xmp',
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
type Inside = { end?: number | undefined; inner: Inner };

const within = (find: (asset: Asset) => Promise<Inner>) => async (asset: Asset) => ({
  inner: await find(asset),
});

const INSIDE: InEach<typeof READ, (asset: Asset) => Promise<Inside>> = {
  jpeg: async (asset) => {
    const walk = await jpegSegments(asset);
    if (walk.end === undefined) return { inner: nothingInside(walk.fault) };
    const { items, fault, notes } = await announcedBy(asset, walk, walk.end);
    if (walk.end >= asset.bytes && items.length === 0) return { inner: { parts: [], fault, notes } };
    const found = await behindEnd(asset, walk.end, items);
    return { end: walk.end, inner: together({ parts: [], fault, notes }, found) };
  },
  png: async (asset) => behind(asset, await pngChunks(asset)),
  gif: async (asset) => behind(asset, await gifBlocks(asset)),
  webp: async (asset) => behind(asset, await riffChunks(asset)),
  heif: async (asset) => {
    const { end, inner } = await inBoxes(asset);
    return { end, inner: together(inner, await picturesInHeif(asset)) };
  },
  tiff: originalRaw,
  jxl: async (asset) =>
    (await asset.read(0, CODESTREAM.length)).equals(CODESTREAM) ? { inner: nothingInside() } : inBoxes(asset),
  bmff: async (asset) => {
    const { end, inner } = await inBoxes(asset);
    return { end, inner: together(inner, await coversIn(asset)) };
  },
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
  dpx: behindDpx,
  exr: async (asset) => behind(asset, await exrEnd(asset)),
  bmp: inBmp,
  cr3: inBoxes,
  jp2: inBoxes,
  mxf: async (asset) => {
    const { end, ...inner } = await filesInMxf(asset);
    return end === undefined ? { inner } : { end, inner };
  },
  asf: within(picturesInAsf),
  mail: within(partsOfMail),
  psd: within(placedInPsd),
  cfb: within(partsOfOffice),
  postscript: within(partsOfPostScript),
};

/** Where the primary's end was not reached, what follows it cannot be told apart. */
async function behind(asset: Asset, { end, fault }: { end?: number; fault?: WalkFault }): Promise<Inside> {
  if (end === undefined || end >= asset.bytes) return { inner: nothingInside(fault) };
  return { end, inner: together(nothingInside(fault), await behindEnd(asset, end)) };
}

/** Its header says how long the file is; a file that is shorter ends within its picture. */
async function behindDpx(asset: Asset): Promise<Inside> {
  const { end, cut, fault } = await dpxHeader(asset);
  if (cut) return { inner: nothingInside(fault ?? malformed('dpx.truncated')) };
  return behind(asset, { ...(end === undefined ? {} : { end }), ...(fault ? { fault } : {}) });
}

/** A whole JPEG or PNG may stand for the pixels. */
async function inBmp(asset: Asset): Promise<Inside> {
  const { end, inside, fault } = await bmpHeader(asset);
  if (fault) return { inner: nothingInside(fault) };
  const cut = end !== undefined && end > asset.bytes ? malformed('bmp.truncated') : undefined;
  const found = await behind(asset, {
    ...(end === undefined ? {} : { end }),
    ...(cut ? { fault: cut } : {}),
  });
  if (!inside) return found;
  const picture: AssetPart = { kind: 'embedded-picture', ...inside, place: inside.mediaType };
  return { ...found, inner: together({ parts: [picture] }, found.inner) };
}

/** DNG 1.1: the raw file that a DNG was made from, compressed piece by piece. Pages and previews of a TIFF are the file itself. */
const ORIGINAL_RAW = 0xc68c;

async function originalRaw(asset: Asset): Promise<Inside> {
  const { items, fault } = await tiffEntries(asset);
  const parts = items
    .filter(({ tag }) => tag === ORIGINAL_RAW)
    .map(
      ({ offset, bytes }): AssetPart => ({
        kind: 'attachment',
        offset,
        bytes,
        place: 'OriginalRawFileData',
        closed: faultOf('part.packing'),
      }),
    );
  return { inner: { ...nothingInside(fault), parts } };
}
