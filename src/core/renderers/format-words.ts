import type { Speech } from '../../say/speech.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';

/** A format by its usual name, as a Report has it, in the reader's words. */
export const formatWords = (format: string, speech: Speech): string =>
  format === UNKNOWN_MEDIA_TYPE.format
    ? speech.words('page.phrase.unrecognisedFormat')
    : speech.words('text.format', { format });
