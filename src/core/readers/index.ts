import type { Carrier } from '../media/carrier.js';
import { apeTagsReader } from './ape-tags.js';
import { asfMetaReader } from './asf-meta.js';
import { bmffMetaReader } from './bmff-meta.js';
import { broadcastWaveReader } from './broadcast-wave.js';
import { c2paReader } from './c2pa.js';
import { commentReader } from './comment.js';
import { documentPropertiesReader } from './document-properties.js';
import { exifReader } from './exif.js';
import { flvMetaReader } from './flv-meta.js';
import { id3Reader } from './id3.js';
import { imageHeaderReader } from './image-header.js';
import { iptcIimReader } from './iptc-iim.js';
import { jpegCodingReader } from './jpeg-coding.js';
import { matroskaTagsReader } from './matroska-tags.js';
import { mxfMetadataReader } from './mxf-metadata.js';
import { partsReader } from './parts.js';
import { pixelProofReader } from './pixel-proof.js';
import { pixelWatermarkReader } from './pixel-watermark.js';
import { pngTextReader } from './png-text.js';
import { privateChunkReader } from './private-chunk.js';
import type { Reader } from './reader.js';
import { riffInfoReader } from './riff-info.js';
import { seftReader } from './seft.js';
import { seiReader } from './sei.js';
import { stealthTextReader } from './stealth-text.js';
import { streamsReader } from './streams.js';
import { thumbnailReader } from './thumbnail.js';
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
  comment: commentReader,
  privateChunk: privateChunkReader,
  seft: seftReader,
  apeTags: apeTagsReader,
  broadcastWave: broadcastWaveReader,
  sei: seiReader,
  jpegCoding: jpegCodingReader,
  stealthText: stealthTextReader,
  pixelProof: pixelProofReader,
  pixelWatermark: pixelWatermarkReader,
  documentProperties: documentPropertiesReader,
  mxfMetadata: mxfMetadataReader,
  asfMeta: asfMetaReader,
  imageHeader: imageHeaderReader,
  thumbnail: thumbnailReader,
};
