import type { WalkFault } from '../conclude.js';
import { readCommentPackets } from '../containers/comment-packets.js';
import type { CommentPacket } from '../containers/vorbis-packets.js';
import { malformed } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, formatByteCount } from '../text/tag-text.js';

/**
 * Reads Vorbis comments of FLAC and Ogg streams, and of such tracks in Matroska, with names as written. It uses Assay's
 * own walker because music-metadata gives no locators, capitalizes every name, does not read Theora, and loses all
 * comments if one is broken.
 */
export const vorbisCommentReader: Reader<'vorbisComment'> = {
  carrier: 'vorbisComment',

  async read(asset) {
    const { packets, fault } = await readCommentPackets(asset);
    const list = new TagList();
    for (const packet of packets) list.addFault(readPacket(packet, list));
    list.addFault(fault);
    return list.conclude();
  },
};

/** Comments with pictures, as Base64 of a FLAC picture block or of the picture alone. */
const PICTURES = /^(METADATA_BLOCK_PICTURE|COVERART)$/i;

/**
 * Reads the name of the writing library, the number of comments, then each comment, all with a 32-bit length (Vorbis I
 * §5).
 */
function readPacket({ system, bytes, offsetOf }: CommentPacket, list: TagList): WalkFault | undefined {
  const broken = malformed('vorbis.comment');
  const length = (at: number) => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : undefined);
  const vendorBytes = length(0);
  if (vendorBytes === undefined || 4 + vendorBytes > bytes.length) return broken;
  let at = 4 + vendorBytes;
  if (vendorBytes > 0)
    list.add({ system, key: 'vendor', value: decodeTagText(bytes.subarray(4, at)), offset: offsetOf(4) });
  const count = length(at);
  if (count === undefined) return broken;
  at += 4;
  for (let comment = 0; comment < count && !list.isFull; comment++) {
    const size = length(at);
    if (size === undefined || at + 4 + size > bytes.length) return broken;
    const entry = bytes.subarray(at + 4, at + 4 + size);
    const equals = entry.indexOf('=');
    const key = equals < 0 ? '' : decodeTagText(entry.subarray(0, equals));
    const value = entry.subarray(equals + 1);
    const picture = PICTURES.test(key);
    list.add(
      {
        system,
        key,
        value: picture ? formatByteCount(value.length) : decodeTagText(value),
        offset: offsetOf(at + 4 + equals + 1),
      },
      picture ? 0 : value.length,
    );
    at += 4 + size;
  }
  return undefined;
}
