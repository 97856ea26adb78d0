import type { Reader } from '../reader.js';
import { nativeTags } from './music-metadata.js';

/** SimpleTags of Matroska and WebM. */
export const matroskaTagsReader: Reader<'matroskaTags'> = {
  carrier: 'matroskaTags',
  containers: ['matroska'],
  read: (asset) => nativeTags(asset, /^matroska$/),
};
