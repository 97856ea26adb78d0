import type { Carrier } from '../evidence.js';
import type { Reader } from '../reader.js';
import { bmffMetaReader } from './bmff-meta.js';
import { c2paReader } from './c2pa.js';
import { exifReader } from './exif.js';
import { flvMetaReader } from './flv-meta.js';
import { id3Reader } from './id3.js';
import { iptcIimReader } from './iptc-iim.js';
import { matroskaTagsReader } from './matroska-tags.js';
import { partsReader } from './parts.js';
import { pngTextReader } from './png-text.js';
import { riffInfoReader } from './riff-info.js';
import { streamsReader } from './streams.js';
import { vorbisCommentReader } from './vorbis-comment.js';
import { xmpReader } from './xmp.js';

/** One reader a carrier; a carrier without one does not compile. */
export const READERS: { [C in Carrier]: Reader<C> } = {
  c2pa: c2paReader,
  xmp: xmpReader,
  exif: exifReader,
  iptcIim: iptcIimReader,
  pngText: pngTextReader,
  id3: id3Reader,
  vorbisComment: vorbisCommentReader,
  riffInfo: riffInfoReader,
  bmffMeta: bmffMetaReader,
  matroskaTags: matroskaTagsReader,
  flvMeta: flvMetaReader,
  streams: streamsReader,
  parts: partsReader,
};
