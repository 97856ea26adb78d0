import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readSynchsafe } from './id3-bytes.js';
import { type Id3Tag, readId3Tag } from './id3-frames.js';
import { findSoundEnd } from './sound-end.js';
import { malformed } from './walk.js';

export interface Id3AtEnd {
  tag?: Id3Tag;
  fault?: WalkFault;
  /** Offset of an ID3v1 tag. */
  id3v1?: number | undefined;
}

const FOOTER_BYTES = 10;

/** Finds a tag after the sound data by its footer, searching from the end (ID3v2.4 §3.4). */
export async function readId3TagAtEnd(asset: Asset): Promise<Id3AtEnd> {
  const { id3v1, end } = await findSoundEnd(asset);
  const footer = await asset.read(Math.max(0, end - FOOTER_BYTES), FOOTER_BYTES);
  if (footer.length < FOOTER_BYTES || footer.toString('latin1', 0, 3) !== '3DI') return { id3v1 };
  const start = end - 2 * FOOTER_BYTES - (readSynchsafe(footer, 6) ?? 0);
  const tag = start > 0 ? await readId3Tag(asset, start) : undefined;
  return tag ? { id3v1, tag } : { id3v1, fault: malformed('id3.footer') };
}
