import type { Asset } from '../asset.js';
import type { TextComment } from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Reader } from '../reader.js';
import { conclude, type WalkFault } from './conclude.js';
import { COMMENT, gifBlocks, subBlockData } from './containers/gif-blocks.js';
import { jpegSegments } from './containers/jpeg-segments.js';
import { bounded } from './containers/walk.js';
import { textOf } from './text-bytes.js';

/** JPEG COM segments and GIF comment extensions. */
export const commentReader: Reader<'comment'> = {
  carrier: 'comment',
  containers: ['jpeg', 'gif'],

  async read(asset) {
    const { runs, fault } = asset.mediaType.container === 'gif' ? await inGif(asset) : await inJpeg(asset);
    const comments: TextComment[] = [];
    let left: number = limits.carrierTextCharacters;
    for (const { place, offset, bytes, subBlocks } of runs) {
      if (comments.length >= limits.comments || bytes > left)
        return conclude(
          comments,
          false,
          fault ??
            bounded(
              'bound.comments',
              `More than ${limits.comments} comments, or ${limits.carrierTextCharacters} bytes of them; later ones were not read.`,
            ),
        );
      left -= bytes;
      const read = await asset.read(offset, bytes);
      const text = textOf(subBlocks ? subBlockData(read) : read).replace(/\0+$/, '');
      comments.push({ place, offset, text: cut(text, limits.carrierTextCharacters) });
    }
    return conclude(comments, comments.length === 0, fault);
  },
};

interface Runs {
  runs: { place: string; offset: number; bytes: number; subBlocks?: true }[];
  fault?: WalkFault | undefined;
}

const COM = 0xfe;

async function inJpeg(asset: Asset): Promise<Runs> {
  const { items, fault } = await jpegSegments(asset);
  const comments = items.filter((s) => s.marker === COM);
  return {
    runs: comments.map((s) => ({ place: 'COM', offset: s.dataOffset, bytes: s.dataBytes })),
    fault,
  };
}

async function inGif(asset: Asset): Promise<Runs> {
  const { items, fault } = await gifBlocks(asset);
  const comments = items.filter((e) => e.label === COMMENT);
  return {
    runs: comments.map((e) => ({
      place: 'comment extension',
      offset: e.dataOffset,
      bytes: e.end - e.dataOffset,
      subBlocks: true,
    })),
    fault,
  };
}
