import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { cropScale, standardCrops } from '../../../matching/crops.js';
import { type Fingerprint, MAX_UNDECIDED, MIN_QUALITY } from '../../../matching/fingerprint.js';
import { ORIENTATIONS, type OrientedHashes, type PdqHash, PdqHasher } from '../../../matching/pdq.js';
import { queryCrops } from '../../../matching/query-crops.js';
import type { Asset } from '../../media/asset.js';
import { decodeOwnPixels } from '../pictures/preview.js';
import type { ShownPixels } from '../pictures/shown-pixels.js';
import { computeLuma } from './luma.js';

/** Computes the fingerprint of a file whose pixels are not decoded yet. */
export async function fingerprintPicture(asset: Asset): Promise<PictureFingerprintResult | ReadFault> {
  const shown = await decodeOwnPixels(asset, limits.fingerprintPixels);
  return 'code' in shown ? pickFault(shown) : fingerprintPixels(shown);
}

export interface PictureFingerprintResult {
  fingerprint: Fingerprint;
  /** Fault that left part of the picture undecoded; the fingerprint covers the rest. */
  partly?: ReadFault;
}

/** Computes the fingerprint from pixels that are also used for previews. */
export async function fingerprintPixels(shown: ShownPixels): Promise<PictureFingerprintResult | ReadFault> {
  const luma = await computeLuma(shown);
  if ('code' in luma) return pickFault(luma);
  const shorter = Math.min(luma.width, luma.height);
  if (shorter < limits.fingerprintMinPixels)
    return fault('fingerprint.small', {
      most: limits.fingerprintPixels,
      pixels: shorter,
      least: limits.fingerprintMinPixels,
    });
  const hashing = new PdqHasher(luma);
  const whole = hashing.hashWholeOrientations();
  const nothing = indistinctFault(whole);
  if (nothing) return nothing;
  const cuts = standardCrops(luma).map((box) => hashing.hash(box, cropScale(luma, box)));
  const views = queryCrops(luma).map(({ box, scale }) => hashing.hashOrientations(box, scale));
  return {
    fingerprint: {
      kind: 'picture',
      quality: whole.quality,
      frames: 1,
      shelf: joinFingerprints([whole.hash, ...cuts.filter(isDistinctive).map(({ bits }) => bits)]),
      query: joinFingerprints([whole, ...views.filter(isDistinctive)].flatMap(listTurns)),
    },
    ...(shown.isDamaged && { partly: fault('fingerprint.damaged') }),
  };
}

/** Returns whether a fingerprint is distinctive enough to identify the picture. */
export const isDistinctive = ({
  quality,
  undecided,
}: Pick<OrientedHashes, 'quality' | 'undecided'>): boolean =>
  quality >= MIN_QUALITY && undecided <= MAX_UNDECIDED;

export function indistinctFault(
  hashed: Pick<OrientedHashes, 'quality' | 'undecided'>,
): ReadFault | undefined {
  if (isDistinctive(hashed)) return undefined;
  const { quality } = hashed;
  return quality < MIN_QUALITY
    ? fault('fingerprint.flat', { quality, least: MIN_QUALITY })
    : fault('fingerprint.regular');
}

/** Returns the fingerprint of the unrotated picture, then those of its rotations and reflections in order. */
export const listTurns = ({ hash: fingerprint, byOrientation: turned }: OrientedHashes): PdqHash[] => [
  fingerprint,
  ...ORIENTATIONS.map((orientation) => turned[orientation]),
];

export function joinFingerprints(fingerprints: readonly PdqHash[]): Uint8Array {
  const bytes = new Uint8Array(fingerprints.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of fingerprints) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}
