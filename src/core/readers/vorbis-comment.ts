import type { Reader } from '../reader.js';
import { nativeTags } from './music-metadata.js';

/** Vorbis comments of FLAC and Ogg streams. */
export const vorbisCommentReader: Reader<'vorbisComment'> = {
  carrier: 'vorbisComment',
  containers: ['flac', 'ogg'],
  read: (asset) => nativeTags(asset, /^vorbis$/),
};
