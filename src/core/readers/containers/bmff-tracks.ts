import { compact } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { lookupTable } from '../../../base/table.js';
import type { StreamFacts, StreamTrack } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type BmffNode, readBmffTree } from './bmff-tree.js';

const KINDS: Readonly<Record<string, StreamTrack['kind']>> = lookupTable({
  vide: 'video',
  soun: 'audio',
  sbtl: 'subtitle',
  text: 'subtitle',
});
/** `stsd` has version, flags and count, then the first sample entry; its field offsets count from its own start. */
const ENTRY_AT = 8;

/** Returns the tracks of a movie from its headers (ISO/IEC 14496-12 §8.3 to §8.5, §12.1, §12.2). */
export async function readBmffTracks(asset: Asset): Promise<StreamFacts> {
  const { items } = await readBmffTree(asset);
  const head = (node: BmffNode | undefined) =>
    node ? asset.read(node.dataOffset, Math.min(node.dataBytes, 64)) : Promise.resolve(Buffer.alloc(0));
  const tracks: StreamTrack[] = [];
  for (const trak of items.filter((node) => node.path === 'moov.trak').slice(0, limits.embeddedAssets)) {
    const part = (type: string) => head(items.find((n) => n.track === trak.track && n.path.endsWith(type)));
    const kind = KINDS[(await part('mdia.hdlr')).toString('latin1', 8, 12)] ?? 'other';
    const entry = (await part('stbl.stsd')).subarray(ENTRY_AT);
    const at = (offset: number) => (entry.length >= offset + 2 ? entry.readUInt16BE(offset) : undefined);
    tracks.push(
      compact({
        kind,
        codec: entry.length >= 8 ? entry.toString('latin1', 4, 8).trim() : undefined,
        width: kind === 'video' ? at(32) : undefined,
        height: kind === 'video' ? at(34) : undefined,
        channels: kind === 'audio' ? at(24) : undefined,
        sampleRateHertz: kind === 'audio' ? at(32) : undefined,
      }),
    );
  }
  const mvhd = await head(items.find((node) => node.path === 'moov.mvhd'));
  return compact({ container: asset.mediaType.format, durationSeconds: duration(mvhd), tracks });
}

/** Version 1 has 64-bit times. A duration with all bits set is unknown. */
function duration(mvhd: Buffer): number | undefined {
  const long = mvhd[0] === 1;
  if (mvhd.length < (long ? 32 : 20)) return undefined;
  const scale = mvhd.readUInt32BE(long ? 20 : 12);
  const units = long ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
  return scale === 0 || units >= 0xffffffff ? undefined : units / scale;
}
