import type { TextComment } from '../evidence/evidence.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { withoutEnd } from '../ground/text-end.js';
import type { Asset } from '../media/asset.js';
import { rafPreview } from './blocks/raf.js';
import { conclude, type WalkFault } from './conclude.js';
import { COMMENT, gifBlocks, subBlockData } from './containers/gif-blocks.js';
import { jp2Comments } from './containers/jp2-codestream.js';
import { type JpegWalk, jpegSegments } from './containers/jpeg-segments.js';
import { svgComments } from './containers/svg-comments.js';
import { bounded } from './containers/walk.js';
import { type InEach, reach, walkIn } from './reach.js';
import type { Reader } from './reader.js';
import { textOf } from './text-bytes.js';

const READ = 'jpeg gif svg raf jp2';

/** JPEG COM segments and GIF comment extensions. */
export const commentReader: Reader<'comment'> = {
  carrier: 'comment',
  reach: reach({
    read: READ,
    none: 'png webp tiff heif jxl bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 psd zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const { runs, fault } = await walkIn(PLACES, asset.mediaType.container)(asset);
    const comments: TextComment[] = [];
    let left: number = limits.carrierTextCharacters;
    for (const { place, offset, bytes, subBlocks } of runs) {
      if (comments.length >= limits.comments || bytes > left)
        return conclude(
          comments,
          false,
          fault ??
            bounded('bound.comments', { most: limits.comments, characters: limits.carrierTextCharacters }),
        );
      left -= bytes;
      const read = await asset.read(offset, bytes);
      const text = withoutEnd(textOf(subBlocks ? subBlockData(read) : read), '\0');
      comments.push({ place, offset, text: cut(text, limits.carrierTextCharacters) });
    }
    return conclude(comments, comments.length === 0, fault);
  },
};

interface Runs {
  runs: { place: string; offset: number; bytes: number; subBlocks?: true }[];
  fault?: WalkFault | undefined;
}

const PLACES: InEach<typeof READ, (asset: Asset) => Promise<Runs>> = {
  jpeg: async (asset) => inJpeg(await jpegSegments(asset)),
  // The metadata of a RAF are those of its preview.
  raf: async (asset) => {
    const preview = await rafPreview(asset);
    return 'walk' in preview ? inJpeg(preview.walk) : { runs: [], fault: preview.fault };
  },
  gif: inGif,
  svg: async (asset) => {
    const { items, fault } = await svgComments(asset);
    return { runs: items.map((run) => ({ place: 'comment', ...run })), fault };
  },
  jp2: async (asset) => {
    const { items, fault } = await jp2Comments(asset);
    return { runs: items.map((run) => ({ place: 'codestream COM', ...run })), fault };
  },
};

const COM = 0xfe;

function inJpeg({ items, fault }: JpegWalk): Runs {
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
