import { fault, pickFault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Fingerprint } from '../../../matching/fingerprint.js';
import { encodeValues } from '../../../matching/sound-fingerprint.js';
import type { Asset } from '../../media/asset.js';
import { computeSoundValues } from '../pixels/ffmpeg.js';

/** Minimum number of distinct values. Silence and a steady tone repeat one value, with its neighbours at the ends. */
const MIN_DISTINCT_VALUES = 10;
/** Seconds are rounded down to a tenth, so that 9.96 is not reported as ten. */
const TENTHS_PER_SECOND = 10;

/** Computes the fingerprint of a sound file, or of the sound of a video. */
export async function fingerprintSound(
  asset: Asset,
): Promise<{ fingerprint: Fingerprint; partly?: ReadFault } | ReadFault> {
  const read = await computeSoundValues(asset);
  if ('code' in read) return pickFault(read);
  const { values, isCut: cut, isDamaged: damaged } = read;
  const seconds = Math.floor(read.seconds * TENTHS_PER_SECOND) / TENTHS_PER_SECOND;
  if (seconds < limits.fingerprintMinSeconds)
    return fault('fingerprint.short', { seconds, least: limits.fingerprintMinSeconds });
  if (new Set(values).size < MIN_DISTINCT_VALUES) return fault('fingerprint.silent');
  const bytes = encodeValues(values);
  return {
    fingerprint: { kind: 'sound', quality: 100, frames: 1, seconds, shelf: bytes, query: bytes },
    ...(cut && { partly: fault('bound.fingerprintSeconds', { seconds }) }),
    ...(damaged && { partly: fault('fingerprint.damaged') }),
  };
}
