import { type FaultCode, faultMessage, type ReadFault } from '../../base/fault.js';
import { type MissingPicture, PICTURE_KINDS } from '../../core/media/pictures.js';
import type { Part } from '../../core/report/part-schema.js';
import type { StoredReport } from '../../core/report/report.js';
import { type Message, message } from '../../i18n/message.js';
import type { CheckedPicture, CheckedPictures } from '../../inspect/checks/pictures-check.js';
import type { Derivative, PictureName } from '../../storage/inspections/inspections.js';

/** Index of an inspection's stored pictures: the existing ones, and why others are missing. */
export interface ThumbnailIndex {
  pictures: ThumbnailEntry[];
  missing: MissingPicture[];
  /** Difference between the picture stored in EXIF and the file's own, if they could be compared. */
  stored?: { differing: number; of: number };
}

export interface ThumbnailEntry {
  name: PictureName;
  /** Pixels. */
  width: number;
  height: number;
  /** The file is damaged: the picture shows the part that could be decoded. */
  damaged?: true;
  /** For a key frame, its time or a little earlier; for a waveform, its duration. */
  seconds?: number;
  /** The sound is longer than the waveform. */
  cut?: true;
}

/**
 * Returns the pictures under their public names, and the index. Manifests and parts are named by their index in the Report, so
 * that no label or title is stored that the Report masks.
 */
export function toThumbnails(
  { contentCredentials, parts = [] }: Pick<StoredReport, 'contentCredentials' | 'parts'>,
  { made, missing, stored }: CheckedPictures,
): Derivative[] {
  const labels = (contentCredentials.manifests ?? []).map(({ label }) => label);
  const frames = made.filter(({ kind }) => kind === 'frame');
  const named = new Map<PictureName, CheckedPicture>();
  for (const picture of made) {
    const name = nameOf(picture, labels, frames, parts);
    if (name !== undefined && !named.has(name)) named.set(name, picture);
  }
  const album: ThumbnailIndex = {
    pictures: [...named].map(([name, picture]) => ({
      name,
      width: picture.width,
      height: picture.height,
      ...(picture.damaged && { damaged: true }),
      ...((picture.kind === 'frame' || picture.kind === 'waveform') && { seconds: picture.seconds }),
      ...(picture.kind === 'waveform' && picture.cut && { cut: true }),
    })),
    missing,
    ...(stored === undefined ? {} : { stored }),
  };
  return [
    { kind: 'pictures', mediaType: 'application/json', content: Buffer.from(JSON.stringify(album)) },
    ...[...named].map(([kind, { webp }]): Derivative => ({ kind, mediaType: 'image/webp', content: webp })),
  ];
}

function nameOf(
  picture: CheckedPicture,
  labels: readonly string[],
  frames: readonly CheckedPicture[],
  parts: readonly Part[],
): PictureName | undefined {
  switch (picture.kind) {
    case 'preview':
    case 'large':
    case 'waveform':
    case 'stored':
      return picture.kind;
    case 'part': {
      const at = parts.findIndex(({ sha256 }) => sha256 === picture.sha256);
      return at < 0 ? undefined : `inside-${at}`;
    }
    case 'frame':
      return `frame-${frames.indexOf(picture) + 1}`;
    case 'claim':
    case 'ingredient': {
      if (picture.kind === 'claim' && picture.active) return 'thumbnail';
      const at = labels.indexOf(picture.manifest);
      if (at < 0) return undefined;
      return picture.kind === 'claim' ? `manifest-${at}` : `ingredient-${at}`;
    }
  }
}

/** Parses a stored index; `undefined` if it is damaged. */
export function parseThumbnails(content: Buffer): ThumbnailIndex | undefined {
  try {
    const album: ThumbnailIndex = JSON.parse(content.toString('utf8'));
    const good =
      Array.isArray(album.pictures) && album.missing.every(({ kind }) => PICTURE_KINDS.includes(kind));
    return good ? album : undefined;
  } catch {
    return undefined;
  }
}

const TOO_LONG: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'bound.ffmpegMillis',
  'bound.framesMillis',
  'reader.budget',
  'reader.deadline',
]);
const TOO_LARGE: ReadonlySet<FaultCode> = new Set<FaultCode>(['bound.ffmpegBytes', 'bound.picture']);

/** Returns the reason for readers of a page: only the operator can use the details of a limit. */
export function pageReasonMessage(fault: ReadFault): Message {
  const { code, params } = fault;
  if (TOO_LONG.has(code)) return message('page.noPicture.tooLong');
  if (TOO_LARGE.has(code)) return message('page.noPicture.tooLarge');
  // An earlier version used this code for both.
  if (code.startsWith('reader.memory')) return message('page.noPicture.memory');
  if (code === 'pictures.busy') return message('page.noPicture.busy');
  if (code === 'pixels.unreadable') return message('page.noPicture.undecoded');
  if (code === 'file.gone') return message('page.noPicture.gone');
  if (code === 'carrier.notRead' && params?.['what'] === 'ffmpeg') return message('page.noPicture.noFfmpeg');
  if (code === 'carrier.notRead' && params?.['what'] === 'pixels')
    return message('page.noPicture.notDecoded');
  return faultMessage(fault);
}
