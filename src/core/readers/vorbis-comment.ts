import type { WalkFault } from './conclude.js';
import { commentPackets } from './containers/comment-packets.js';
import type { CommentPacket } from './containers/vorbis-packets.js';
import { malformed } from './containers/walk.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { TagList } from './tag-list.js';
import { bytesWords, tagText } from './tag-text.js';

/**
 * Vorbis comments of FLAC and Ogg streams, and of such tracks in Matroska, names as written. By a walker of our own: music-metadata tells no place,
 * turns every name into capitals, reads none of Theora, and loses all where one is broken.
 */
export const vorbisCommentReader: Reader<'vorbisComment'> = {
  carrier: 'vorbisComment',
  reach: reach({
    read: 'matroska flac ogg',
    none: 'jpeg png webp gif tiff heif jxl svg bmff avi flv mp3 wav aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const { packets, fault } = await commentPackets(asset);
    const list = new TagList();
    for (const packet of packets) list.fault(readPacket(packet, list));
    list.fault(fault);
    return list.conclude();
  },
};

/** Pictures, as Base64 of a FLAC picture block or of the picture alone. */
const PICTURES = /^(METADATA_BLOCK_PICTURE|COVERART)$/i;

/** Vorbis I §5: name of the writing library, number of comments, then each; all with a 32-bit length before it. */
function readPacket({ system, bytes, offsetOf }: CommentPacket, list: TagList): WalkFault | undefined {
  const broken = malformed('vorbis.comment');
  const length = (at: number) => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : undefined);
  const vendorBytes = length(0);
  if (vendorBytes === undefined || 4 + vendorBytes > bytes.length) return broken;
  let at = 4 + vendorBytes;
  if (vendorBytes > 0)
    list.add({ system, key: 'vendor', value: tagText(bytes.subarray(4, at)), offset: offsetOf(4) });
  const count = length(at);
  if (count === undefined) return broken;
  at += 4;
  for (let comment = 0; comment < count && !list.full; comment++) {
    const size = length(at);
    if (size === undefined || at + 4 + size > bytes.length) return broken;
    const entry = bytes.subarray(at + 4, at + 4 + size);
    const equals = entry.indexOf('=');
    const key = equals < 0 ? '' : tagText(entry.subarray(0, equals));
    const value = entry.subarray(equals + 1);
    const picture = PICTURES.test(key);
    list.add(
      {
        system,
        key,
        value: picture ? bytesWords(value.length) : tagText(value),
        offset: offsetOf(at + 4 + equals + 1),
      },
      picture ? 0 : value.length,
    );
    at += 4 + size;
  }
  return undefined;
}
