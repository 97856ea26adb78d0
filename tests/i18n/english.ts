import type { Message } from '../../src/i18n/message.js';
import { MessageError } from '../../src/i18n/message-error.js';
import { translatorFor } from '../../src/i18n/translator.js';

/** Renders a message in English. */
export const english = (what: Message): string => translatorFor('en').translate(what);
export const chinese = (what: Message): string => translatorFor('zh-Hans').translate(what);

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
