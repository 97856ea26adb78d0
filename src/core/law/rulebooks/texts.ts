import { existsSync, readFileSync } from 'node:fs';
import { catalogueText } from '../../../i18n/catalogue.js';
import type { Language } from '../../../i18n/languages.js';
import type { Message, MessageId, Params } from '../../../i18n/message.js';
import {
  createFormatters,
  createTranslator,
  formattersFor,
  type Translator,
} from '../../../i18n/translator.js';
import type { Outcome } from '../../report/finding-schema.js';
import type { Rulebook } from '../rulebook.js';
import { checkTexts, type Texts } from './check-texts.js';
import { type LawSet, lawSetOf } from './index.js';

/** Texts of a law, from the file of a language in its folder: text id → ICU MessageFormat. */

/** Texts of a rule; their ids are `<rule>.<name>`. `clause` exists only if the language cites clauses differently. */
export type RuleText =
  | 'title'
  | 'asks'
  | 'note'
  | 'clause'
  | `statement.${Outcome}`
  | `part.${string}`
  | `cohort.${string}`
  | `exception.${string}`;

export interface LawTexts {
  /**
   * Translator for the law's texts and the catalogue's. It falls back to English if the law lacks the requested
   * language.
   */
  translator: Translator;
  title: string;
  /** Name with which sentences about the law begin. */
  shortMessage: Message;
  about: string;
  /** Name of the jurisdiction; absent if its code is that of a country. */
  jurisdiction?: string;
  /** Returns a text as written, with its placeholders; `undefined` if the law has none. */
  template(rule: string, what: RuleText): string | undefined;
  /** Returns the text as a message for `translator`. */
  message(rule: string, what: RuleText, params?: Params): Message | undefined;
}

const textsCache = new WeakMap<object, Map<string, LawTexts>>();

/** Returns a law's texts, which are read and checked on first use in a language and released together with the law. */
export function textsOf(book: Rulebook, language: Language): LawTexts {
  const law = lawSetOf(book);
  let ofLaw = textsCache.get(law);
  if (ofLaw === undefined) {
    ofLaw = new Map();
    textsCache.set(law, ofLaw);
  }
  const key = `${book.id} ${language}`;
  const before = ofLaw.get(key);
  if (before !== undefined) return before;
  const made = hasTexts(book, language)
    ? textsFrom(language, readTextFile(book.id, language, law))
    : textsOf(book, 'en');
  ofLaw.set(key, made);
  return made;
}

export const hasTexts = (book: Rulebook, language: Language): boolean =>
  language === 'en' || existsSync(fileOf(book.id, language, lawSetOf(book)));

function fileOf(id: string, language: Language, { laws }: LawSet): URL {
  const book = laws.get(id);
  const folder = book instanceof Error ? undefined : book?.folder;
  return new URL(`${id}/texts.${language}.json`, folder ?? import.meta.url);
}

/** Prefix that distinguishes a law's own texts from those of the catalogue. */
const LAW_PREFIX = 'law:';

/** Builds the texts of a law from the given ones. */
export function textsFrom(language: Language, own: Texts): LawTexts {
  const { title = '', about = '', jurisdiction } = own;
  const textOf = (id: string) =>
    id.startsWith(LAW_PREFIX) ? own[id.slice(LAW_PREFIX.length)] : catalogueText(language, id);
  const [ours, laws] = [formattersFor(language), createFormatters(language, textOf)];
  return {
    translator: createTranslator(language, textOf, (id) => (id.startsWith(LAW_PREFIX) ? laws(id) : ours(id))),
    title,
    // Cast because the catalogue's types do not include the ids of laws.
    shortMessage: { id: `${LAW_PREFIX}short` as MessageId },
    about,
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    template: (rule, what) => own[`${rule}.${what}`],
    message: (rule, what, params) => {
      const id = `${rule}.${what}`;
      if (own[id] === undefined) return undefined;
      return { id: `${LAW_PREFIX}${id}` as MessageId, ...(params === undefined ? {} : { params }) };
    },
  };
}

function readTextFile(id: string, language: Language, law: LawSet): Texts {
  // The given rulebook may be only a part, so its texts are checked against the whole one.
  const book = law.laws.get(id);
  if (book instanceof Error) throw book;
  if (book === undefined) throw new Error(`rulebook ${id}: it is not there`);
  const value: unknown = JSON.parse(readFileSync(fileOf(id, language, law), 'utf8'));
  const file = `${id}/texts.${language}.json`;
  return checkTexts(value, book, file, language === 'en' ? undefined : readTextFile(id, 'en', law));
}
