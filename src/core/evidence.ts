import type { C2paEvidence } from './c2pa/manifest-store.js';

/** Where evidence can live in a file. The order is the order of reading and of the Report. */
export const CARRIERS = [
  'c2pa',
  'xmp',
  'exif',
  'iptcIim',
  'pngText',
  'id3',
  'vorbisComment',
  'riffInfo',
  'bmffMeta',
  'matroskaTags',
  'flvMeta',
  'streams',
  'parts',
] as const;

export type Carrier = (typeof CARRIERS)[number];

/**
 * One place in the file: the carrier, and within it a JUMBF URI, XMP path, box path, chunk or tag name.
 * `offset` counts bytes from the start of the file where it is known.
 */
export interface Location {
  carrier: Carrier | 'file';
  place: string;
  offset?: number;
}

/** A fault of reading: a stable code and one sentence for people. */
export interface ReadFault {
  code: string;
  reason: string;
}

/**
 * How reading one carrier ended.
 *
 * - `found`, `absent`: looked, and it is (not) there.
 * - `unsupported`: not looked. Code `carrier.none`: this container has no such carrier;
 *   `carrier.notRead`: it may have one, and this version does not read it there.
 * - `malformed`: the file's fault; `value` is what could be read before it.
 * - `failed`: ours (crash, deadline, bound).
 */
export type Read<T> =
  | { status: 'found'; value: T; note?: string }
  | { status: 'absent'; note?: string }
  | ({ status: 'unsupported' } & ReadFault)
  | ({ status: 'malformed'; value?: T } & ReadFault)
  | ({ status: 'failed'; value?: T } & ReadFault);

export type ReadStatus = Read<unknown>['status'];

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
  properties: XmpProperty[];
}

export type ExifBlock = 'IFD0' | 'Exif' | 'GPS' | 'Interop' | 'IFD1';

export interface ExifField {
  block: ExifBlock;
  /** EXIF 3.0 tag name, or `0x....` where it has none. */
  name: string;
  value: string | number | number[];
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

/** One tag of a sound or video container, verbatim. */
export interface ContainerTag {
  /** `TXXX:AIGC`, `©too`, `ARTIST`, … */
  key: string;
  value: string;
  /** `ID3v2.4`, `vorbis`, `iTunes`, `RIFF INFO`, `matroska`, `FLV onMetaData`. */
  system: string;
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

/** A further asset inside the same file. */
export interface AssetPart {
  kind: 'primary' | 'mpf-image' | 'motion-video' | 'trailing-data';
  mediaType?: string;
  /** Bytes from the start of the file. */
  offset: number;
  bytes: number;
  place: string;
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
  streams: StreamFacts;
  parts: AssetPart[];
}

/** Verbatim, before any interpretation. */
export type Evidence = { [C in Carrier]: Read<Carriers[C]> };

/** What was read, whole or up to a fault; undefined where nothing was. */
export function readValue<T>(read: Read<T>): T | undefined {
  return 'value' in read ? read.value : undefined;
}

/** True where a label in this carrier would have been missed. */
export function couldNotLook(read: Read<unknown>): boolean {
  return (
    read.status === 'failed' ||
    read.status === 'malformed' ||
    (read.status === 'unsupported' && read.code !== 'carrier.none')
  );
}
