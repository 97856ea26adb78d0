import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { readMxfFile } from './mxf-klv.js';
import { detectCodec } from './start-codes.js';
import { unseenVideo, type VideoFrames } from './video-frames.js';
import { bounded } from './walk.js';

const START_BYTES = 32;

/**
 * Returns the picture elements of MXF, wrapped frame by frame or as one clip (SMPTE ST 379, ST 381). A coding without
 * start codes has no SEI messages.
 */
export async function readMxfFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { pictures, isEncrypted: encrypted, fault } = await readMxfFile(asset);
  if (encrypted) return unseenVideo(bounded('mxf.encrypted'));
  const first = pictures[0];
  const codec = first ? detectCodec(await asset.read(first.dataOffset, START_BYTES)) : undefined;
  if (!codec) return fault ? unseenVideo(fault) : undefined;
  const frames = pictures.map(({ dataOffset, dataBytes }) => ({ offset: dataOffset, bytes: dataBytes }));
  return { codec, frames: frames.slice(0, limits.seiFrames), ...(fault ? { fault } : {}) };
}
