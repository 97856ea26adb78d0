import { bareFault, fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { MadePicture, MissingPicture, PictureKind, Pictures } from '../media/pictures.js';
import { sidecarsIn } from '../media/sidecars.js';
import { storeOf } from './c2pa/sidecar.js';
import { type LikenessAsk, likenessesOf, type MadeLikenesses } from './likeness-of.js';
import { readManifestStore } from './manifest-store/index.js';
import { keyFrames } from './pictures/frames.js';
import { type KeptPicture, manifestPictures } from './pictures/manifest-pictures.js';
import { ownPixels, preview } from './pictures/preview.js';
import type { ShownPixels } from './pictures/shown-pixels.js';
import { smallPicture } from './pictures/small-picture.js';
import { storedPicture } from './pictures/stored.js';
import { waveform } from './pictures/waveform.js';
import { hasFrames } from './pixels/ffmpeg.js';

/** `without`: kinds that an earlier process died of, or that there is no time for. */
export interface PicturesAsk {
  sidecarPath?: string | undefined;
  without?: readonly PictureKind[] | undefined;
  /** What it looks and sounds like is made too, a picture’s from the same pixels. */
  likeness?: Omit<LikenessAsk, 'shown'> | undefined;
}

/** The small pictures of a file. One that cannot be made costs no other; a sound has its waveform. */
export async function picturesOf(
  asset: Asset,
  { sidecarPath, without = [], likeness }: PicturesAsk,
): Promise<Pictures & { likeness?: MadeLikenesses }> {
  const made: MadePicture[] = [];
  const missing: MissingPicture[] = [];
  const say = (kind: PictureKind, why: ReadFault) => missing.push({ kind, ...bareFault(why) });

  const ofManifests = await kept(asset, sidecarPath);
  if (ofManifests.length > limits.historyPictures) say('claim', TOO_MANY_KEPT);
  for (const { bytes, ...subject } of ofManifests.slice(0, limits.historyPictures)) {
    const side =
      subject.kind === 'claim' && subject.active ? limits.previewPixels : limits.historyPicturePixels;
    const small = await smallPicture(bytes, side);
    if (!('code' in small)) made.push({ ...subject, ...small });
    else if (subject.kind === 'claim' && subject.active) say('claim', small);
  }
  const stored = await storedPicture(asset, !without.includes('preview'));
  if (stored && 'code' in stored) say('stored', stored);
  else if (stored) made.push({ kind: 'stored', ...stored.picture });

  const own = await ofItself(asset, without);
  made.push(...own.made);
  if (own.fault) say(missedKind(asset, own.made), own.fault);
  const apart = stored && 'apart' in stored ? stored.apart : undefined;
  const fitting = withinBytes(made);
  const left = new Set(made.slice(fitting.length).map(({ kind }) => kind));
  for (const kind of left) say(kind, TOO_LARGE_TOGETHER);
  return {
    made: fitting,
    missing,
    ...(apart === undefined ? {} : { stored: apart }),
    ...(likeness && { likeness: await likenessesOf(asset, { ...likeness, shown: own.shown }) }),
  };
}

/** Those before the first that has no room. */
function withinBytes(made: MadePicture[]): MadePicture[] {
  let left: number = limits.picturesBytes;
  const full = made.findIndex(({ webp }) => {
    left -= Buffer.byteLength(webp, 'base64');
    return left < 0;
  });
  return full === -1 ? made : made.slice(0, full);
}

/** Of a video some of whose frames were made, the others are what is missing. */
function missedKind({ mediaType }: Asset, made: readonly MadePicture[]): PictureKind {
  if (mediaType.kind === 'audio') return 'waveform';
  return made.some(({ kind }) => kind === 'frame') ? 'frame' : 'preview';
}

/** What the file itself shows: itself, key frames of a video, the waveform of a sound. */
async function ofItself(
  asset: Asset,
  without: readonly PictureKind[],
): Promise<{ made: MadePicture[]; fault?: ReadFault; shown?: ShownPixels | ReadFault }> {
  const { kind } = asset.mediaType;
  if (hasFrames(asset)) return without.includes('frame') ? { made: [] } : keyFrames(asset);
  if (kind === 'audio' && !without.includes('waveform')) {
    const wave = await waveform(asset);
    return 'code' in wave ? { made: [], fault: wave } : { made: [wave] };
  }
  if (kind !== 'image' || without.includes('preview')) return { made: [] };
  const shown = await ownPixels(asset, limits.largePicturePixels);
  const own = 'code' in shown ? shown : await preview(shown, { large: !without.includes('large') });
  if ('code' in own) return { made: [], fault: own, shown };
  return {
    shown,
    made: [
      { kind: 'preview', ...own.preview },
      ...(own.large ? [{ kind: 'large' as const, ...own.large }] : []),
    ],
  };
}

const TOO_LARGE_TOGETHER = fault('bound.pictures', { most: limits.picturesBytes });
const TOO_MANY_KEPT = fault('bound.historyPictures', { most: limits.historyPictures });

async function kept(asset: Asset, sidecarPath: string | undefined): Promise<KeptPicture[]> {
  const store = sidecarPath === undefined ? undefined : (await sidecarsIn(sidecarPath)).store;
  const read = store === undefined ? await readManifestStore(asset) : await storeOf(store);
  if (read.status !== 'found') return [];
  return manifestPictures(Buffer.isBuffer(read.value) ? read.value : read.value.bytes);
}
