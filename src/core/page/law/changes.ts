import { listMessage } from '../../../i18n/amounts.js';
import type { Language } from '../../../i18n/languages.js';
import { type Message, message } from '../../../i18n/message.js';
import { type Translator, translatorFor } from '../../../i18n/translator.js';
import type { Period, Rule, Rulebook } from '../../law/rulebook.js';
import type { LawChanges, RuleChange, WatchedChange } from '../../law/rulebook-diff.js';
import { clauseIn, editionMessage, textIn } from '../../law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../law/rulebooks/index.js';
import { jurisdictionName } from '../../law/rulebooks/jurisdictions.js';
import { type LawTexts, textsOf } from '../../law/rulebooks/texts.js';
import { referenceOf } from '../../law/sources.js';

/** One change of law, in words: each row can be quoted alone. */
export interface ChangeRow {
  on: string;
  /** Kind of change, place, law and clause. */
  heading: string;
  /** Title of the clause, its period, whom it binds, what it asks. */
  lines: string[];
  source: { title: string; address?: string };
  /** Language of the law's texts, if it differs from the requested one. */
  language?: Language;
}

/** Returns the changes by day; of a day, clauses come before watched law. */
export function changeRows({ books, changes, watched }: LawChanges, translator: Translator): ChangeRow[] {
  const rows = changes.flatMap((change) => {
    const book = books.find(({ id }) => id === change.rulebook);
    return book === undefined ? [] : [clauseRow(change, book, translator.language)];
  });
  return [...rows, ...watched.map((change) => watchedRow(change, translator))].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  );
}

function clauseRow({ on, change, rule, cohort }: RuleChange, book: Rulebook, language: Language): ChangeRow {
  const texts = textsOf(book, language);
  const { translator } = texts;
  const period = rule.periods.find(
    (one) => one.cohort === cohort && (change === 'begins' ? one.from : one.until) === on,
  );
  const clause = message('rulebook.clause', {
    law: texts.shortMessage,
    clause: message('text.asWritten', { text: clauseIn(texts, rule) }),
  });
  const facts: Message[] = [
    ...(period === undefined ? [] : [periodMessage(period, rule, texts)]),
    ...(rule.voluntary ? [message('rulebook.voluntary')] : []),
    message('rulebook.binds', { roles: rule.binds.map((one) => message(`law.role.${one}`)) }),
  ];
  return {
    on,
    heading: headingOf(
      change,
      book.jurisdiction,
      rule.onlyIf === undefined
        ? clause
        : message('finding.onlyIf', {
            clause,
            conditions: listMessage(rule.onlyIf.map((one) => message(`law.onlyIf.${one}`))),
          }),
      translator,
    ),
    lines: [
      textIn(texts, rule, 'title') ?? '',
      facts.map((one) => translator.translate(one)).join(' · '),
      ...(change === 'begins' ? [textIn(texts, rule, 'asks') ?? ''] : []),
      ...(rule.supersededBy === undefined
        ? []
        : [translator.text('rulebook.replacedBy', { rule: rule.supersededBy })]),
      translator.translate(editionMessage(book.signer, message('text.asWritten', { text: book.edition }))),
    ],
    source: { address: book.instrument.address, ...referenceOf(rule.sources) },
    ...(translator.language === language ? {} : { language: translator.language }),
  };
}

function watchedRow({ on, change, watched }: WatchedChange, reader: Translator): ChangeRow {
  const { jurisdiction, instrument, asks, sources, language: told } = watched;
  const translator = told === undefined ? reader : translatorFor(told);
  return {
    on,
    heading: headingOf(change, jurisdiction, message('text.asWritten', { text: instrument }), translator),
    lines: [translator.text('rulebook.change.watched'), asks],
    source: referenceOf(sources),
    ...(told === undefined ? {} : { language: told }),
  };
}

/** `translator`: that of the law, because a law without texts in the reader's language speaks English. */
const headingOf = (
  change: WatchedChange['change'],
  jurisdiction: string,
  law: Message,
  translator: Translator,
): string =>
  translator.text('rulebook.change.line', {
    change: message(`rulebook.change.${change}`),
    place: message('text.asWritten', { text: jurisdictionName(jurisdiction, loadRulebooks(), translator) }),
    law,
  });

export function periodMessage({ from, until, cohort }: Period, rule: Rule, texts: LawTexts): Message {
  const period =
    until === undefined ? message('rulebook.from', { from }) : message('rulebook.between', { from, until });
  const whom = cohort === undefined ? undefined : texts.message(rule.id, `cohort.${cohort}`);
  return whom === undefined ? period : message('rulebook.cohort', { period, whom });
}
