import type { ReadFault } from '../../base/fault.js';
import type { C2paEvidence } from '../c2pa/manifest-store.js';
import type { Carrier, Read } from '../media/carrier.js';
import type { MediaType } from '../media/media-kinds.js';

/** Property of an XMP packet, as written. `path` uses the customary prefix if the namespace is known. */
export interface XmpProperty {
  /** `Iptc4xmpExt:DigitalSourceType`, or nested `xmpMM:History[1]/stEvt:action`. */
  path: string;
  namespace: string;
  name: string;
  value: string;
  form: 'element' | 'attribute';
}

export interface XmpPacket {
  /** `APP1`, `iTXt XML:com.adobe.xmp`, `XMP chunk`, … */
  locator: string;
  offset?: number;
  /** The packet is in a file next to the inspected one. */
  sidecar?: true;
  properties: XmpProperty[];
}

export type ExifBlock = 'IFD0' | 'Exif' | 'GPS' | 'Interop' | 'IFD1';

export interface ExifField {
  block: ExifBlock;
  /** EXIF 3.0 tag name, or `0x....` if it has none. */
  name: string;
  value: string | number | number[];
  /** Offset of the tag's entry from the start of the file, if known. */
  offset?: number;
}

export interface IimField {
  /** `2:110`: record and dataset if known, else the name. */
  dataset: string;
  name: string;
  value: string;
}

export interface PngText {
  chunk: 'tEXt' | 'zTXt' | 'iTXt';
  keyword: string;
  text: string;
  offset: number;
  /** Text chunks after the picture data are common, but many tools miss them. */
  afterImageData: boolean;
}

/** Tag of a sound or video container, or property of a document, verbatim. */
export interface ContainerTag {
  /** `TXXX:AIGC`, `©too`, `ARTIST`, … */
  key: string;
  value: string;
  /** `ID3v2.4`, `vorbis`, `iTunes`, `RIFF INFO`, `matroska`, `FLV onMetaData`. */
  system: string;
  offset?: number;
  /** The writer counted the time in `value` from 1970 instead of 1904, which the standard requires. */
  countedFrom1970?: true;
}

/** A JPEG COM segment or a GIF comment extension. */
export interface TextComment {
  locator: string;
  offset: number;
  text: string;
}

/** Vendor-specific chunk, segment, box or entry that no other carrier reads. */
export interface PrivateChunk {
  /** `APP3`, `comf`, `application extension ABC`, `uuid box …`; in PDF the key in the document information. */
  id: string;
  locator: string;
  /** Offset of the data, if they stand in the file unencoded. */
  offset?: number;
  bytes: number;
  /** Start of the data, if they are text. */
  text?: string;
}

/** Record of Samsung's trailer (`SEFH`…`SEFT`, or `sefd` in HEIC). */
export interface SeftRecord {
  /** Type as stored; 0x0d91 is `PEg_Info`. */
  type: number;
  name: string;
  offset: number;
  bytes: number;
  text?: string;
}

/** `user_data_unregistered` of an H.264 or H.265 stream (SEI payload type 5), or `user_data` of MPEG-1, 2 and 4. */
export interface SeiMessage {
  codec: 'h264' | 'h265' | 'mpeg';
  /** 32 lower-case hexadecimal digits, or `user_data` for MPEG, which has no such identifier. */
  uuid: string;
  text: string;
  offset?: number;
}

/** Returns the locator of such a message. */
export const seiLocator = ({ codec, uuid }: Pick<SeiMessage, 'codec' | 'uuid'>): string =>
  codec === 'mpeg' ? `MPEG ${uuid}` : `${codec} SEI user data ${uuid}`;

/** JPEG coding parameters, which identify the last writer. */
export interface JpegCoding {
  progressive: boolean;
  width: number;
  height: number;
  /** `4:2:0`, `4:4:4`, …; absent if the factors match no such name. */
  subsampling?: string;
  /** In the file's zigzag order. */
  tables: { id: number; values: number[]; offset: number }[];
}

/** Text hidden in the lowest bits of the pixels (stealth pnginfo). */
export interface StealthText {
  channel: 'alpha' | 'rgb';
  compressed: boolean;
  text: string;
}

/** A signature over the decoded pixels. */
export interface PixelProof {
  scheme: 'novelai';
  /** Carrier and locator of the signed text. */
  locator: string;
  isValid: boolean;
}

/** Match of the pixels with a known watermark of the reference pipelines. Only matches above the threshold are listed. */
export interface PixelWatermark {
  /** Row id in signatures/pixel-watermarks.ts. */
  row: string;
  matches: number;
  of: number;
  convention: 'uint8' | 'float';
  channels: 'rgb' | 'bgr';
}

/** Comparison of the picture with the thumbnail stored in it. */
export interface ThumbnailComparison {
  locator: string;
  /** Number of differing bits of a perceptual hash. */
  differing: number;
  of: number;
}

export interface StreamTrack {
  kind: 'image' | 'video' | 'audio' | 'subtitle' | 'other';
  codec?: string;
  width?: number;
  height?: number;
  sampleRateHertz?: number;
  channels?: number;
}

export interface StreamFacts {
  container?: string;
  durationSeconds?: number;
  tracks: StreamTrack[];
}

export const PART_KINDS = [
  'primary',
  'mpf-image',
  'gain-map',
  'motion-video',
  'trailing-data',
  'attachment',
  'cover-picture',
  'embedded-picture',
  'embedded-video',
  'embedded-sound',
  'auxiliary-image',
  'burst-image',
  'member',
] as const;

/** XMP, or EXIF as a TIFF structure, that a file stores separately from the part it describes. */
export interface PartMetadataBlock {
  locator: string;
  bytes: Buffer;
}

type PartMetadataFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** Metadata of the outer file that describe one part alone, with the reasons why some could not be read. */
export interface PartStatements {
  xmp: PartMetadataBlock[];
  exif: PartMetadataBlock[];
  faults: { xmp?: PartMetadataFault; exif?: PartMetadataFault };
}

/** A further asset inside the same file. */
export interface AssetPart {
  kind: (typeof PART_KINDS)[number];
  /** Type by the first bytes or as stated by the file. It is decided again when the part is analyzed. */
  mediaType?: string;
  /** Bytes from the start of the file to the part, or to the compressed data that hold it. */
  offset: number;
  /** Size of the part itself, as far as known before it is unpacked. */
  bytes: number;
  locator: string;
  /** Name stated by the file, without a path. */
  name?: string;
  /**
   * Returns the bytes of a part that is not one contiguous run of the file. Never returns more than `max`; rejects with
   * `UnreadablePartError` if there are more or if they cannot be read.
   */
  unpack?(max: number): Promise<Buffer>;
  /** Reason why the bytes cannot be read, such as encryption or an unknown compression. */
  unreadable?: ReadFault;
  /** The part is listed only if its bytes are of a known type, because archives hold any file. */
  isListedIfKnown?: true;
  /** With `isListedIfKnown`: the name is that of a medium, so the part is listed as not read if its type is unknown. */
  hasMediaName?: true;
  /** With `isListedIfKnown`: the part is counted if its type is unknown and it is no text. */
  isCountedIfUnknown?: true;
  /** Type of a picture without a container. No reader walks it; its metadata come from `readStatements`. */
  codedType?: MediaType;
  /** Extracts the metadata when the part is analyzed, within bounds. Absent if the file stores none outside its parts. */
  readStatements?(): Promise<PartStatements>;
  /** Padding, or a trailer that another carrier reads. Not analyzed, and not counted as missed. */
  isIgnored?: true;
}

/** Thrown if the bytes of a part cannot be read. */
export class UnreadablePartError extends Error {
  override name = 'UnreadablePartError';
  constructor(
    readonly fault: ReadFault,
    options?: ErrorOptions,
  ) {
    super(fault.code, options);
  }
}

/** Result type of each carrier's reader. A carrier without an entry does not compile. */
export interface Carriers {
  c2pa: C2paEvidence;
  xmp: XmpPacket[];
  exif: ExifField[];
  iptcIim: IimField[];
  pngText: PngText[];
  id3: ContainerTag[];
  vorbisComment: ContainerTag[];
  riffInfo: ContainerTag[];
  bmffMeta: ContainerTag[];
  matroskaTags: ContainerTag[];
  flvMeta: ContainerTag[];
  mxfMetadata: ContainerTag[];
  asfMeta: ContainerTag[];
  imageHeader: ContainerTag[];
  documentProperties: ContainerTag[];
  comment: TextComment[];
  privateChunk: PrivateChunk[];
  seft: SeftRecord[];
  apeTags: ContainerTag[];
  broadcastWave: ContainerTag[];
  sei: SeiMessage[];
  jpegCoding: JpegCoding;
  stealthText: StealthText[];
  pixelProof: PixelProof[];
  pixelWatermark: PixelWatermark[];
  thumbnail: ThumbnailComparison[];
  streams: StreamFacts;
  parts: AssetPart[];
}

/** Results of all readers, verbatim and before any interpretation. */
export type Evidence = { [C in Carrier]: Read<Carriers[C]> };
