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
    const value = tags.value.map((tag) => named(tag, keys));
    // An index without its key: what the item is called, AIGC perhaps, is not known.
    if (tags.status === 'found' && value.some((tag) => isIndex(tag.key))) {
      return {
        status: 'malformed',
        code: 'bmff.keys',
        reason: 'The names of some metadata items could not be read.',
        value,
      };
    }
    return { ...tags, value } as Read<ContainerTag[]>;
  },
};

/** Item types are four printable characters; an index begins with zero bytes. */
function isIndex(key: string): boolean {
  return /^\0\0[\s\S]{2}$/.test(key);
}

/** A four-byte index as its type stands for the key of that number, counted from 1. */
function named(tag: ContainerTag, keys: string[]): ContainerTag {
  const index = tag.key.length === 4 ? Buffer.from(tag.key, 'latin1').readUInt32BE(0) : 0;
  const key = keys[index - 1];
  return key === undefined ? tag : { ...tag, key, system: 'mdta' };
}
