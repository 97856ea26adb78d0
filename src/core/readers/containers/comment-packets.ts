import type { Asset } from '../../media/asset.js';
import { matroskaComments } from './matroska-comments.js';
import { type CommentPackets, flacComments, flacStart, oggComments } from './vorbis-packets.js';

/** Where Vorbis comments stand in a file of any kind that has them. */
export async function commentPackets(asset: Asset): Promise<CommentPackets> {
  switch (asset.mediaType.container) {
    case 'flac':
      return flacComments(asset, await flacStart(asset));
    case 'matroska':
      return matroskaComments(asset);
    default:
      return oggComments(asset);
  }
}
