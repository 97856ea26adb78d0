import { existsSync, readFileSync } from 'node:fs';
import { textIn } from '../../../say/catalogue.js';
import type { Language } from '../../../say/languages.js';
import type { MessageId, Params, Said } from '../../../say/said.js';
import { formatsFrom, formatsOf, type Speech, speechBy } from '../../../say/speech.js';
import type { Outcome } from '../../report/finding-schema.js';
import type { Rulebook } from '../rulebook.js';
import { checkTexts, type Texts } from './check-texts.js';
import { type InForce, lawWith } from './index.js';

/** The words of a law, from the file that its folder has for a language: text id → ICU MessageFormat. */

/** What a rule has words for: its text ids are `<rule>.<what>`. `clause` only where a language cites it in another way. */
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
  /** Of the law's own words and of ours around them. English where the law has none in the language asked for. */
  speech: Speech;
  title: string;
  /** How sentences begin that speak of it. */
  shortSaid: Said;
  about: string;
  /** Where it is from; left out where its code is that of a country. */
  jurisdiction?: string;
  /** A text as it is written, with its places; undefined where the law has none. */
  written(rule: string, what: RuleText): string | undefined;
  /** The same, to be said by `speech`. */
  said(rule: string, what: RuleText, params?: Params): Said | undefined;
}

const known = new WeakMap<object, Map<string, LawTexts>>();

/** Read, and checked, when something of the law is first said in the language. Law that nobody holds any more is forgotten. */
export function textsOf(book: Rulebook, language: Language): LawTexts {
  const law = lawWith(book);
  let ofLaw = known.get(law);
  if (ofLaw === undefined) {
    ofLaw = new Map();
    known.set(law, ofLaw);
  }
  const key = `${book.id} ${language}`;
  const before = ofLaw.get(key);
  if (before !== undefined) return before;
  const made = hasTexts(book, language)
    ? textsFrom(language, read(book.id, language, law))
    : textsOf(book, 'en');
  ofLaw.set(key, made);
  return made;
}

export const hasTexts = (book: Rulebook, language: Language): boolean =>
  language === 'en' || existsSync(fileOf(book.id, language, lawWith(book)));

const fileOf = (id: string, language: Language, { folder }: InForce): URL =>
  new URL(`${id}/texts.${language}.json`, folder);

/** Tells a law's own texts from those of the catalogue. */
const OWN = 'law:';

/** The same of texts that are given. */
export function textsFrom(language: Language, own: Texts): LawTexts {
  const { title = '', about = '', jurisdiction } = own;
  const textOf = (id: string) => (id.startsWith(OWN) ? own[id.slice(OWN.length)] : textIn(language, id));
  const [ours, laws] = [formatsOf(language), formatsFrom(language, textOf)];
  return {
    speech: speechBy(language, textOf, (id) => (id.startsWith(OWN) ? laws(id) : ours(id))),
    title,
    // The catalogue's types do not know the ids of laws; these are there.
    shortSaid: { id: `${OWN}short` as MessageId },
    about,
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    written: (rule, what) => own[`${rule}.${what}`],
    said: (rule, what, params) => {
      const id = `${rule}.${what}`;
      if (own[id] === undefined) return undefined;
      return { id: `${OWN}${id}` as MessageId, ...(params === undefined ? {} : { params }) };
    },
  };
}

function read(id: string, language: Language, law: InForce): Texts {
  // What is asked about may be a part of it; its words are checked against all of it.
  const book = law.laws.get(id);
  if (book instanceof Error) throw book;
  if (book === undefined) throw new Error(`rulebook ${id}: it is not there`);
  const value: unknown = JSON.parse(readFileSync(fileOf(id, language, law), 'utf8'));
  const file = `${id}/texts.${language}.json`;
  return checkTexts(value, book, file, language === 'en' ? undefined : read(id, 'en', law));
}
