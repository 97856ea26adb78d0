import { codedMessage } from '../../src/base/fault.js';
import type { Message, Params } from '../../src/i18n/catalogues/messages.js';
import type { Language } from '../../src/i18n/languages.js';
import { translatorFor } from '../../src/i18n/translator.js';

interface Read {
  code?: string;
  params?: Params;
  reason?: string;
  notes?: readonly Message[];
  messages?: { note?: readonly Message[] };
}

/** Returns the readable text of why something could not be read. */
export function faultText(read: Read, language: Language = 'en'): string {
  const why = codedMessage(read);
  return why === undefined ? '' : translatorFor(language).translate(why);
}

/** Returns the readable notes on how it was read. */
export function noteText({ notes, messages: said }: Read, language: Language = 'en'): string {
  return (notes ?? said?.note ?? []).map((one) => translatorFor(language).translate(one)).join(' ');
}
