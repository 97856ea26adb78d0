import type { Translator } from '../../i18n/translator.js';
import { TEXT_MEDIA_TYPE, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';

/** Returns the display name of a Report's format in the reader's language. */
export const formatName = (format: string, translator: Translator): string =>
  NAMELESS.has(format)
    ? translator.text(
        format === TEXT_MEDIA_TYPE.format ? 'page.phrase.textFormat' : 'page.phrase.unrecognisedFormat',
      )
    : translator.text('text.format', { format });

/** Formats that have no name of their own. */
const NAMELESS: ReadonlySet<string> = new Set([TEXT_MEDIA_TYPE.format, UNKNOWN_MEDIA_TYPE.format]);
