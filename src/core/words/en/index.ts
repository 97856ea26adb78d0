import { speechOf } from '../../../say/speech.js';
import { meaningsIn } from '../../signals/meaning.js';
import type { Words } from '../words.js';

export type { Words } from '../words.js';

/** English. Neutral on purpose: it says what a file declares and what was looked at, never that something is so. */
export const en: Words = {
  language: 'en',
  ours: (english) => english,
  signals: meaningsIn(speechOf('en')),
};
