import type { Translator } from '../../../i18n/translator.js';
import { type Term, termName } from '../../page/glossary.js';
import { html, type Markup } from './escape.js';

/** Returns a word linked to its explanation; without a glossary address, as in exported pages, the word alone. */
export function termLink(
  word: string | Markup,
  term: Term | undefined,
  glossary: string | undefined,
  translator: Translator,
): Markup {
  if (term === undefined || glossary === undefined) return html`${word}`;
  const name = translator.text('page.phrase.termLink', { word: translator.translate(termName(term)) });
  return html`<a class="term" href="${glossary}#${term}" title="${name}">${word}</a>`;
}
