import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { synchsafe } from './id3-bytes.js';
import { type Id3Tag, id3Tag } from './id3-frames.js';
import { soundEnd } from './sound-end.js';
import { malformed } from './walk.js';

export interface AtEnd {
  tag?: Id3Tag;
  fault?: WalkFault;
  /** Where an ID3v1 tag begins. */
  id3v1?: number | undefined;
}

const FOOTER_BYTES = 10;

/** ID3v2.4 §3.4: a tag behind the sound has a footer, by which it is found from the end. */
export async function id3TagAtEnd(asset: Asset): Promise<AtEnd> {
  const { id3v1, end } = await soundEnd(asset);
  const footer = await asset.read(Math.max(0, end - FOOTER_BYTES), FOOTER_BYTES);
  if (footer.length < FOOTER_BYTES || footer.toString('latin1', 0, 3) !== '3DI') return { id3v1 };
  const start = end - 2 * FOOTER_BYTES - (synchsafe(footer, 6) ?? 0);
  const tag = start > 0 ? await id3Tag(asset, start) : undefined;
  return tag ? { id3v1, tag } : { id3v1, fault: malformed('id3.footer') };
}
