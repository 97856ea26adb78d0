import { fault as faultOf } from '../../../base/fault.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { CODESTREAM } from '../blocks/jxl.js';
import { conclude, type WalkFault } from '../conclude.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
import { readBmpHeader } from '../containers/bmp-header.js';
import { readDpxHeader } from '../containers/dpx-header.js';
import { findExrEnd } from '../containers/exr-chunks.js';
import { readGifExtensions } from '../containers/gif-blocks.js';
import { readJpegSegments } from '../containers/jpeg-segments.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { readRiffChunks } from '../containers/riff-chunks.js';
import { readTiffEntries } from '../containers/tiff-ifds.js';
import { malformed } from '../containers/walk.js';
import { readDeclaredParts } from '../parts/announced.js';
import { findPartsAfterEnd } from '../parts/behind-end.js';
import { findBoxParts } from '../parts/boxes.js';
import { findAsfPictures, findMxfFiles } from '../parts/broadcast.js';
import { findCovers } from '../parts/covers.js';
import { findHeifPictureParts } from '../parts/heif-pictures.js';
import { findTarParts } from '../parts/in-tar.js';
import { findZipParts } from '../parts/in-zip.js';
import { type InnerParts, limitInnerParts, mergeInnerParts, noInnerParts } from '../parts/inner.js';
import { findMailParts } from '../parts/mail-parts.js';
import { findOfficeParts } from '../parts/office-parts.js';
import { findPdfFiles } from '../parts/pdf-files.js';
import { findPostScriptParts } from '../parts/postscript-parts.js';
import { findPlacedFiles } from '../parts/psd-placed-files.js';
import { findSvgPictures } from '../parts/svg-pictures.js';
import type { Reader } from '../reader.js';

/**
 * Lists further assets in the same file: MPF pictures (CIPA DC-007), the video of a motion photo, data after the end,
 * attached files, pictures in documents. It only lists them; each is read when a file is analysed. For a file with a
 * single asset the carrier is `absent`.
 */
export const partsReader: Reader<'parts'> = {
  carrier: 'parts',

  async read(asset) {
    const { end, inner } = await selectWalk(INSIDE, asset.mediaType.container)(asset);
    const { parts: found, fault, notes } = limitInnerParts(inner);
    const parts = found.toSorted((a, b) => a.offset - b.offset);
    if (parts.length === 0) return conclude<AssetPart[]>([], true, fault, notes);
    const primary: AssetPart = {
      kind: 'primary',
      mediaType: asset.mediaType.mime,
      offset: 0,
      bytes: end ?? asset.bytes,
      locator: asset.mediaType.format,
    };
    return conclude([primary, ...parts], false, fault, notes);
  },
};

/** `end`: end of the main picture, if known. */
type Inside = { end?: number | undefined; inner: InnerParts };

const within = (find: (asset: Asset) => Promise<InnerParts>) => async (asset: Asset) => ({
  inner: await find(asset),
});

const INSIDE: WalkPerContainer<'parts', (asset: Asset) => Promise<Inside>> = {
  jpeg: async (asset) => {
    const walk = await readJpegSegments(asset);
    if (walk.end === undefined) return { inner: noInnerParts(walk.fault) };
    const { items, fault, notes } = await readDeclaredParts(asset, walk, walk.end);
    if (walk.end >= asset.bytes && items.length === 0) return { inner: { parts: [], fault, notes } };
    const found = await findPartsAfterEnd(asset, walk.end, items);
    return { end: walk.end, inner: mergeInnerParts({ parts: [], fault, notes }, found) };
  },
  png: async (asset) => behind(asset, await readPngChunks(asset)),
  gif: async (asset) => behind(asset, await readGifExtensions(asset)),
  webp: async (asset) => behind(asset, await readRiffChunks(asset)),
  heif: async (asset) => {
    const { end, inner } = await findBoxParts(asset);
    return { end, inner: mergeInnerParts(inner, await findHeifPictureParts(asset)) };
  },
  tiff: originalRaw,
  jxl: async (asset) =>
    (await asset.read(0, CODESTREAM.length)).equals(CODESTREAM)
      ? { inner: noInnerParts() }
      : findBoxParts(asset),
  bmff: async (asset) => {
    const { end, inner } = await findBoxParts(asset);
    return { end, inner: mergeInnerParts(inner, await findCovers(asset)) };
  },
  svg: within(findSvgPictures),
  pdf: within(findPdfFiles),
  matroska: within(findCovers),
  avi: within(findCovers),
  mp3: within(findCovers),
  wav: within(findCovers),
  flac: within(findCovers),
  ogg: within(findCovers),
  aiff: within(findCovers),
  aac: within(findCovers),
  zip: within(findZipParts),
  tar: within(findTarParts),
  dpx: behindDpx,
  exr: async (asset) => behind(asset, await findExrEnd(asset)),
  bmp: inBmp,
  cr3: findBoxParts,
  jp2: findBoxParts,
  mxf: async (asset) => {
    const { end, ...inner } = await findMxfFiles(asset);
    return end === undefined ? { inner } : { end, inner };
  },
  asf: within(findAsfPictures),
  mail: within(findMailParts),
  psd: within(findPlacedFiles),
  cfb: within(findOfficeParts),
  postscript: within(findPostScriptParts),
};

/** If the end of the primary asset was not reached, the data after it cannot be separated from it. */
async function behind(asset: Asset, { end, fault }: { end?: number; fault?: WalkFault }): Promise<Inside> {
  if (end === undefined || end >= asset.bytes) return { inner: noInnerParts(fault) };
  return { end, inner: mergeInnerParts(noInnerParts(fault), await findPartsAfterEnd(asset, end)) };
}

/** The header states the file's length; a shorter file ends within its picture. */
async function behindDpx(asset: Asset): Promise<Inside> {
  const { end, cut, fault } = await readDpxHeader(asset);
  if (cut) return { inner: noInnerParts(fault ?? malformed('dpx.truncated')) };
  return behind(asset, { ...(end === undefined ? {} : { end }), ...(fault ? { fault } : {}) });
}

/** A whole JPEG or PNG may replace the pixels. */
async function inBmp(asset: Asset): Promise<Inside> {
  const { end, inside, fault } = await readBmpHeader(asset);
  if (fault) return { inner: noInnerParts(fault) };
  const cut = end !== undefined && end > asset.bytes ? malformed('bmp.truncated') : undefined;
  const found = await behind(asset, {
    ...(end === undefined ? {} : { end }),
    ...(cut ? { fault: cut } : {}),
  });
  if (!inside) return found;
  const picture: AssetPart = { kind: 'embedded-picture', ...inside, locator: inside.mediaType };
  return { ...found, inner: mergeInnerParts({ parts: [picture] }, found.inner) };
}

/**
 * Tag of the original raw file of a DNG, compressed in pieces (DNG 1.1). Pages and previews of a TIFF belong to the
 * file itself.
 */
const ORIGINAL_RAW = 0xc68c;

async function originalRaw(asset: Asset): Promise<Inside> {
  const { items, fault } = await readTiffEntries(asset);
  const parts = items
    .filter(({ tag }) => tag === ORIGINAL_RAW)
    .map(
      ({ offset, bytes }): AssetPart => ({
        kind: 'attachment',
        offset,
        bytes,
        locator: 'OriginalRawFileData',
        unreadable: faultOf('part.packing'),
      }),
    );
  return { inner: { ...noInnerParts(fault), parts } };
}
