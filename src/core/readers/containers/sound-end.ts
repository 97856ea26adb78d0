import type { Asset } from '../../media/asset.js';

/** Tags at the end of sound files, from the last byte back: ID3v1, Lyrics3, then APE or an appended ID3v2. */
export interface SoundEnd {
  /** Offset of the ID3v1 tag, if there is one. */
  id3v1?: number;
  /** First byte after the data before ID3v1 and Lyrics3. */
  end: number;
}

export const ID3V1_BYTES = 128;
const LYRICS_END = 'LYRICS200';
/** Length of the decimal size field, which counts the bytes before it. */
const LYRICS_SIZE_DIGITS = 6;

export async function findSoundEnd(asset: Asset): Promise<SoundEnd> {
  const at = asset.bytes - ID3V1_BYTES;
  if (at < 0 || (await asset.read(at, 3)).toString('latin1') !== 'TAG') return { end: asset.bytes };
  const mark = LYRICS_SIZE_DIGITS + LYRICS_END.length;
  const before = at >= mark ? (await asset.read(at - mark, mark)).toString('latin1') : '';
  if (!before.endsWith(LYRICS_END)) return { id3v1: at, end: at };
  const end = at - mark - Number.parseInt(before.slice(0, LYRICS_SIZE_DIGITS), 10);
  return { id3v1: at, end: Number.isInteger(end) && end > 0 ? end : at };
}
