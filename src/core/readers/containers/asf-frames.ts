import type { Asset } from '../../media/asset.js';
import { asfStreams } from './asf-streams.js';
import { unseen, type VideoFrames } from './video-frames.js';
import { bounded } from './walk.js';

/** Codes of H.264 and H.265, the two whose streams hold such messages. */
const WITH_MESSAGES = /^(h264|avc1|x264|davc|vssh|h265|hevc|hvc1|hev1)$/i;

/** Of ASF only the header is read: what its videos are coded in tells whether messages may stand in them. */
export async function asfFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { tracks, fault } = await asfStreams(asset);
  const one = tracks.find(({ codec = '' }) => WITH_MESSAGES.test(codec));
  if (one) return unseen(bounded('sei.codecNotRead', { codec: one.codec ?? '' }));
  return fault ? unseen(fault) : undefined;
}
