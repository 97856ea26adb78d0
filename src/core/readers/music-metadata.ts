import type { IAudioMetadata } from 'music-metadata';
import type { Asset } from '../media/asset.js';
import type { Container } from '../media/media-kinds.js';
import { once } from './containers/walk.js';

/** Containers whose length, codecs and tracks music-metadata knows. It has no AVI or FLV. */
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

/** Where one type stands for all of a container's. */
const LIBRARY_TYPES: Partial<Record<Container, string>> = { bmff: 'video/mp4', wav: 'audio/wav' };

/** `bounded`: we stopped it. */
type Parsed = { metadata: IAudioMetadata } | { fault: string; bounded: boolean };

const libraries = () => Promise.all([import('music-metadata'), import('./sound-tokenizer.js')]);

/** Loads them for a file that will want them, at a time when nothing else is to be done. Whoever reads is told of a failure. */
export async function expectSound({ mediaType }: Asset): Promise<void> {
  if (SOUND_CONTAINERS.some((one) => one === mediaType.container)) await Promise.allSettled([libraries()]);
}

export function soundMetadata(asset: Asset): Promise<Parsed> {
  return once(asset, 'music-metadata', async () => {
    const [{ parseFromTokenizer }, { SoundTokenizer, TooManySoundReads }] = await libraries();
    // By the type decided from the bytes: left alone it would believe the file's ending.
    const type = LIBRARY_TYPES[asset.mediaType.container] ?? asset.mediaType.mime;
    const tokenizer = new SoundTokenizer(asset, type);
    try {
      return { metadata: await parseFromTokenizer(tokenizer, { skipCovers: true, duration: false }) };
    } catch (error) {
      const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown';
      return { fault: words.slice(0, 160), bounded: error instanceof TooManySoundReads };
    } finally {
      await tokenizer.close();
    }
  });
}
