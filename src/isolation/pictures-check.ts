import type { ReadFault } from '../core/ground/fault.js';
import { asArray, asCount, asRecord, type JsonRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import {
  type MissingPicture,
  PICTURE_KINDS,
  type PictureSubject,
  type Pictures,
  type SmallPicture,
} from '../core/media/pictures.js';
import { checkedFault } from './fault-check.js';

export type CheckedPicture = PictureSubject & Omit<SmallPicture, 'webp'> & { webp: Buffer };
export type CheckedPictures = Omit<Pictures, 'made'> & { made: CheckedPicture[] };

const MOST_MADE = limits.historyPictures + limits.videoFrames + 3;
const MOST_MISSING = 8;
const LABEL_CHARACTERS = 1_024;

/**
 * The process that made them has read hostile bytes. Its pictures go to browsers, so each must be a WebP of the size
 * it says, within the bounds, with nothing in it but pixels. Undefined for anything else.
 */
export function checkedPictures(value: unknown): CheckedPictures | undefined {
  const answer = asRecord(value);
  const [made, missing] = [answer && member(answer, 'made'), answer && member(answer, 'missing')];
  if (!Array.isArray(made) || !Array.isArray(missing) || made.length > MOST_MADE) return undefined;
  const pictures = made.map(picture);
  const faults = asArray(missing, MOST_MISSING).map(missed);
  if (pictures.includes(undefined) || faults.includes(undefined)) return undefined;
  const bytes = pictures.reduce((sum, one) => sum + (one?.webp.length ?? 0), 0);
  if (bytes > limits.picturesBytes) return undefined;
  const stored = answer && asRecord(member(answer, 'stored'));
  const differing = stored && asCount(member(stored, 'differing'));
  const of = stored && asCount(member(stored, 'of'));
  return {
    made: pictures.filter((one) => one !== undefined),
    missing: faults.filter((one) => one !== undefined),
    ...(differing === undefined || of === undefined ? {} : { stored: { differing, of } }),
  };
}

/** The one small picture of a file, or why there is none. */
export function checkedSmall(value: unknown): CheckedPicture | { fault: ReadFault } | undefined {
  const record = asRecord(value);
  if (record === undefined) return undefined;
  const why = member(record, 'fault');
  if (why === undefined) return picture({ ...record, kind: 'preview' });
  const fault = checkedFault(why);
  return fault && { fault };
}

function picture(value: unknown): CheckedPicture | undefined {
  const record = asRecord(value);
  const subject = record && subjectOf(record);
  if (record === undefined || subject === undefined) return undefined;
  const [width, height] = [asCount(member(record, 'width')), asCount(member(record, 'height'))];
  const text = member(record, 'webp');
  if (!width || !height || typeof text !== 'string') return undefined;
  const most = subject.kind === 'large' ? limits.largePicturePixels : limits.previewPixels;
  if (Math.max(width, height) > most) return undefined;
  const webp = Buffer.from(text, 'base64');
  if (webp.length > limits.smallPictureBytes || !isBareWebp(webp)) return undefined;
  return { ...subject, width, height, webp, ...(member(record, 'damaged') === true && { damaged: true }) };
}

function subjectOf(record: JsonRecord): PictureSubject | undefined {
  const kind = PICTURE_KINDS.find((one) => one === member(record, 'kind'));
  const manifest = member(record, 'manifest');
  const seconds = member(record, 'seconds');
  switch (kind) {
    case 'claim':
    case 'ingredient':
      if (typeof manifest !== 'string' || manifest.length > LABEL_CHARACTERS) return undefined;
      return kind === 'claim'
        ? { kind, manifest, active: member(record, 'active') === true }
        : { kind, manifest };
    case 'frame':
      return typeof seconds === 'number' && seconds >= 0 ? { kind, seconds } : undefined;
    case 'waveform':
      if (typeof seconds !== 'number' || seconds < 0) return undefined;
      return { kind, seconds, ...(member(record, 'cut') === true && { cut: true }) };
    default:
      return kind && { kind };
  }
}

function missed(value: unknown): MissingPicture | undefined {
  const record = asRecord(value);
  const kind = PICTURE_KINDS.find((one) => one === (record && member(record, 'kind')));
  const fault = checkedFault(value);
  return kind === undefined || fault === undefined ? undefined : { kind, ...fault };
}

const PIXELS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);

/** RIFF, WEBP, then chunks of pixels alone: no EXIF, XMP, profile, animation. */
export function isBareWebp(bytes: Buffer): boolean {
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
