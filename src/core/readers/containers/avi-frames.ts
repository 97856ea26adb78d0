import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Codec } from './h26x-units.js';
import { type RiffChunk, readListChunks, readRiffChunks } from './riff-chunks.js';
import { TOO_FEW_FRAME_PARTS, unseenVideo, type VideoFrames } from './video-frames.js';

const CODECS: readonly (readonly [RegExp, Codec])[] = [
  [/^(H264|X264|AVC1)$/i, 'h264'],
  [/^(H265|X265|HEVC|HVC1)$/i, 'h265'],
];

/**
 * Returns the video frames of an AVI. The stream header gives the codec; the frames, with start codes, are chunks
 * `NNdc` of `LIST movi`.
 */
export async function readAviFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { items, fault } = await readRiffChunks(asset);
  const lists = items.filter((c) => c.id === 'LIST').slice(0, limits.riffLists);
  const header = await listOf(asset, lists, 'hdrl');
  const stream = header ? await videoStream(asset, header) : undefined;
  if (!stream) return fault && !header ? unseenVideo(fault) : undefined;
  const movi = await listOf(asset, lists, 'movi');
  const { items: chunks } = movi ? await readListChunks(asset, movi, limits.frameParts) : { items: [] };
  const id = new RegExp(`^${String(stream.number).padStart(2, '0')}d[bc]$`);
  const frames = chunks.filter((c) => id.test(c.id)).slice(0, limits.seiFrames);
  const missed = frames.length < limits.seiFrames && chunks.length >= limits.frameParts;
  return {
    codec: stream.codec,
    frames: frames.map((c) => ({ offset: c.dataOffset, bytes: c.dataBytes })),
    ...(missed ? { fault: TOO_FEW_FRAME_PARTS } : !movi && fault ? { fault } : {}),
  };
}

async function listOf(asset: Asset, lists: RiffChunk[], type: string): Promise<RiffChunk | undefined> {
  for (const list of lists)
    if ((await asset.read(list.dataOffset, 4)).toString('latin1') === type) return list;
  return undefined;
}

/** Reads `strh`, the first chunk of its list: type of the stream and codec. */
async function videoStream(
  asset: Asset,
  header: RiffChunk,
): Promise<{ number: number; codec: Codec } | undefined> {
  const inner = (await readListChunks(asset, header)).items.filter((c) => c.id === 'LIST');
  let number = -1;
  for (const list of inner.slice(0, limits.riffLists)) {
    const head = (await asset.read(list.dataOffset, 20)).toString('latin1');
    if (!head.startsWith('strl')) continue;
    number += 1;
    const known = CODECS.find(([name]) => name.test(head.slice(16, 20)));
    if (head.slice(12, 16) === 'vids' && known) return { number, codec: known[1] };
  }
  return undefined;
}
