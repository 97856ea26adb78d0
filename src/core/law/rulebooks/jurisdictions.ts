import type { Speech } from '../../../say/speech.js';
import type { Rulebook } from '../rulebook.js';
import { textsOf } from './texts.js';

/** Where laws are from, in words: as one of them calls it, else the country's name; of a country whose states have laws, all of them. */
export function jurisdictionName(code: string, rulebooks: readonly Rulebook[], speech: Speech): string {
  const book = rulebooks.find(({ jurisdiction }) => jurisdiction === code);
  const own = book && textsOf(book, speech.language).jurisdiction;
  if (own !== undefined) return own;
  const country = countryName(code, speech);
  const hasStates = rulebooks.some(({ jurisdiction }) => jurisdiction.startsWith(`${code}-`));
  return hasStates ? speech.words('law.allStates', { country }) : country;
}

/** What is no code of a country, as that of a state whose laws are no longer here, stands for itself. */
function countryName(code: string, { language }: Speech): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}
