import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { id3Tag } from '../containers/id3-frames.js';
import { bounded } from '../containers/walk.js';
import { tooLarge } from './located.js';

export interface GeobFrame {
  /** Of the frame's content in the file; undefined where unsynchronisation moved it. */
  offset?: number;
  content: Buffer;
}

/** GEOB frames of the ID3v2.3 or v2.4 tag that the file starts with. */
export async function geobFrames(asset: Asset): Promise<{ frames: GeobFrame[]; fault?: WalkFault }> {
  const tag = await id3Tag(asset, 0, (id) => id === 'GEOB');
  if (!tag) return { frames: [] };
  if (tag.version === 2)
    return { frames: [], fault: bounded('id3.version', { version: 2, sought: 'stores' }) };
  const frames: GeobFrame[] = [];
  let gathered = 0;
  for (const frame of tag.frames) {
    // All that is gathered counts: a tag can hold thousands of such frames.
    gathered += frame.bytes;
    const large = tooLarge(gathered);
    if (large) return { frames, fault: large };
    if (frame.packed)
      return {
        frames,
        fault: bounded('id3.packedFrame', { frame: 'GEOB', how: 'other' }),
      };
    frames.push(await frame.content(frame.bytes));
  }
  return { frames, ...(tag.fault ? { fault: tag.fault } : {}) };
}
