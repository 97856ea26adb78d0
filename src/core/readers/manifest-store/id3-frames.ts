import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readId3Tag } from '../containers/id3-frames.js';
import { bounded } from '../containers/walk.js';
import { findSizeFault } from './located.js';

export interface GeobFrame {
  /** File offset of the frame's content; `undefined` if unsynchronisation moved it. */
  offset?: number;
  content: Buffer;
}

/** Returns the GEOB frames of the ID3v2.3 or v2.4 tag at the start of the file. */
export async function readGeobFrames(asset: Asset): Promise<{ frames: GeobFrame[]; fault?: WalkFault }> {
  const tag = await readId3Tag(asset, 0, (id) => id === 'GEOB');
  if (!tag) return { frames: [] };
  if (tag.version === 2)
    return { frames: [], fault: bounded('id3.version', { version: 2, sought: 'stores' }) };
  const frames: GeobFrame[] = [];
  let gathered = 0;
  for (const frame of tag.frames) {
    // The limit applies to the sum, because a tag can hold thousands of such frames.
    gathered += frame.bytes;
    const large = findSizeFault(gathered);
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
