import type { Asset } from '../../media/asset.js';
import { readAsfStreams } from './asf-streams.js';
import { unseenVideo, type VideoFrames } from './video-frames.js';
import { bounded } from './walk.js';

/** Codes of H.264 and H.265, the two codecs whose streams contain SEI messages. */
const SEI_CODECS = /^(h264|avc1|x264|davc|vssh|h265|hevc|hvc1|hev1)$/i;

/**
 * Reports whether the streams of an ASF may contain SEI messages, by the codec in the header. The frames themselves are
 * not read.
 */
export async function readAsfFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { tracks, fault } = await readAsfStreams(asset);
  const one = tracks.find(({ codec = '' }) => SEI_CODECS.test(codec));
  if (one) return unseenVideo(bounded('sei.codecNotRead', { codec: one.codec ?? '' }));
  return fault ? unseenVideo(fault) : undefined;
}
