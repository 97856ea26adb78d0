import type { Asset } from '../../media/asset.js';
import { readMatroskaComments } from './matroska-comments.js';
import { type CommentPackets, findFlacStart, readFlacComments, readOggComments } from './vorbis-packets.js';

/** Locates the Vorbis comments of a file of any container that may have them. */
export async function readCommentPackets(asset: Asset): Promise<CommentPackets> {
  switch (asset.mediaType.container) {
    case 'flac':
      return readFlacComments(asset, await findFlacStart(asset));
    case 'matroska':
      return readMatroskaComments(asset);
    default:
      return readOggComments(asset);
  }
}
