import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { EbmlWalk } from './ebml-elements.js';
import { MATROSKA, readMatroskaSegment } from './ebml-segment.js';
import { type CommentPackets, readFlacComments } from './vorbis-packets.js';
import { bounded, malformed } from './walk.js';

const TRACK = { entry: 0xae, codec: 0x86, private: 0x63a2 } as const;
/** Codecs whose header packets, including the comments, are in the track header. */
const COMMENTED: Readonly<Record<string, { mark: string; system: string }>> = lookupTable({
  A_VORBIS: { mark: '\x03vorbis', system: 'vorbis' },
  V_THEORA: { mark: '\x81theora', system: 'theora' },
});
const FLAC = 'A_FLAC';
const CODEC_BYTES = 64;
/** Vorbis and Theora have three header packets. */
const MAX_PACKETS = 3;

/** Returns the comments of Vorbis, Theora and FLAC tracks. The Matroska codec mappings keep the codec's own headers. */
export async function readMatroskaComments(asset: Asset): Promise<CommentPackets> {
  const { parts } = await readMatroskaSegment(asset);
  const walk = new EbmlWalk(asset);
  const found: CommentPackets = { packets: [] };
  const fail = (fault: CommentPackets['fault']) => {
    if (fault) found.fault ??= fault;
  };
  for (const tracks of parts.filter(({ id }) => id === MATROSKA.tracks))
    for (const entry of (await walk.children(tracks)).filter(({ id }) => id === TRACK.entry)) {
      const fields = await walk.children(entry);
      const name = fields.find(({ id }) => id === TRACK.codec);
      const head = fields.find(({ id }) => id === TRACK.private);
      if (!name || !head) continue;
      const codec = (await walk.data(name, CODEC_BYTES)).toString('latin1').replace(/\0+$/, '');
      if (codec === FLAC) {
        const { packets, fault } = await readFlacComments(asset, head.dataOffset);
        found.packets.push(...packets);
        fail(fault);
      }
      const kind = COMMENTED[codec];
      if (!kind) continue;
      if (head.dataBytes > limits.vorbisCommentBytes) {
        fail(bounded('bound.bytes', { place: 'Vorbis Comment', most: limits.vorbisCommentBytes }));
        continue;
      }
      const packet = findCommentPacket(await walk.data(head, limits.vorbisCommentBytes), kind.mark);
      if (!packet) fail(malformed('matroska.private'));
      else
        found.packets.push({
          system: kind.system,
          bytes: packet.bytes,
          offsetOf: (at) => head.dataOffset + packet.at + at,
        });
    }
  return found;
}

/**
 * Finds the comments in Xiph lacing: number of packets less one, the size of each but the last in runs of 255, then the
 * packets.
 */
function findCommentPacket(bytes: Buffer, mark: string): { bytes: Buffer; at: number } | undefined {
  const count = (bytes[0] ?? 0) + 1;
  if (count > MAX_PACKETS) return undefined;
  let at = 1;
  const sizes: number[] = [];
  while (sizes.length < count - 1) {
    let size = 0;
    while (bytes[at] === 0xff) {
      size += 0xff;
      at += 1;
    }
    size += bytes[at] ?? 0;
    at += 1;
    sizes.push(size);
  }
  for (const size of [...sizes, Math.max(0, bytes.length - at - sizes.reduce((sum, one) => sum + one, 0))]) {
    const packet = bytes.subarray(at, at + size);
    if (packet.toString('latin1', 0, mark.length) === mark)
      return { bytes: packet.subarray(mark.length), at: at + mark.length };
    at += size;
  }
  return undefined;
}
