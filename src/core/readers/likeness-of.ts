import { bareFault, fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import type { Likeness, LikenessKind } from '../likeness/likeness.js';
import type { Asset } from '../media/asset.js';
import type { SmallPicture } from '../media/pictures.js';
import { likenessOfPixels, pictureLikeness } from './likeness/picture.js';
import { soundLikeness } from './likeness/sound.js';
import { videoLikeness } from './likeness/video.js';
import { oneFrame } from './pictures/frames.js';
import { ownPixels } from './pictures/preview.js';
import type { ShownPixels } from './pictures/shown-pixels.js';
import { encoded } from './pictures/small-picture.js';
import { hasFrames, hasSound } from './pixels/ffmpeg.js';
import { notDecodable } from './pixels/picture.js';

/** `Likenesses` as they cross to another process: bytes in base64. */
export interface MadeLikenesses {
  made: (Omit<Likeness, 'shelf' | 'query'> & { shelf: string; query: string })[];
  missing: (ReadFault & { kind: LikenessKind })[];
  partly: (ReadFault & { kind: LikenessKind })[];
  /** Where it was asked for and there is something to see. */
  small?: SmallPicture | { fault: ReadFault };
}

export interface LikenessAsk {
  /** Kinds that an earlier process died of. */
  without?: readonly LikenessKind[] | undefined;
  /** Told before and after each, so that whoever watches knows of which this process died. */
  onKind?: (kind: LikenessKind, state: 'start' | 'end') => void;
  /** Of a picture, where it is decoded already; or why it cannot be. */
  shown?: ShownPixels | ReadFault | undefined;
  /** With one small picture of a picture or a video, of the same decode where that can be. */
  small?: boolean | undefined;
}

type Made = { likeness: Likeness; partly?: ReadFault } | ReadFault;

/** What a file looks and sounds like: a picture as a whole, a video by its frames and its sound. One that cannot be made costs no other. */
export async function likenessesOf(
  asset: Asset,
  { without = [], onKind, shown: given, small }: LikenessAsk = {},
): Promise<MadeLikenesses> {
  const all: MadeLikenesses = { made: [], missing: [], partly: [] };
  let shown = given;
  const add = async (kind: LikenessKind, make: () => Promise<Made | undefined>): Promise<void> => {
    if (without.includes(kind)) return;
    onKind?.(kind, 'start');
    const made = await make();
    onKind?.(kind, 'end');
    if (made === undefined) return;
    if ('code' in made) all.missing.push({ kind, ...bareFault(made) });
    else {
      const { shelf, query, ...rest } = made.likeness;
      all.made.push({ ...rest, shelf: base64(shelf), query: base64(query) });
      if (made.partly) all.partly.push({ kind, ...made.partly });
    }
  };
  switch (asset.mediaType.kind) {
    case 'image':
      if (small) {
        shown ??= await ownPixels(asset, limits.likenessPixels);
        all.small = smallTold('code' in shown ? shown : await encoded(shown, limits.historyPicturePixels));
      }
      await add('picture', () => ofPicture(asset, shown));
      break;
    case 'video':
      if (small) {
        const frame = hasFrames(asset) ? await oneFrame(asset, limits.historyPicturePixels) : undefined;
        all.small = smallTold(frame ?? (await unread(asset, 'pixels')));
      }
      await add('video', () => (hasFrames(asset) ? videoLikeness(asset) : unread(asset, 'pixels')));
      await add('sound', () => (hasFrames(asset) ? soundOfVideo(asset) : unread(asset, 'samples')));
      break;
    case 'audio':
      await add('sound', () => soundLikeness(asset));
      break;
  }
  return all;
}

const smallTold = (made: SmallPicture | ReadFault): SmallPicture | { fault: ReadFault } =>
  'code' in made ? { fault: bareFault(made) } : made;

async function ofPicture(asset: Asset, shown: ShownPixels | ReadFault | undefined): Promise<Made> {
  if (shown === undefined) return pictureLikeness(asset);
  return 'code' in shown ? shown : likenessOfPixels(shown);
}

/** Undefined where the video has none. */
async function soundOfVideo(asset: Asset): Promise<Made | undefined> {
  const has = await hasSound(asset);
  if (has === false) return undefined;
  return has === true ? soundLikeness(asset) : has;
}

const unread = async (asset: Asset, what: 'pixels' | 'samples'): Promise<ReadFault> =>
  what === 'pixels'
    ? notDecodable(asset)
    : fault('carrier.notRead', { what, format: asset.mediaType.format });

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
