import type { IAudioMetadata } from 'music-metadata';
import type { Asset } from '../asset.js';
import type { ContainerTag, Read } from '../evidence.js';
import { asRecord, cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Container } from '../media-types.js';
import { once } from './containers/walk.js';

/** One parse serves all carriers that music-metadata reaches; the readers beside this file pick theirs. */

/** Containers it is asked about. It has no AVI or FLV. */
export const SOUND_CONTAINERS = [
  'mp3',
  'wav',
  'flac',
  'ogg',
  'aiff',
  'aac',
  'bmff',
  'matroska',
] as const satisfies readonly Container[];

type Parsed = { metadata: IAudioMetadata } | { fault: string };

export function soundMetadata(asset: Asset): Promise<Parsed> {
  return once(asset, 'music-metadata', async () => {
    const [{ parseFromTokenizer }, { fromFile }] = await Promise.all([
      import('music-metadata'),
      import('strtok3'),
    ]);
    const tokenizer = await fromFile(asset.path);
    try {
      // By the type decided from the bytes: left alone it would believe the file's ending.
      tokenizer.fileInfo.mimeType = asset.mediaType.container === 'bmff' ? 'video/mp4' : asset.mediaType.mime;
      delete tokenizer.fileInfo.path;
      return { metadata: await parseFromTokenizer(tokenizer, { skipCovers: true, duration: false }) };
    } catch (error) {
      return {
        fault: error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 160) : 'unknown',
      };
    } finally {
      await tokenizer.close();
    }
  });
}

/** The native tags of the named systems, verbatim. */
export async function nativeTags(asset: Asset, systems: RegExp): Promise<Read<ContainerTag[]>> {
  const parsed = await soundMetadata(asset);
  if ('fault' in parsed) {
    return {
      status: 'malformed',
      code: 'sound.unreadable',
      reason: `The container could not be read (${parsed.fault}).`,
    };
  }
  const tags: ContainerTag[] = [];
  for (const [system, list] of Object.entries(parsed.metadata.native)) {
    if (!systems.test(system)) continue;
    for (const tag of list) {
      if (tags.length >= limits.tagsPerCarrier) {
        return {
          status: 'failed',
          code: 'bound.tags',
          reason: `More than ${limits.tagsPerCarrier} tags; later ones were not read.`,
          value: tags,
        };
      }
      const value = tagText(tag.value);
      if (value !== undefined)
        tags.push({ system, key: tag.id, value: cut(value, limits.textValueCharacters) });
    }
  }
  return tags.length === 0 ? { status: 'absent' } : { status: 'found', value: tags };
}

/** Text of a tag's value; pictures and other binary values are no text and are left out. */
function tagText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const record = asRecord(value);
  const inner = record && (record['text'] ?? record['url'] ?? record['identifier']);
  return typeof inner === 'string' ? inner : undefined;
}
