import { speechOf } from '../../../say/speech.js';
import { meaningsIn } from '../../signals/meaning.js';
import type { Words } from '../words.js';
import { findings } from './findings.js';

export type { Words } from '../words.js';

/** English. Neutral on purpose: it says what a file declares and what was looked at, never that something is so. */
export const en: Words = {
  language: 'en',
  findings,
  ownStep: /^(?:Inspect|Install|Fetch) /,
  ours: (english) => english,
  clause: (written) => written,
  signals: meaningsIn(speechOf('en')),
};
