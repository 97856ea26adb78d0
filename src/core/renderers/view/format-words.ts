import type { Translator } from '../../../i18n/translator.js';
import { UNKNOWN_MEDIA_TYPE } from '../../media/media-types.js';

/** Returns the display name of a Report's format in the reader's language. */
export const formatName = (format: string, translator: Translator): string =>
  format === UNKNOWN_MEDIA_TYPE.format
    ? translator.text('page.phrase.unrecognisedFormat')
    : translator.text('text.format', { format });
