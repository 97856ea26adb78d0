import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { type EbmlElement, EbmlWalk } from './ebml-elements.js';
import { MATROSKA, readMatroskaSegment } from './ebml-segment.js';
import type { Codec } from './h26x-units.js';
import { TOO_FEW_FRAME_PARTS, unseenVideo, type VideoFrames } from './video-frames.js';

const TRACK = { entry: 0xae, number: 0xd7, codec: 0x86, private: 0x63a2 } as const;
const BLOCK = { simple: 0xa3, group: 0xa0, block: 0xa1 } as const;
const LACING = 0x06;

const CODECS: Readonly<Record<string, Codec>> = lookupTable({
  'V_MPEG4/ISO/AVC': 'h264',
  'V_MPEGH/ISO/HEVC': 'h265',
});

/** Returns the first blocks of the first cluster (RFC 9559 §10). Blocks that several frames share are not split. */
export async function readMatroskaFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { parts, fault } = await readMatroskaSegment(asset);
  const walk = new EbmlWalk(asset);
  const tracks = parts.find((p) => p.id === MATROSKA.tracks);
  const cluster = parts.find((p) => p.id === MATROSKA.cluster);
  for (const entry of tracks ? await walk.children(tracks) : []) {
    if (entry.id !== TRACK.entry) continue;
    const fields = await walk.children(entry);
    const field = (id: number) => fields.find((f) => f.id === id);
    const name = field(TRACK.codec);
    const codec = name
      ? CODECS[(await walk.data(name, 64)).toString('latin1').replace(/\0+$/, '')]
      : undefined;
    const number = field(TRACK.number);
    if (!codec || !number || number.dataBytes === 0 || number.dataBytes > 6) continue;
    const wanted = (await walk.data(number, 6)).readUIntBE(0, number.dataBytes);
    const configuration = field(TRACK.private);
    const blocks = cluster ? await readFirstBlocks(walk, cluster, wanted) : { frames: [] };
    const missed = walk.fault ?? blocks.fault;
    return {
      codec,
      ...(configuration
        ? { configuration: { offset: configuration.dataOffset, bytes: configuration.dataBytes } }
        : {}),
      frames: blocks.frames,
      ...(missed ? { fault: missed } : {}),
    };
  }
  const barred = walk.fault ?? (tracks ? undefined : fault);
  return barred ? unseenVideo(barred) : undefined;
}

async function readFirstBlocks(
  walk: EbmlWalk,
  cluster: EbmlElement,
  track: number,
): Promise<Pick<VideoFrames, 'frames' | 'fault'>> {
  const frames: VideoFrames['frames'] = [];
  const end = Math.min(cluster.dataOffset + cluster.dataBytes, walk.asset.bytes);
  for (let at = cluster.dataOffset, seen = 0; at < end && frames.length < limits.seiFrames; seen++) {
    if (seen >= limits.frameParts) return { frames, fault: TOO_FEW_FRAME_PARTS };
    const element = await walk.at(at, end);
    if (!element || element.dataOffset + element.dataBytes > end) break;
    at = element.dataOffset + element.dataBytes;
    const block =
      element.id === BLOCK.group ? (await walk.children(element)).find((e) => e.id === BLOCK.block) : element;
    if (!block || (element.id !== BLOCK.group && element.id !== BLOCK.simple)) continue;
    // One-byte track number with its marker bit, two bytes of time, flags.
    const head = await walk.data(block, 4);
    if (head[0] === (0x80 | track) && ((head[3] ?? 0) & LACING) === 0)
      frames.push({ offset: block.dataOffset + 4, bytes: Math.max(0, block.dataBytes - 4) });
  }
  return { frames };
}
