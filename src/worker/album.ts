import { type FaultCode, faultSaid, type ReadFault } from '../core/ground/fault.js';
import { type MissingPicture, PICTURE_KINDS } from '../core/media/pictures.js';
import type { Report } from '../core/report/report.js';
import type { CheckedPicture, CheckedPictures } from '../isolation/pictures-check.js';
import { type Said, said } from '../say/said.js';
import type { Derivative, PictureName } from '../store/inspections.js';

/** What is kept beside the pictures of one inspection: which there are, and why others are not. */
export interface Album {
  pictures: AlbumPicture[];
  missing: MissingPicture[];
  /** How far the picture stored in EXIF and the file’s own are apart, where they could be compared. */
  stored?: { differing: number; of: number };
}

export interface AlbumPicture {
  name: PictureName;
  /** Pixels. */
  width: number;
  height: number;
  /** The file is damaged: this is what could be decoded of it. */
  damaged?: true;
  /** Of a key frame: at or before this moment; of a waveform: of so long. */
  seconds?: number;
  /** Of a waveform: the sound is longer than that. */
  cut?: true;
}

/**
 * The pictures under the names they are asked for by, and what says which there are. Manifests are named by their place
 * in the Report, so that no label or title that the Report masks is kept beside it.
 */
export function albumOf(
  { contentCredentials }: Pick<Report, 'contentCredentials'>,
  { made, missing, stored }: CheckedPictures,
): Derivative[] {
  const labels = (contentCredentials.manifests ?? []).map(({ label }) => label);
  const frames = made.filter(({ kind }) => kind === 'frame');
  const named = new Map<PictureName, CheckedPicture>();
  for (const picture of made) {
    const name = nameOf(picture, labels, frames);
    if (name !== undefined && !named.has(name)) named.set(name, picture);
  }
  const album: Album = {
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
): PictureName | undefined {
  switch (picture.kind) {
    case 'preview':
    case 'large':
    case 'waveform':
    case 'stored':
      return picture.kind;
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

/** As it was kept; what is damaged counts as none. */
export function albumIn(content: Buffer): Album | undefined {
  try {
    const album: Album = JSON.parse(content.toString('utf8'));
    const good =
      Array.isArray(album.pictures) && album.missing.every(({ kind }) => PICTURE_KINDS.includes(kind));
    return good ? album : undefined;
  } catch {
    return undefined;
  }
}

/** Why it is not there. A version before 0.2 kept that in English words, which stand for themselves. */
export function keptWhy(fault: ReadFault & { reason?: string }): Said {
  return fault.reason === undefined ? faultSaid(fault) : said('text.asWritten', { text: fault.reason });
}

const TOO_LONG: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'bound.ffmpegMillis',
  'bound.framesMillis',
  'reader.budget',
  'reader.deadline',
]);
const TOO_LARGE: ReadonlySet<FaultCode> = new Set<FaultCode>(['bound.ffmpegBytes', 'bound.picture']);

/** The same for whoever looks at a page: what a bound is, only whoever runs the server can want to know. */
export function pageWhy(fault: ReadFault & { reason?: string }): Said {
  const { code, params } = fault;
  if (fault.reason !== undefined) return keptWhy(fault);
  if (TOO_LONG.has(code)) return said('page.noPicture.tooLong');
  if (TOO_LARGE.has(code)) return said('page.noPicture.tooLarge');
  // A version before told both with this one code.
  if (code === 'bound.ffmpeg') return said('page.noPicture.tooLongOrLarge');
  if (code.startsWith('reader.memory')) return said('page.noPicture.memory');
  if (code === 'pictures.busy') return said('page.noPicture.busy');
  if (code === 'pixels.unreadable') return said('page.noPicture.undecoded');
  if (code === 'file.gone') return said('page.noPicture.gone');
  if (code === 'carrier.notRead' && params?.['what'] === 'ffmpeg') return said('page.noPicture.noFfmpeg');
  if (code === 'carrier.notRead' && params?.['what'] === 'pixels') return said('page.noPicture.notDecoded');
  return keptWhy(fault);
}
