import type { ListedSignal } from '../core/detectors/signal-list.js';
import type { Rulebook } from '../core/law/rulebook.js';
import { clauseIn } from '../core/law/rulebooks/tell.js';
import { textsOf } from '../core/law/rulebooks/texts.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import type { Explanation } from './explanation.js';
import { inEnglish, ruleText } from './rulebooks-text.js';

/** `assay signals` and `assay explain` for people. */

export function signalsText(signals: readonly ListedSignal[]): string {
  return `${signals.map(({ id, meaning }) => `${id}\n  ${meaning}`).join('\n')}\n`;
}

export function explainText(
  found: readonly Explanation[],
  books: readonly Rulebook[],
  language: Language,
): string {
  return `${found.map((one) => partText(one, books, language)).join('\n\n')}\n`;
}

function partText(one: Explanation, books: readonly Rulebook[], language: Language): string {
  const speech = speechOf(language);
  const head = `${one.code}  (${speech.words(`rulebook.explain.${one.kind}`)})`;
  if (one.kind === 'rulebook' || one.kind === 'clause') {
    const { title } = textsOf(one.book, language);
    const beginning = [head, ...inEnglish(one.book, language).map((line) => `  ${line}`), `  ${title}`];
    const rest =
      one.kind === 'clause'
        ? [ruleText(one.book, one.rule, language, new Date().toISOString().slice(0, 10))]
        : [
            `  ${one.meaning}`,
            `  ${speech.words('rulebook.clausesBy', { command: `assay rulebooks show ${one.book.id}` })}`,
          ];
    return [...beginning, ...rest].join('\n');
  }
  const { reads = [], clauses = [] } = one;
  const carriers = reads.map((carrier) => said(`carrier.${carrier}`));
  return [
    head,
    `  ${one.meaning}`,
    ...(carriers.length === 0 ? [] : [`  ${speech.words('rulebook.signalIn', { carriers })}`]),
    ...(clauses.length === 0 ? [] : [`  ${speech.words('rulebook.clausesLooking')}`]),
    ...clauses.map(
      ({ rulebook, rule, clause }) => `    ${rule}  ${cited(books, rulebook, rule, language) ?? clause}`,
    ),
  ].join('\n');
}

function cited(books: readonly Rulebook[], rulebook: string, id: string, language: Language) {
  const book = books.find((one) => one.id === rulebook);
  const rule = book?.rules.find((one) => one.id === id);
  return book && rule && clauseIn(textsOf(book, language), rule);
}
