import type { Reader } from '../reader.js';
import { nativeTags } from './music-metadata.js';

/** ID3v1 and ID3v2 frames, and APE tags beside them. */
export const id3Reader: Reader<'id3'> = {
  carrier: 'id3',
  containers: ['mp3', 'wav', 'aiff', 'aac', 'flac'],
  read: (asset) => nativeTags(asset, /^(ID3v|APEv2)/),
};
