import type { Asset } from '../asset.js';
import type { ContainerTag } from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Reader } from '../reader.js';
import { conclude, type WalkFault } from './conclude.js';
import { type RiffChunk, riffChunks } from './containers/riff-chunks.js';
import { bounded, malformed } from './containers/walk.js';

/** Children of `LIST` chunks of type `INFO`, and the private `AIGC` chunk that TC260-PG-202510A puts into WAV. */
export const riffInfoReader: Reader<'riffInfo'> = {
  carrier: 'riffInfo',
  containers: ['wav', 'avi'],

  async read(asset) {
    const walk = await riffChunks(asset);
    const tags: ContainerTag[] = [];
    let fault: WalkFault | undefined = walk.fault;
    for (const chunk of walk.items.filter((c) => c.id === 'LIST')) {
      fault = (await readInfo(asset, chunk, tags)) ?? fault;
    }
    for (const chunk of walk.items.filter((c) => c.id === 'AIGC')) {
      const bytes = await asset.read(chunk.dataOffset, Math.min(chunk.dataBytes, limits.textValueCharacters));
      tags.push({ system: 'RIFF chunk', key: chunk.id, value: bytes.toString('utf8').replace(/\0+$/, '') });
    }
    return conclude(tags, tags.length === 0, fault);
  },
};

async function readInfo(asset: Asset, list: RiffChunk, into: ContainerTag[]): Promise<WalkFault | undefined> {
  const type = (await asset.read(list.dataOffset, 4)).toString('latin1');
  if (type !== 'INFO') return undefined;
  if (list.dataBytes > limits.carrierTextCharacters)
    return bounded('bound.info', 'A LIST INFO chunk is larger than the bound.');
  const bytes = await asset.read(list.dataOffset + 4, list.dataBytes - 4);
  let at = 0;
  while (at + 8 <= bytes.length && into.length < limits.tagsPerCarrier) {
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > bytes.length) return malformed('riff.info', 'A LIST INFO item runs past its chunk.');
    const value = bytes.toString('utf8', at + 8, at + 8 + size).replace(/\0+$/, '');
    into.push({
      system: 'RIFF INFO',
      key: bytes.toString('latin1', at, at + 4),
      value: cut(value, limits.textValueCharacters),
    });
    at += 8 + size + (size & 1);
  }
  return undefined;
}
