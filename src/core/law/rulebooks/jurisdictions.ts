import type { Translator } from '../../../i18n/translator.js';
import type { Rulebook } from '../rulebook.js';
import { textsOf } from './texts.js';

/**
 * Returns a jurisdiction's display name: as one of its laws calls it, otherwise the country's name, which also covers
 * its states.
 */
export function jurisdictionName(
  code: string,
  rulebooks: readonly Rulebook[],
  translator: Translator,
): string {
  const book = rulebooks.find(({ jurisdiction }) => jurisdiction === code);
  const own = book && textsOf(book, translator.language).jurisdiction;
  if (own !== undefined) return own;
  const country = countryName(code, translator);
  const hasStates = rulebooks.some(({ jurisdiction }) => jurisdiction.startsWith(`${code}-`));
  return hasStates ? translator.text('law.allStates', { country }) : country;
}

/** A code that is no country, such as a state whose laws are no longer present, is returned unchanged. */
function countryName(code: string, { language }: Translator): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}
