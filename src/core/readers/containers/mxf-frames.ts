import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { mxfFile } from './mxf-klv.js';
import { codecOfStart } from './start-codes.js';
import { unseen, type VideoFrames } from './video-frames.js';
import { bounded } from './walk.js';

const START_BYTES = 32;

/**
 * Picture elements of MXF, wrapped frame by frame or as one clip (SMPTE ST 379, ST 381). A coding that begins with no start
 * code has no such messages.
 */
export async function mxfFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { pictures, encrypted, fault } = await mxfFile(asset);
  if (encrypted) return unseen(bounded('mxf.encrypted'));
  const first = pictures[0];
  const codec = first ? codecOfStart(await asset.read(first.dataOffset, START_BYTES)) : undefined;
  if (!codec) return fault ? unseen(fault) : undefined;
  const frames = pictures.map(({ dataOffset, dataBytes }) => ({ offset: dataOffset, bytes: dataBytes }));
  return { codec, frames: frames.slice(0, limits.seiFrames), ...(fault ? { fault } : {}) };
}
