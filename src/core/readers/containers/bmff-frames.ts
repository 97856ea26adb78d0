import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { createBoxWalk, listTopBoxes, walkBoxes } from './bmff-boxes.js';
import { type BmffNode, readBmffTree } from './bmff-tree.js';
import type { Codec } from './h26x-units.js';
import { TOO_FEW_FRAME_PARTS, unseenVideo, type VideoFrames } from './video-frames.js';
import { malformed } from './walk.js';

const CODECS: Readonly<Record<string, Codec>> = lookupTable({
  avc1: 'h264',
  avc2: 'h264',
  avc3: 'h264',
  avc4: 'h264',
  hvc1: 'h265',
  hev1: 'h265',
  dvh1: 'h265',
  dvhe: 'h265',
});
/** `stsd` starts with version, flags and a count; a sample entry with its fixed part follows. */
const BEFORE_ENTRY_BYTES = 8;
const VISUAL_ENTRY_BYTES = 86;

/**
 * Returns frames of the first H.264 or H.265 track, from its sample table or the first fragment; `undefined` if there
 * is no such track.
 */
export async function readBmffFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { items, fault } = await readBmffTree(asset);
  for (const stsd of items.filter((node) => node.type === 'stsd')) {
    const head = await asset.read(stsd.dataOffset, BEFORE_ENTRY_BYTES + 8);
    const codec = CODECS[head.toString('latin1', 12, 16)];
    if (head.length < 16 || !codec) continue;
    const entry = stsd.dataOffset + BEFORE_ENTRY_BYTES;
    const end = Math.min(entry + head.readUInt32BE(8), stsd.dataOffset + stsd.dataBytes);
    const inEntry = await walkBoxes(asset, entry + VISUAL_ENTRY_BYTES, end, createBoxWalk());
    const box = inEntry.items.find((b) => b.type === (codec === 'h264' ? 'avcC' : 'hvcC'));
    if (!box) return { codec, frames: [], fault: NO_CONFIGURATION };
    const near = (type: string) => items.find((node) => node.type === type && node.track === stsd.track);
    const table = await readTableFrames(asset, near);
    const frames =
      table.frames.length === 0 && !table.fault ? await readFragmentFrames(asset, near('tkhd')) : table;
    return { codec, configuration: { offset: box.dataOffset, bytes: box.dataBytes }, ...frames };
  }
  return fault ? unseenVideo(fault) : undefined;
}

const NO_CONFIGURATION = malformed('bmff.configuration');

type Frames = Pick<VideoFrames, 'frames'> & { fault?: WalkFault };

/**
 * Reads the sample tables: sizes in `stsz`, samples per chunk in `stsc`, chunk offsets in `stco` or `co64` (ISO/IEC
 * 14496-12 §8.7).
 */
async function readTableFrames(asset: Asset, near: (type: string) => BmffNode | undefined): Promise<Frames> {
  const sizes = await sampleSizes(asset, near('stsz'));
  if (sizes.length === 0) return { frames: [] };
  const offsets = near('co64') ?? near('stco');
  const runs = near('stsc');
  if (!offsets || !runs) return { frames: [], fault: NO_TABLE };
  const width = offsets.type === 'co64' ? 8 : 4;
  const chunks = await tableHead(asset, offsets, width);
  const inChunks = await tableHead(asset, runs, 12);
  const frames: VideoFrames['frames'] = [];
  for (let chunk = 0; chunk * width + width <= chunks.length && frames.length < sizes.length; chunk++) {
    let at = width === 8 ? Number(chunks.readBigUInt64BE(chunk * 8)) : chunks.readUInt32BE(chunk * 4);
    for (let left = samplesIn(inChunks, chunk + 1); left > 0 && frames.length < sizes.length; left--) {
      const bytes = sizes[frames.length] ?? 0;
      frames.push({ offset: at, bytes });
      at += bytes;
    }
  }
  return frames.length === 0 ? { frames, fault: NO_TABLE } : { frames };
}

const NO_TABLE = malformed('bmff.sampleTable');

async function sampleSizes(asset: Asset, box: BmffNode | undefined): Promise<number[]> {
  if (!box) return [];
  const head = await asset.read(box.dataOffset, Math.min(box.dataBytes, 12));
  if (head.length < 12) return [];
  const same = head.readUInt32BE(4);
  const count = Math.min(head.readUInt32BE(8), limits.seiFrames);
  if (same !== 0) return Array.from({ length: count }, () => same);
  const table = await asset.read(box.dataOffset + 12, Math.min(count * 4, box.dataBytes - 12));
  return Array.from({ length: Math.floor(table.length / 4) }, (_, i) => table.readUInt32BE(i * 4));
}

/** Reads the first entries of a table that begins with version, flags and a count. */
async function tableHead(asset: Asset, box: BmffNode, entryBytes: number): Promise<Buffer> {
  const start = 8;
  return asset.read(
    box.dataOffset + start,
    Math.max(0, Math.min(box.dataBytes - start, limits.seiFrames * entryBytes)),
  );
}

/**
 * Returns the number of samples in a chunk. Each run of chunks with equal sample counts has a first chunk, a sample
 * count and a description.
 */
function samplesIn(runs: Buffer, chunk: number): number {
  let samples = 0;
  for (let at = 0; at + 12 <= runs.length && runs.readUInt32BE(at) <= chunk; at += 12)
    samples = runs.readUInt32BE(at + 4);
  return samples;
}

const TFHD = { baseOffset: 0x01, description: 0x02, duration: 0x08, size: 0x10 } as const;
const TRUN = {
  dataOffset: 0x01,
  firstFlags: 0x04,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  time: 0x800,
} as const;

/** Returns frames of the first movie fragment that has frames of this track (§8.8). */
async function readFragmentFrames(asset: Asset, header: BmffNode | undefined): Promise<Frames> {
  const { items } = await listTopBoxes(asset);
  const head = header ? await asset.read(header.dataOffset, 24) : Buffer.alloc(0);
  if (head.length < 24) return { frames: [] };
  const track = head[0] === 1 ? head.readUInt32BE(20) : head.readUInt32BE(12);
  const shared = createBoxWalk();
  const fragments = items.filter((b) => b.type === 'moof');
  let hidden: WalkFault | undefined;
  for (const moof of fragments.slice(0, limits.frameParts)) {
    const inMoof = await walkBoxes(asset, moof.dataOffset, moof.dataOffset + moof.dataBytes, shared);
    hidden ??= inMoof.fault;
    for (const traf of inMoof.items.filter((b) => b.type === 'traf')) {
      const { items: boxes, fault } = await walkBoxes(
        asset,
        traf.dataOffset,
        traf.dataOffset + traf.dataBytes,
        shared,
      );
      hidden ??= fault;
      const part = async (type: string) => {
        const box = boxes.find((b) => b.type === type);
        return box
          ? asset.read(box.dataOffset, Math.min(box.dataBytes, limits.shownValueCharacters))
          : undefined;
      };
      const tfhd = await part('tfhd');
      const trun = await part('trun');
      if (!tfhd || !trun || tfhd.length < 8 || tfhd.readUInt32BE(4) !== track) continue;
      const frames = runFrames(tfhd, trun, moof.offset);
      if (frames.length > 0) return { frames };
    }
  }
  if (hidden) return { frames: [], fault: hidden };
  return fragments.length > limits.frameParts ? { frames: [], fault: TOO_FEW_FRAME_PARTS } : { frames: [] };
}

/** Offsets count from the start of the fragment unless its header gives another base. */
function runFrames(tfhd: Buffer, trun: Buffer, moof: number): VideoFrames['frames'] {
  const has = (bytes: Buffer, flag: number) => ((bytes.readUIntBE(1, 3) ?? 0) & flag) !== 0;
  if (trun.length < 8) return [];
  let at = 8;
  let base = moof;
  if (has(tfhd, TFHD.baseOffset) && tfhd.length >= at + 8) base = Number(tfhd.readBigUInt64BE(at));
  at += has(tfhd, TFHD.baseOffset) ? 8 : 0;
  at += (has(tfhd, TFHD.description) ? 4 : 0) + (has(tfhd, TFHD.duration) ? 4 : 0);
  const defaultSize = has(tfhd, TFHD.size) && tfhd.length >= at + 4 ? tfhd.readUInt32BE(at) : 0;
  let entry = 8;
  let place = base;
  if (has(trun, TRUN.dataOffset) && trun.length >= 12) {
    place = base + trun.readInt32BE(8);
    entry += 4;
  }
  if (has(trun, TRUN.firstFlags)) entry += 4;
  const before = has(trun, TRUN.duration) ? 4 : 0;
  const width =
    before + [TRUN.size, TRUN.flags, TRUN.time].reduce((sum, flag) => sum + (has(trun, flag) ? 4 : 0), 0);
  const frames: VideoFrames['frames'] = [];
  const count = Math.min(trun.readUInt32BE(4), limits.seiFrames);
  for (let frame = 0; frame < count && entry + width <= trun.length; frame++) {
    const bytes = has(trun, TRUN.size) ? trun.readUInt32BE(entry + before) : defaultSize;
    frames.push({ offset: place, bytes });
    place += bytes;
    entry += width;
  }
  return frames;
}
