import type { Params, Said } from '../src/catalogues/messages.js';
import { codedSaid } from '../src/core/ground/fault.js';
import type { Language } from '../src/say/languages.js';
import { speechOf } from '../src/say/speech.js';

interface Read {
  code?: string;
  params?: Params;
  reason?: string;
  notes?: readonly Said[];
  said?: { note?: readonly Said[] };
}

/** What a person reads of why something could not be read. */
export function faultText(read: Read, language: Language = 'en'): string {
  const why = codedSaid(read);
  return why === undefined ? '' : speechOf(language).say(why);
}

/** And of how it was read. */
export function noteText({ notes, said }: Read, language: Language = 'en'): string {
  return (notes ?? said?.note ?? []).map((one) => speechOf(language).say(one)).join(' ');
}
