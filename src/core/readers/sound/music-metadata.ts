import type { IAudioMetadata } from 'music-metadata';
import type { Asset } from '../../media/asset.js';
import type { Container } from '../../media/media-kinds.js';
import { cachePerAsset } from '../containers/walk.js';

/** Containers whose length, codecs and tracks music-metadata reads. It has no AVI or FLV. */
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

/** Media type passed to the library for all types of a container. */
const LIBRARY_TYPES: Partial<Record<Container, string>> = { bmff: 'video/mp4', wav: 'audio/wav' };

/** `bounded`: Assay stopped the library. */
type Parsed = { metadata: IAudioMetadata } | { fault: string; bounded: boolean };

const loadLibraries = () => Promise.all([import('music-metadata'), import('./sound-tokenizer.js')]);

/** Preloads the libraries for a file that will need them, during idle time. A failure is reported by the later read. */
export async function preloadSoundLibraries({ mediaType }: Asset): Promise<void> {
  if (SOUND_CONTAINERS.some((one) => one === mediaType.container))
    await Promise.allSettled([loadLibraries()]);
}

export function readSoundMetadata(asset: Asset): Promise<Parsed> {
  return cachePerAsset(asset, 'music-metadata', async () => {
    const [{ parseFromTokenizer }, { SoundTokenizer, SoundReadLimitError }] = await loadLibraries();
    // Passes the type detected from the bytes, because the library would otherwise trust the file's extension.
    const type = LIBRARY_TYPES[asset.mediaType.container] ?? asset.mediaType.mime;
    const tokenizer = new SoundTokenizer(asset, type);
    try {
      return { metadata: await parseFromTokenizer(tokenizer, { skipCovers: true, duration: false }) };
    } catch (error) {
      const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown';
      return { fault: words.slice(0, 160), bounded: error instanceof SoundReadLimitError };
    } finally {
      await tokenizer.close();
    }
  });
}
