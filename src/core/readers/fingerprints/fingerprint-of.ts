import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Fingerprint, FingerprintKind } from '../../../matching/fingerprint.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { makeOneFrame } from '../pictures/frames.js';
import { decodeOwnPixels } from '../pictures/preview.js';
import type { ShownPixels } from '../pictures/shown-pixels.js';
import { encodeSmallPicture } from '../pictures/small-picture.js';
import { hasFrames, hasSound } from '../pixels/ffmpeg.js';
import { notDecodable } from '../pixels/picture.js';
import { fingerprintPicture, fingerprintPixels } from './picture.js';
import { fingerprintSound } from './sound.js';
import { fingerprintVideo } from './video.js';

/** Fingerprints as transferred to another process: bytes in base64. */
export interface ComputedFingerprints {
  made: (Omit<Fingerprint, 'shelf' | 'query'> & { shelf: string; query: string })[];
  missing: (ReadFault & { kind: FingerprintKind })[];
  partly: (ReadFault & { kind: FingerprintKind })[];
  /** Small picture; present if it was requested and the file has visible content. */
  small?: SmallPicture | { fault: ReadFault };
}

export interface FingerprintOptions {
  /** Kinds that made an earlier process die. */
  skippedKinds?: readonly FingerprintKind[] | undefined;
  /** Called before and after each kind, so that an observer knows which one killed the process. */
  onKind?: (kind: FingerprintKind, state: 'start' | 'end') => void;
  /** Pixels of a picture that is already decoded, or the fault of decoding it. */
  shown?: ShownPixels | ReadFault | undefined;
  /** Whether to make a small picture of a picture or a video, from the same decode if possible. */
  small?: boolean | undefined;
}

type FingerprintResult = { fingerprint: Fingerprint; partly?: ReadFault } | ReadFault;

/**
 * Computes the fingerprints of a file: one of a picture as a whole; those of frames and sound of a video. A fingerprint
 * that fails does not affect the others.
 */
export async function computeFingerprints(
  asset: Asset,
  { skippedKinds: without = [], onKind, shown: given, small }: FingerprintOptions = {},
): Promise<ComputedFingerprints> {
  const all: ComputedFingerprints = { made: [], missing: [], partly: [] };
  let shown = given;
  const add = async (
    kind: FingerprintKind,
    make: () => Promise<FingerprintResult | undefined>,
  ): Promise<void> => {
    if (without.includes(kind)) return;
    onKind?.(kind, 'start');
    const made = await make();
    onKind?.(kind, 'end');
    if (made === undefined) return;
    if ('code' in made) all.missing.push({ kind, ...pickFault(made) });
    else {
      const { shelf, query, ...rest } = made.fingerprint;
      all.made.push({ ...rest, shelf: base64(shelf), query: base64(query) });
      if (made.partly) all.partly.push({ kind, ...made.partly });
    }
  };
  switch (asset.mediaType.kind) {
    case 'image':
      if (small) {
        shown ??= await decodeOwnPixels(asset, limits.fingerprintPixels);
        all.small = toSmallPicture(
          'code' in shown ? shown : await encodeSmallPicture(shown, limits.historyPicturePixels),
        );
      }
      await add('picture', () => fingerprintOrFault(asset, shown));
      break;
    case 'video':
      if (small) {
        const frame = hasFrames(asset) ? await makeOneFrame(asset, limits.historyPicturePixels) : undefined;
        all.small = toSmallPicture(frame ?? (await unread(asset, 'pixels')));
      }
      await add('video', () => (hasFrames(asset) ? fingerprintVideo(asset) : unread(asset, 'pixels')));
      await add('sound', () => (hasFrames(asset) ? fingerprintVideoSound(asset) : unread(asset, 'samples')));
      break;
    case 'audio':
      await add('sound', () => fingerprintSound(asset));
      break;
  }
  return all;
}

const toSmallPicture = (made: SmallPicture | ReadFault): SmallPicture | { fault: ReadFault } =>
  'code' in made ? { fault: pickFault(made) } : made;

async function fingerprintOrFault(
  asset: Asset,
  shown: ShownPixels | ReadFault | undefined,
): Promise<FingerprintResult> {
  if (shown === undefined) return fingerprintPicture(asset);
  return 'code' in shown ? shown : fingerprintPixels(shown);
}

/** Returns the fingerprint of a video's sound; `undefined` if it has none. */
async function fingerprintVideoSound(asset: Asset): Promise<FingerprintResult | undefined> {
  const has = await hasSound(asset);
  if (has === false) return undefined;
  return has === true ? fingerprintSound(asset) : has;
}

const unread = async (asset: Asset, what: 'pixels' | 'samples'): Promise<ReadFault> =>
  what === 'pixels'
    ? notDecodable(asset)
    : fault('carrier.notRead', { what, format: asset.mediaType.format });

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
