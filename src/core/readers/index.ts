import type { Carrier } from '../media/carrier.js';
import { apeTagsReader } from './carriers/ape-tags.js';
import { asfMetaReader } from './carriers/asf-meta.js';
import { bmffMetaReader } from './carriers/bmff-meta.js';
import { broadcastWaveReader } from './carriers/broadcast-wave.js';
import { c2paReader } from './carriers/c2pa.js';
import { commentReader } from './carriers/comment.js';
import { documentPropertiesReader } from './carriers/document-properties.js';
import { exifReader } from './carriers/exif.js';
import { flvMetaReader } from './carriers/flv-meta.js';
import { id3Reader } from './carriers/id3.js';
import { imageHeaderReader } from './carriers/image-header.js';
import { iptcIimReader } from './carriers/iptc-iim.js';
import { jpegCodingReader } from './carriers/jpeg-coding.js';
import { matroskaTagsReader } from './carriers/matroska-tags.js';
import { mxfMetadataReader } from './carriers/mxf-metadata.js';
import { partsReader } from './carriers/parts.js';
import { pixelProofReader } from './carriers/pixel-proof.js';
import { pixelWatermarkReader } from './carriers/pixel-watermark.js';
import { pngTextReader } from './carriers/png-text.js';
import { privateChunkReader } from './carriers/private-chunk.js';
import { riffInfoReader } from './carriers/riff-info.js';
import { seftReader } from './carriers/seft.js';
import { seiReader } from './carriers/sei.js';
import { stealthTextReader } from './carriers/stealth-text.js';
import { streamsReader } from './carriers/streams.js';
import { thumbnailReader } from './carriers/thumbnail.js';
import { vorbisCommentReader } from './carriers/vorbis-comment.js';
import { xmpReader } from './carriers/xmp.js';
import type { Reader } from './reader.js';

/** Maps every carrier to its reader. A missing reader is a compile error. */
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
