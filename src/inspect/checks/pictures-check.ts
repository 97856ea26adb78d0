import type { ReadFault } from '../../base/fault.js';
import { asArray, asCount, asRecord, type JsonRecord, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import {
  type MissingPicture,
  PICTURE_KINDS,
  type PictureSubject,
  type Pictures,
  type SmallPicture,
} from '../../core/media/pictures.js';
import { parseFault } from './fault-check.js';

export type CheckedPicture = PictureSubject & Omit<SmallPicture, 'webp'> & { webp: Buffer };
export type CheckedPictures = Omit<Pictures, 'made'> & { made: CheckedPicture[] };

const MAX_PICTURES = limits.historyPictures + limits.partPictures + limits.videoFrames + 3;
const MAX_MISSING = 8;
const LABEL_CHARACTERS = 1_024;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Checks pictures made by a process that has read hostile bytes. Browsers receive them, so each must be a WebP of the
 * stated size, within the limits and containing only pixels. Returns `undefined` for anything else.
 */
export function parsePictures(value: unknown): CheckedPictures | undefined {
  const answer = asRecord(value);
  const [made, missing] = [answer && ownMember(answer, 'made'), answer && ownMember(answer, 'missing')];
  if (!Array.isArray(made) || !Array.isArray(missing) || made.length > MAX_PICTURES) return undefined;
  const pictures = made.map(parsePicture);
  const faults = asArray(missing, MAX_MISSING).map(parseMissing);
  if (pictures.includes(undefined) || faults.includes(undefined)) return undefined;
  const bytes = pictures.reduce((sum, one) => sum + (one?.webp.length ?? 0), 0);
  if (bytes > limits.picturesBytes) return undefined;
  const stored = answer && asRecord(ownMember(answer, 'stored'));
  const differing = stored && asCount(ownMember(stored, 'differing'));
  const of = stored && asCount(ownMember(stored, 'of'));
  return {
    made: pictures.filter((one) => one !== undefined),
    missing: faults.filter((one) => one !== undefined),
    ...(differing === undefined || of === undefined ? {} : { stored: { differing, of } }),
  };
}

/** Returns the small picture of a file, or the reason why there is none. */
export function parseSmallPicture(value: unknown): CheckedPicture | { fault: ReadFault } | undefined {
  const record = asRecord(value);
  if (record === undefined) return undefined;
  const why = ownMember(record, 'fault');
  if (why === undefined) return parsePicture({ ...record, kind: 'preview' });
  const fault = parseFault(why);
  return fault && { fault };
}

function parsePicture(value: unknown): CheckedPicture | undefined {
  const record = asRecord(value);
  const subject = record && parseSubject(record);
  if (record === undefined || subject === undefined) return undefined;
  const [width, height] = [asCount(ownMember(record, 'width')), asCount(ownMember(record, 'height'))];
  const text = ownMember(record, 'webp');
  if (!width || !height || typeof text !== 'string') return undefined;
  const most = subject.kind === 'large' ? limits.largePicturePixels : limits.previewPixels;
  if (Math.max(width, height) > most) return undefined;
  const webp = Buffer.from(text, 'base64');
  if (webp.length > limits.smallPictureBytes || !isPixelsOnlyWebp(webp)) return undefined;
  return { ...subject, width, height, webp, ...(ownMember(record, 'damaged') === true && { damaged: true }) };
}

function parseSubject(record: JsonRecord): PictureSubject | undefined {
  const kind = PICTURE_KINDS.find((one) => one === ownMember(record, 'kind'));
  const manifest = ownMember(record, 'manifest');
  const seconds = ownMember(record, 'seconds');
  const sha256 = ownMember(record, 'sha256');
  switch (kind) {
    case 'claim':
    case 'ingredient':
      if (typeof manifest !== 'string' || manifest.length > LABEL_CHARACTERS) return undefined;
      return kind === 'claim'
        ? { kind, manifest, active: ownMember(record, 'active') === true }
        : { kind, manifest };
    case 'part':
      return typeof sha256 === 'string' && SHA256.test(sha256) ? { kind, sha256 } : undefined;
    case 'frame':
      return typeof seconds === 'number' && seconds >= 0 ? { kind, seconds } : undefined;
    case 'waveform':
      if (typeof seconds !== 'number' || seconds < 0) return undefined;
      return { kind, seconds, ...(ownMember(record, 'cut') === true && { cut: true }) };
    default:
      return kind && { kind };
  }
}

function parseMissing(value: unknown): MissingPicture | undefined {
  const record = asRecord(value);
  const kind = PICTURE_KINDS.find((one) => one === (record && ownMember(record, 'kind')));
  const fault = parseFault(value);
  return kind === undefined || fault === undefined ? undefined : { kind, ...fault };
}

const PIXELS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);

/** Returns true if the file is RIFF, WEBP and chunks of pixels only: no EXIF, XMP, profile or animation. */
export function isPixelsOnlyWebp(bytes: Buffer): boolean {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF') return false;
  if (bytes.toString('latin1', 8, 12) !== 'WEBP' || bytes.readUInt32LE(4) + 8 !== bytes.length) return false;
  let at = 12;
  while (at + 8 <= bytes.length) {
    if (!PIXELS.has(bytes.toString('latin1', at, at + 4))) return false;
    const size = bytes.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return at === bytes.length;
}
