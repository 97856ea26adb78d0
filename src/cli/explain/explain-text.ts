import type { ListedSignal } from '../../core/detectors/signal-list.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { clauseIn } from '../../core/law/rulebooks/finding-texts.js';
import { textsOf } from '../../core/law/rulebooks/texts.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { editionLine, englishNotice, ruleText } from '../law/rulebooks-text.js';
import type { Explanation } from './explanation.js';

/** Renders the output of `assay signals` as text. */

export function signalsText(signals: readonly ListedSignal[]): string {
  return `${signals.map(({ id, meaning }) => `${id}\n  ${meaning}`).join('\n')}\n`;
}

export function explainText(
  found: readonly Explanation[],
  books: readonly Rulebook[],
  language: Language,
): string {
  return `${found.map((one) => explanationText(one, books, language)).join('\n\n')}\n`;
}

function explanationText(one: Explanation, books: readonly Rulebook[], language: Language): string {
  const translator = translatorFor(language);
  const head = `${one.code}  (${kindText(one.kind, translator)})`;
  if (one.kind === 'rulebook' || one.kind === 'clause') {
    const { title } = textsOf(one.book, language);
    const notice = englishNotice(one.book, language);
    const edition = translator.translate(editionLine(one.book));
    const beginning = [head, ...[...notice, title, edition].map((line) => `  ${line}`)];
    const rest =
      'rule' in one
        ? [ruleText(one.book, one.rule, language, new Date().toISOString().slice(0, 10))]
        : [
            `  ${one.meaning}`,
            `  ${translator.text('rulebook.clausesBy', { command: `assay rulebooks show ${one.book.id}` })}`,
          ];
    return [...beginning, ...rest].join('\n');
  }
  const { reads = [], clauses = [] } = one;
  const carriers = reads.map((carrier) => message(`carrier.${carrier}`));
  return [
    head,
    `  ${one.meaning}`,
    ...(carriers.length === 0 ? [] : [`  ${translator.text('rulebook.signalIn', { carriers })}`]),
    ...(clauses.length === 0 ? [] : [`  ${translator.text('rulebook.clausesLooking')}`]),
    ...[...new Set(clauses.map(({ rulebook }) => rulebook))].flatMap((id) => [
      `    ${lawName(books, id, language)}`,
      ...clauses
        .filter(({ rulebook }) => rulebook === id)
        .map(({ rule, clause }) => `      ${citedClause(books, id, rule, language) ?? clause}  (${rule})`),
    ]),
  ].join('\n');
}

function lawName(books: readonly Rulebook[], id: string, language: Language): string {
  const book = books.find((one) => one.id === id);
  return book === undefined ? id : textsOf(book, language).title;
}

/** A vocabulary without a name of its own is named by the member that has its codes. */
const kindText = (kind: Explanation['kind'], translator: Translator): string =>
  isMember(kind)
    ? translator.text('rulebook.explain.member', { member: kind })
    : translator.text(`rulebook.explain.${kind}`);

const isMember = (kind: Explanation['kind']): kind is Extract<Explanation['kind'], `${string}.${string}`> =>
  kind.includes('.');

function citedClause(books: readonly Rulebook[], rulebook: string, id: string, language: Language) {
  const book = books.find((one) => one.id === rulebook);
  const rule = book?.rules.find((one) => one.id === id);
  return book && rule && clauseIn(textsOf(book, language), rule);
}
