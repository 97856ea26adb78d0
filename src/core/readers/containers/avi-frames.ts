import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Codec } from './h26x-units.js';
import { listChunks, type RiffChunk, riffChunks } from './riff-chunks.js';
import { FRAMES_BEHIND, unseen, type VideoFrames } from './video-frames.js';

const CODECS: readonly (readonly [RegExp, Codec])[] = [
  [/^(H264|X264|AVC1)$/i, 'h264'],
  [/^(H265|X265|HEVC|HVC1)$/i, 'h265'],
];

/** AVI: the stream's header names the codec, and its frames, with start codes, are chunks `NNdc` of `LIST movi`. */
export async function aviFrames(asset: Asset): Promise<VideoFrames | undefined> {
  const { items, fault } = await riffChunks(asset);
  const lists = items.filter((c) => c.id === 'LIST').slice(0, limits.riffLists);
  const header = await listOf(asset, lists, 'hdrl');
  const stream = header ? await videoStream(asset, header) : undefined;
  if (!stream) return fault && !header ? unseen(fault) : undefined;
  const movi = await listOf(asset, lists, 'movi');
  const { items: chunks } = movi ? await listChunks(asset, movi, limits.frameParts) : { items: [] };
  const id = new RegExp(`^${String(stream.number).padStart(2, '0')}d[bc]$`);
  const frames = chunks.filter((c) => id.test(c.id)).slice(0, limits.seiFrames);
  const missed = frames.length < limits.seiFrames && chunks.length >= limits.frameParts;
  return {
    codec: stream.codec,
    frames: frames.map((c) => ({ offset: c.dataOffset, bytes: c.dataBytes })),
    ...(missed ? { fault: FRAMES_BEHIND } : !movi && fault ? { fault } : {}),
  };
}

async function listOf(asset: Asset, lists: RiffChunk[], type: string): Promise<RiffChunk | undefined> {
  for (const list of lists)
    if ((await asset.read(list.dataOffset, 4)).toString('latin1') === type) return list;
  return undefined;
}

/** `strh`, right after the type of its list: what the stream holds, and who handles it. */
async function videoStream(
  asset: Asset,
  header: RiffChunk,
): Promise<{ number: number; codec: Codec } | undefined> {
  const inner = (await listChunks(asset, header)).items.filter((c) => c.id === 'LIST');
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
