import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { trimEndCharacters } from '../../../base/trim-end.js';
import type { TextComment } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { readRafPreview } from '../blocks/raf.js';
import { conclude, type WalkFault } from '../conclude.js';
import { selectWalk, type WalkPerContainer } from '../container-reach.js';
import { COMMENT, joinSubBlocks, readGifExtensions } from '../containers/gif-blocks.js';
import { readJp2Comments } from '../containers/jp2-codestream.js';
import { type JpegWalk, readJpegSegments } from '../containers/jpeg-segments.js';
import { readSvgComments } from '../containers/svg-comments.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { decodeBytes } from '../text/text-bytes.js';

/** Reads JPEG COM segments and GIF comment extensions. */
export const commentReader: Reader<'comment'> = {
  carrier: 'comment',

  async read(asset) {
    const { runs, fault } = await selectWalk(PLACES, asset.mediaType.container)(asset);
    const comments: TextComment[] = [];
    let left: number = limits.carrierTextCharacters;
    for (const { locator: place, offset, bytes, subBlocks } of runs) {
      if (comments.length >= limits.comments || bytes > left)
        return conclude(
          comments,
          false,
          fault ??
            bounded('bound.texts', {
              place: 'comments',
              unit: 'bytes',
              most: limits.comments,
              length: limits.carrierTextCharacters,
            }),
        );
      left -= bytes;
      const read = await asset.read(offset, bytes);
      const text = trimEndCharacters(decodeBytes(subBlocks ? joinSubBlocks(read) : read), '\0');
      comments.push({ locator: place, offset, text: truncate(text, limits.carrierTextCharacters) });
    }
    return conclude(comments, comments.length === 0, fault);
  },
};

interface Runs {
  runs: { locator: string; offset: number; bytes: number; subBlocks?: true }[];
  fault?: WalkFault | undefined;
}

const PLACES: WalkPerContainer<'comment', (asset: Asset) => Promise<Runs>> = {
  jpeg: async (asset) => inJpeg(await readJpegSegments(asset)),
  // The comments of a RAF are those of its preview.
  raf: async (asset) => {
    const preview = await readRafPreview(asset);
    return 'walk' in preview ? inJpeg(preview.walk) : { runs: [], fault: preview.fault };
  },
  gif: inGif,
  svg: async (asset) => {
    const { items, fault } = await readSvgComments(asset);
    return { runs: items.map((run) => ({ locator: 'comment', ...run })), fault };
  },
  jp2: async (asset) => {
    const { items, fault } = await readJp2Comments(asset);
    return { runs: items.map((run) => ({ locator: 'codestream COM', ...run })), fault };
  },
};

const COM = 0xfe;

function inJpeg({ items, fault }: JpegWalk): Runs {
  const comments = items.filter((s) => s.marker === COM);
  return {
    runs: comments.map((s) => ({ locator: 'COM', offset: s.dataOffset, bytes: s.dataBytes })),
    fault,
  };
}

async function inGif(asset: Asset): Promise<Runs> {
  const { items, fault } = await readGifExtensions(asset);
  const comments = items.filter((e) => e.label === COMMENT);
  return {
    runs: comments.map((e) => ({
      locator: 'comment extension',
      offset: e.dataOffset,
      bytes: e.end - e.dataOffset,
      subBlocks: true,
    })),
    fault,
  };
}
