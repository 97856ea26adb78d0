import { bareFault, fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Likeness } from '../../likeness/likeness.js';
import { bytesOf } from '../../likeness/sound.js';
import type { Asset } from '../../media/asset.js';
import { soundValues } from '../pixels/ffmpeg.js';

/** Silence and one steady tone give the same value again and again, and its neighbours at the ends. */
const LEAST_KINDS = 10;
/** Seconds are told to a tenth, downwards: 9.96 of them are no ten. */
const TENTHS = 10;

/** What a sound, or the sound of a video, sounds like. */
export async function soundLikeness(
  asset: Asset,
): Promise<{ likeness: Likeness; partly?: ReadFault } | ReadFault> {
  const read = await soundValues(asset);
  if ('code' in read) return bareFault(read);
  const { values, cut, damaged } = read;
  const seconds = Math.floor(read.seconds * TENTHS) / TENTHS;
  if (seconds < limits.likenessLeastSeconds)
    return fault('likeness.short', { seconds, least: limits.likenessLeastSeconds });
  if (new Set(values).size < LEAST_KINDS) return fault('likeness.silent');
  const bytes = bytesOf(values);
  return {
    likeness: { kind: 'sound', quality: 100, frames: 1, seconds, shelf: bytes, query: bytes },
    ...(cut && { partly: fault('bound.likenessSeconds', { seconds }) }),
    ...(damaged && { partly: fault('likeness.damaged') }),
  };
}
