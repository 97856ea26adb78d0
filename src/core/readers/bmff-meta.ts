import type { ContainerTag, Read } from '../evidence.js';
import type { Reader } from '../reader.js';
import { bmffKeys } from './containers/bmff-keys.js';
import { nativeTags } from './music-metadata.js';

/** `ilst` items of MP4, MOV, M4A. Items under `mdta` keys carry an index where others carry a name. */
export const bmffMetaReader: Reader<'bmffMeta'> = {
  carrier: 'bmffMeta',
  containers: ['bmff'],
  unreached: ['cr3'],

  async read(asset): Promise<Read<ContainerTag[]>> {
    const tags = await nativeTags(asset, /^iTunes$/);
    if (!('value' in tags) || tags.value === undefined) return tags;
    const keys = await bmffKeys(asset);
    return { ...tags, value: tags.value.map((tag) => named(tag, keys)) } as Read<ContainerTag[]>;
  },
};

/** A four-byte index as its type stands for the key of that number, counted from 1. */
function named(tag: ContainerTag, keys: string[]): ContainerTag {
  const index = tag.key.length === 4 ? Buffer.from(tag.key, 'latin1').readUInt32BE(0) : 0;
  const key = keys[index - 1];
  return key === undefined ? tag : { ...tag, key, system: 'mdta' };
}
