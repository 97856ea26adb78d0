import type { Carrier } from '../media/carrier.js';
import type { Container } from '../media/media-kinds.js';
import type { WalkedContainer } from '../media/read-types.js';

/**
 * Whether the reader of a carrier searches a container.
 *
 * - `read`: the reader searches it.
 * - `unreached`: the container may hold the carrier, but this version does not search it, which is reported.
 * - `none`: no standard and no widespread practice puts the carrier there.
 */
type Reach = 'read' | 'unreached' | 'none';

export type ReachTable = Readonly<Record<WalkedContainer, Readonly<Record<Carrier, Reach>>>>;

const R = 'read';
const U = 'unreached';
const N = 'none';

/** Carriers that one family of formats defines. The rows of that family name theirs after this. */
const OTHER_FORMATS = {
  pngText: N,
  vorbisComment: N,
  riffInfo: N,
  broadcastWave: N,
  bmffMeta: N,
  matroskaTags: N,
  flvMeta: N,
  mxfMetadata: N,
  asfMeta: N,
  imageHeader: N,
  documentProperties: N,
  jpegCoding: N,
} as const;

/** Carriers of the checks of pixels. Rows of containers whose pixels are not checked name these together. */
const NO_PIXELS = { stealthText: N, pixelProof: N, pixelWatermark: N, thumbnail: N } as const;

/**
 * Reach of every reader in every container. A reader left out of a row does not compile. Other files are not read:
 * `media/unread-types.ts` lists what they may hold.
 */
// biome-ignore format: one container a line
export const CONTAINER_REACH = {
  jpeg:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: R, privateChunk: R, seft: R, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: R, jpegCoding: R },
  png:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: R, seft: R, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: R, pixelProof: R, pixelWatermark: R, thumbnail: R, pngText: R },
  webp:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: R, pixelProof: R, pixelWatermark: R, thumbnail: R },
  gif:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: R, comment: R, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS },
  // The directories of TIFF and raw files hold whole pictures, which are not thumbnails of EXIF.
  tiff:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: N },
  heif:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: R, seft: R, id3: R, apeTags: N, sei: R, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: R, bmffMeta: R },
  jxl:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: U, parts: R, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: R },
  svg:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: N, comment: R, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: U, parts: R, ...NO_PIXELS },
  cr3:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: R, seft: N, id3: R, apeTags: N, sei: N, streams: U, parts: R, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: N, bmffMeta: R },
  raf:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: R, iptcIim: R, comment: R, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: U, parts: N, stealthText: N, pixelProof: N, pixelWatermark: R, thumbnail: N, jpegCoding: U },
  bmff:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: R, seft: R, id3: R, apeTags: N, sei: R, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: N, thumbnail: U, bmffMeta: R },
  matroska:   { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: R, streams: R, parts: R, ...NO_PIXELS, vorbisComment: R, matroskaTags: R },
  avi:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: R, apeTags: N, sei: R, streams: U, parts: R, stealthText: N, pixelProof: N, pixelWatermark: N, thumbnail: U, riffInfo: R },
  flv:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: R, streams: U, parts: N, ...NO_PIXELS, flvMeta: R },
  mp3:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: R, apeTags: R, sei: N, streams: R, parts: R, ...NO_PIXELS },
  wav:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: R, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: R, apeTags: R, sei: N, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: N, thumbnail: U, riffInfo: R, broadcastWave: R },
  flac:       { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: R, apeTags: R, sei: N, streams: R, parts: R, ...NO_PIXELS, vorbisComment: R },
  ogg:        { ...OTHER_FORMATS, c2pa: R, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS, vorbisComment: R },
  aiff:       { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: R, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS, riffInfo: R },
  aac:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: R, apeTags: R, sei: N, streams: R, parts: R, ...NO_PIXELS },
  pdf:        { ...OTHER_FORMATS, c2pa: R, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: U, parts: R, ...NO_PIXELS, documentProperties: R },
  psd:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: U, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: U, thumbnail: U },
  jp2:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: R, iptcIim: R, comment: R, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, stealthText: N, pixelProof: N, pixelWatermark: U, thumbnail: U },
  mxf:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: R, streams: U, parts: R, ...NO_PIXELS, mxfMetadata: R },
  ts:         { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: R, apeTags: N, sei: R, streams: U, parts: N, ...NO_PIXELS },
  ps:         { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: R, streams: U, parts: N, ...NO_PIXELS },
  asf:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: R, streams: R, parts: R, ...NO_PIXELS, asfMeta: R },
  bmp:        { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS },
  dpx:        { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: R, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS, imageHeader: R },
  // All attributes of OpenEXR are read as its header.
  exr:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: R, parts: R, ...NO_PIXELS, imageHeader: R },
  mail:       { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: R, ...NO_PIXELS },
  tar:        { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: R, ...NO_PIXELS },
  zip:        { ...OTHER_FORMATS, c2pa: R, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: R, ...NO_PIXELS, documentProperties: R },
  cfb:        { ...OTHER_FORMATS, c2pa: N, xmp: N, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: R, ...NO_PIXELS, documentProperties: R },
  postscript: { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: R, iptcIim: R, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: R, ...NO_PIXELS, documentProperties: R },
  xmp:        { ...OTHER_FORMATS, c2pa: N, xmp: R, exif: N, iptcIim: N, comment: N, privateChunk: N, seft: N, id3: N, apeTags: N, sei: N, streams: N, parts: N, ...NO_PIXELS },
} as const satisfies ReachTable;

/** Containers in which the reader of one of these carriers searches. */
export type ContainersRead<C extends Carrier> = {
  [K in WalkedContainer]: typeof R extends (typeof CONTAINER_REACH)[K][C] ? K : never;
}[WalkedContainer];

/** Walks for all containers that one of these carriers is read in; a missing walk is a compile error. */
export type WalkPerContainer<C extends Carrier, W> = Readonly<Record<ContainersRead<C>, W>>;

/** Returns the walk for this container. Throws if there is none. */
export function selectWalk<W>(walks: Readonly<Partial<Record<Container, W>>>, container: Container): W {
  const walk = walks[container];
  if (walk === undefined) throw new Error(`no walk of ${container}`);
  return walk;
}
