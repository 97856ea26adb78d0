import type { ReadFault } from '../../base/fault.js';
import type { Message } from '../../i18n/message.js';
import type { Region } from './visible-mark.js';

/** Carriers: places of a file where evidence can be found. The order is that of reading and of the Report. */
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
 * Object with a member for each carrier, in this order. Records of all carriers start as a copy of it: V8 turns an
 * object to which this many members are added one by one into a slow hash table.
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
 * Position in a file: the carrier, and within it a JUMBF URI, XMP path, box path, chunk or tag name. `offset` counts
 * bytes from the start of the file, if known.
 */
export interface Location {
  carrier: Carrier | 'file';
  locator: string;
  offset?: number;
  /** The position is in an XMP sidecar, not in the file. */
  sidecar?: true;
  /** Id of the row of `signatures/` that matched. */
  row?: string;
  /** Where in the picture it is seen; with the carrier `file`. */
  region?: Region;
}

/**
 * Outcome of reading one carrier.
 *
 * - `found`, `absent`: the carrier was read and is present or not. `found` with a `code`: there may be more of it
 * beyond a limit.
 * - `unsupported`: the carrier was not read. Code `carrier.none`: this container has no such carrier;
 * `carrier.notRead`: it may have one, but this version does not read it; `carrier.notRequested`: it is only read on request
 * (`--deep`), and its absence means nothing.
 * - `malformed`: the file is at fault; `value` holds what could be read before the fault.
 * - `failed`: Assay is at fault (crash, deadline, limit).
 *
 * `notes`: messages about how it was read.
 */
export type Read<T> =
  | ({ status: 'found'; value: T; notes?: readonly Message[] } & Partial<ReadFault>)
  | { status: 'absent'; notes?: readonly Message[] }
  | ({ status: 'unsupported'; notes?: readonly Message[] } & ReadFault)
  | ({ status: 'malformed'; value?: T; notes?: readonly Message[] } & ReadFault)
  | ({ status: 'failed'; value?: T; notes?: readonly Message[] } & ReadFault);

/** Reason why a carrier is not read, or not read again. */
export type SkippedRead = ReadFault & { notes?: readonly Message[] };

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

/** Carriers that hold text and can therefore contain labels and traces. */
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

/** Returns what was read, completely or up to a fault; `undefined` if nothing was. */
export function foundValue<T>(read: Read<T>): T | undefined {
  return 'value' in read ? read.value : undefined;
}

/**
 * Codes of carriers that do not count as missed. `carrier.notRequested`: optional pixel analysis, whose absence means
 * nothing.
 */
export const NOT_MISSED_CODES: ReadonlySet<string> = new Set(['carrier.none', 'carrier.notRequested']);

/** Returns whether reading began and did not complete because of the file, Assay or a limit. */
export function isIncomplete({ status, code }: { status: ReadStatus; code?: string }): boolean {
  return status === 'failed' || status === 'malformed' || (status === 'found' && code !== undefined);
}

/** Returns whether a label in this carrier could have been missed. Accepts evidence and reads of a Report. */
export function isNotRead(read: { status: ReadStatus; code?: string }): boolean {
  return read.status === 'unsupported' ? !NOT_MISSED_CODES.has(read.code ?? '') : isIncomplete(read);
}
