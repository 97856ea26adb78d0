import type { C2paEvidence } from '../c2pa/manifest-store.js';
import type { ReadFault } from '../ground/fault.js';
import type { Carrier, Read } from '../media/carrier.js';
import type { MediaType } from '../media/media-kinds.js';

/** One property of an XMP packet, as written. `path` uses the customary prefix where the namespace is known. */
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
  place: string;
  offset?: number;
  /** It stands in a file beside this one. */
  sidecar?: true;
  properties: XmpProperty[];
}

export type ExifBlock = 'IFD0' | 'Exif' | 'GPS' | 'Interop' | 'IFD1';

export interface ExifField {
  block: ExifBlock;
  /** EXIF 3.0 tag name, or `0x....` where it has none. */
  name: string;
  value: string | number | number[];
  /** Of the tag's entry, from the start of the file, where it is known. */
  offset?: number;
}

export interface IimField {
  /** `2:110`, record and dataset where known, else the name again. */
  dataset: string;
  name: string;
  value: string;
}

export interface PngText {
  chunk: 'tEXt' | 'zTXt' | 'iTXt';
  keyword: string;
  text: string;
  offset: number;
  /** Text chunks after the picture data are common, and many tools miss them. */
  afterImageData: boolean;
}

/** One tag of a sound or video container, or one property of a document, verbatim. */
export interface ContainerTag {
  /** `TXXX:AIGC`, `©too`, `ARTIST`, … */
  key: string;
  value: string;
  /** `ID3v2.4`, `vorbis`, `iTunes`, `RIFF INFO`, `matroska`, `FLV onMetaData`. */
  system: string;
  offset?: number;
  /** `value` is a time that its writer counted from 1970, where the standard counts from 1904. */
  countedFrom1970?: true;
}

/** A JPEG COM segment or a GIF comment extension. */
export interface TextComment {
  place: string;
  offset: number;
  text: string;
}

/** A chunk, segment, box or entry that a maker defined for himself, and that no other carrier reads. */
export interface PrivateChunk {
  /** `APP3`, `comf`, `application extension ABC`, `uuid box …`; in PDF the key in the document information. */
  id: string;
  place: string;
  /** Of its data, where they stand in the file as they are. */
  offset?: number;
  bytes: number;
  /** The data, or its start, where it is text. */
  text?: string;
}

/** One record of Samsung's trailer (`SEFH`…`SEFT`, or `sefd` in HEIC). */
export interface SeftRecord {
  /** As stored: 0x0d91 is `PEg_Info`. */
  type: number;
  name: string;
  offset: number;
  bytes: number;
  text?: string;
}

/** `user_data_unregistered` of an H.264 or H.265 stream (SEI payload type 5), or `user_data` of MPEG-1, 2 and 4. */
export interface SeiMessage {
  codec: 'h264' | 'h265' | 'mpeg';
  /** 32 lower-case hexadecimal digits; `user_data` of MPEG, which has no such identifier. */
  uuid: string;
  text: string;
  offset?: number;
}

/** What the place of such a message is called. */
export const seiPlace = ({ codec, uuid }: Pick<SeiMessage, 'codec' | 'uuid'>): string =>
  codec === 'mpeg' ? `MPEG ${uuid}` : `${codec} SEI user data ${uuid}`;

/** How a JPEG is coded: facts of whoever wrote it last. */
export interface JpegCoding {
  progressive: boolean;
  width: number;
  height: number;
  /** `4:2:0`, `4:4:4`, …; left out where the factors fit no such name. */
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
  /** Carrier and place of the signed text. */
  place: string;
  holds: boolean;
}

/** How well a known watermark of the reference pipelines fits the pixels. Only those past the threshold. */
export interface PixelWatermark {
  /** Row id of signatures/pixel-watermarks.ts. */
  row: string;
  matches: number;
  of: number;
  convention: 'uint8' | 'float';
  channels: 'rgb' | 'bgr';
}

/** The picture against the thumbnail stored in it. */
export interface ThumbnailComparison {
  place: string;
  /** Bits of a perceptual hash that differ. */
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

/** XMP, or EXIF as a TIFF structure, that a file keeps apart from the part that it speaks of. */
export interface StatedBlock {
  place: string;
  bytes: Buffer;
}

type StatedFault = ReadFault & { kind: 'malformed' | 'bounded' };

/** What the file around a part says of that part alone, and why some of it could not be had. */
export interface Stated {
  xmp: StatedBlock[];
  exif: StatedBlock[];
  faults: { xmp?: StatedFault; exif?: StatedFault };
}

/** A further asset inside the same file. */
export interface AssetPart {
  kind: (typeof PART_KINDS)[number];
  /** As its first bytes, or the file, have it; it is decided anew when it is looked into. */
  mediaType?: string;
  /** Bytes from the start of the file: of the part, or of what it is packed in. */
  offset: number;
  /** Of the part itself, as far as that is known before it is unpacked. */
  bytes: number;
  place: string;
  /** What the file calls it, without a path. */
  name?: string;
  /**
   * Its bytes, where they stand in no run of the file as they are. Never more than `most`, and rejects with a PartClosed
   * where there are more, or where they cannot be had.
   */
  unpack?(most: number): Promise<Buffer>;
  /** Why its bytes cannot be had: encrypted, packed in a way that is not known here. */
  closed?: ReadFault;
  /** Told only where its bytes are of a known type: any file may stand in an archive. */
  ifKnown?: true;
  /** With `ifKnown`: its name is one of a medium, so that it is told as not read where its bytes are of no known kind. */
  called?: true;
  /** With `ifKnown`: where it is of no known kind and no text, that such a file stood there is told. */
  counted?: true;
  /** A picture without a file around it, as this: no reader walks it, and what is said of it is `stated`. */
  coded?: MediaType;
  /** Taken out when the part is looked into, bounded. Left out where the file keeps nothing beside its parts. */
  stated?(): Promise<Stated>;
  /** Nothing that is missed: padding, a trailer that another carrier reads. Not looked into. */
  plain?: true;
}

/** Why the bytes of a part cannot be had. */
export class PartClosed extends Error {
  override name = 'PartClosed';
  constructor(
    readonly fault: ReadFault,
    options?: ErrorOptions,
  ) {
    super(fault.code, options);
  }
}

/** What each carrier's reader yields. A carrier without an entry here does not compile. */
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

/** Verbatim, before any interpretation. */
export type Evidence = { [C in Carrier]: Read<Carriers[C]> };
