import type { Said } from '../../say/said.js';
import type { ReadFault } from '../ground/fault.js';

/** Where evidence can live in a file. The order is the order of reading and of the Report. */
export const CARRIERS = [
  'c2pa',
  'xmp',
  'exif',
  'iptcIim',
  'pngText',
  'comment',
  'privateChunk',
  'seft',
  'id3',
  'apeTags',
  'vorbisComment',
  'riffInfo',
  'broadcastWave',
  'bmffMeta',
  'matroskaTags',
  'flvMeta',
  'mxfMetadata',
  'asfMeta',
  'imageHeader',
  'documentProperties',
  'sei',
  'jpegCoding',
  'streams',
  'parts',
  'stealthText',
  'pixelProof',
  'pixelWatermark',
  'thumbnail',
] as const;

export type Carrier = (typeof CARRIERS)[number];

/**
 * A member for each, in the same order. What is to have something of every carrier begins as a copy of it: V8 makes a hash
 * table of an object that comes to so many members one after the other by their names, and is slow with it ever after.
 */
export const EACH_CARRIER: Readonly<Record<Carrier, undefined>> = {
  c2pa: undefined,
  xmp: undefined,
  exif: undefined,
  iptcIim: undefined,
  pngText: undefined,
  comment: undefined,
  privateChunk: undefined,
  seft: undefined,
  id3: undefined,
  apeTags: undefined,
  vorbisComment: undefined,
  riffInfo: undefined,
  broadcastWave: undefined,
  bmffMeta: undefined,
  matroskaTags: undefined,
  flvMeta: undefined,
  mxfMetadata: undefined,
  asfMeta: undefined,
  imageHeader: undefined,
  documentProperties: undefined,
  sei: undefined,
  jpegCoding: undefined,
  streams: undefined,
  parts: undefined,
  stealthText: undefined,
  pixelProof: undefined,
  pixelWatermark: undefined,
  thumbnail: undefined,
};

/**
 * One place in the file: the carrier, and within it a JUMBF URI, XMP path, box path, chunk or tag name.
 * `offset` counts bytes from the start of the file where it is known.
 */
export interface Location {
  carrier: Carrier | 'file';
  place: string;
  offset?: number;
  /** It stands in an XMP sidecar, and not in the file. */
  sidecar?: true;
  /** Id of the row of `signatures/` that matched here. */
  row?: string;
}

/**
 * How reading one carrier ended.
 *
 * - `found`, `absent`: looked, and it is (not) there. `found` with a `code`: and more of it may stand where nobody looked,
 *   past one of our bounds.
 * - `unsupported`: not looked. Code `carrier.none`: this container has no such carrier;
 *   `carrier.notRead`: it may have one, and this version does not read it there;
 *   `carrier.notAsked`: only looked at when asked (`--deep`), and its absence says nothing.
 * - `malformed`: the file's fault; `value` is what could be read before it.
 * - `failed`: ours (crash, deadline, bound).
 *
 * `notes`: what a reader should know of how it was read.
 */
export type Read<T> =
  | ({ status: 'found'; value: T; notes?: readonly Said[] } & Partial<ReadFault>)
  | { status: 'absent'; notes?: readonly Said[] }
  | ({ status: 'unsupported'; notes?: readonly Said[] } & ReadFault)
  | ({ status: 'malformed'; value?: T; notes?: readonly Said[] } & ReadFault)
  | ({ status: 'failed'; value?: T; notes?: readonly Said[] } & ReadFault);

/** Why a carrier is not read, or not again. */
export type Skipped = ReadFault & { notes?: readonly Said[] };

export type ReadStatus = Read<unknown>['status'];

/** Tags of sound and video containers. */
export const TAG_CARRIERS = [
  'id3',
  'apeTags',
  'vorbisComment',
  'riffInfo',
  'broadcastWave',
  'bmffMeta',
  'matroskaTags',
  'flvMeta',
  'mxfMetadata',
  'asfMeta',
  'imageHeader',
  'documentProperties',
] as const satisfies readonly Carrier[];

/** Carriers that hold text: where labels and traces can stand. */
export const TEXT_CARRIERS = [
  'xmp',
  'exif',
  'iptcIim',
  'pngText',
  'comment',
  'privateChunk',
  'seft',
  ...TAG_CARRIERS,
  'sei',
  'stealthText',
] as const satisfies readonly Carrier[];

export type TextCarrier = (typeof TEXT_CARRIERS)[number];

/** What was read, whole or up to a fault; undefined where nothing was. */
export function readValue<T>(read: Read<T>): T | undefined {
  return 'value' in read ? read.value : undefined;
}

/** `carrier.notAsked`: pixel work that nobody asked for, and whose absence never says anything. */
export const NOT_MISSED: ReadonlySet<string> = new Set(['carrier.none', 'carrier.notAsked']);

/** True where reading began and did not come to its end: the file's fault, ours, or one of our bounds. */
export function brokeOff({ status, code }: { status: ReadStatus; code?: string }): boolean {
  return status === 'failed' || status === 'malformed' || (status === 'found' && code !== undefined);
}

/** True where a label in this carrier would have been missed; the same of evidence and of a read in a Report. */
export function couldNotLook(read: { status: ReadStatus; code?: string }): boolean {
  return read.status === 'unsupported' ? !NOT_MISSED.has(read.code ?? '') : brokeOff(read);
}
