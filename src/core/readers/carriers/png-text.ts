import { truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { PngText } from '../../evidence/evidence.js';
import { conclude, type WalkFault } from '../conclude.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { isTextChunk, readPngText, XMP_KEYWORD } from '../text/png-text-chunk.js';

/** Reads every tEXt, zTXt and iTXt chunk before and after the picture data. */
export const pngTextReader: Reader<'pngText'> = {
  carrier: 'pngText',

  async read(asset) {
    const walk = await readPngChunks(asset);
    const texts: PngText[] = [];
    let fault: WalkFault | undefined = walk.fault;
    let characters = 0;
    for (const chunk of walk.items.filter(isTextChunk)) {
      if (texts.length >= limits.pngTextChunks || characters > limits.carrierTextCharacters) {
        fault ??= bounded('bound.texts', {
          place: 'PNG',
          unit: 'other',
          most: limits.pngTextChunks,
          length: limits.carrierTextCharacters,
        });
        break;
      }
      const result = await readPngText(asset, chunk);
      if ('fault' in result) fault ??= result.fault;
      // The XMP chunk belongs to the carrier `xmp`.
      else if (result.text.keyword !== XMP_KEYWORD) {
        const text = truncate(result.text.text, limits.carrierTextCharacters);
        characters += text.length;
        texts.push({ ...result.text, text });
      }
    }
    return conclude(texts, texts.length === 0, fault);
  },
};
