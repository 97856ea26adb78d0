import type { Message } from '../../src/i18n/message.js';
import { MessageError } from '../../src/i18n/message-error.js';
import { type Translator, translatorFor } from '../../src/i18n/translator.js';

/** Renders a message in English. */
export const english = (what: Message): string => translatorFor('en').translate(what);
export const chinese = (what: Message): string => translatorFor('zh-Hans').translate(what);

/** Returns the text of an id of the catalogues, so that no test holds a sentence. */
export const inEnglish: Translator['text'] = (...said) => translatorFor('en').text(...said);
export const inChinese: Translator['text'] = (...said) => translatorFor('zh-Hans').text(...said);

/** Returns the English text of an error, which carries a message id and parameters. */
export function englishOf(error: unknown): string {
  if (error instanceof MessageError) return english(error.userMessage);
  return error instanceof Error ? error.message : String(error);
}

/** Returns the English text of the thrown error; fails if none is thrown. */
export function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return englishOf(error);
  }
  throw new Error('nothing was thrown');
}
