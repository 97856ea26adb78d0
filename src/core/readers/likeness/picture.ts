import { bareFault, fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { askedBoxes } from '../../likeness/asked-boxes.js';
import { LEAST_QUALITY, type Likeness, MOST_UNDECIDED } from '../../likeness/likeness.js';
import { type Fingerprint, type Hashed, Hashing, TURNS } from '../../likeness/pdq.js';
import { cutsOf, scaleOfCut } from '../../likeness/views.js';
import type { Asset } from '../../media/asset.js';
import { ownPixels } from '../pictures/preview.js';
import type { ShownPixels } from '../pictures/shown-pixels.js';
import { lumaOf } from './luma.js';

/** Of a file whose pixels are not at hand. */
export async function pictureLikeness(asset: Asset): Promise<MadeOfPicture | ReadFault> {
  const shown = await ownPixels(asset, limits.likenessPixels);
  return 'code' in shown ? bareFault(shown) : likenessOfPixels(shown);
}

export interface MadeOfPicture {
  likeness: Likeness;
  /** It is of what could be decoded. */
  partly?: ReadFault;
}

/** Of pixels that pictures to look at are made of too. */
export async function likenessOfPixels(shown: ShownPixels): Promise<MadeOfPicture | ReadFault> {
  const luma = await lumaOf(shown);
  if ('code' in luma) return bareFault(luma);
  const shorter = Math.min(luma.width, luma.height);
  if (shorter < limits.likenessLeastPixels)
    return fault('likeness.small', {
      most: limits.likenessPixels,
      pixels: shorter,
      least: limits.likenessLeastPixels,
    });
  const hashing = new Hashing(luma);
  const whole = hashing.wholeInTurns();
  const nothing = whyNothing(whole);
  if (nothing) return nothing;
  const cuts = cutsOf(luma).map((box) => hashing.plain(box, scaleOfCut(luma, box)));
  const views = askedBoxes(luma).map(({ box, scale }) => hashing.inTurns(box, scale));
  return {
    likeness: {
      kind: 'picture',
      quality: whole.quality,
      frames: 1,
      shelf: joined([whole.fingerprint, ...cuts.filter(isTelling).map(({ bits }) => bits)]),
      query: joined([whole, ...views.filter(isTelling)].flatMap(inAllTurns)),
    },
    ...(shown.damaged && { partly: fault('likeness.damaged') }),
  };
}

/** Whether a fingerprint tells this picture from others at all. */
export const isTelling = ({ quality, undecided }: Pick<Hashed, 'quality' | 'undecided'>): boolean =>
  quality >= LEAST_QUALITY && undecided <= MOST_UNDECIDED;

export function whyNothing(hashed: Pick<Hashed, 'quality' | 'undecided'>): ReadFault | undefined {
  if (isTelling(hashed)) return undefined;
  const { quality } = hashed;
  return quality < LEAST_QUALITY
    ? fault('likeness.flat', { quality, least: LEAST_QUALITY })
    : fault('likeness.regular');
}

/** As it is, and then its turns in their order. */
export const inAllTurns = ({ fingerprint, turned }: Hashed): Fingerprint[] => [
  fingerprint,
  ...TURNS.map((turn) => turned[turn]),
];

export function joined(fingerprints: readonly Fingerprint[]): Uint8Array {
  const bytes = new Uint8Array(fingerprints.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of fingerprints) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}
