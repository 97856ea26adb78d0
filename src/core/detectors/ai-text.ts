import { said } from '../../say/said.js';
import { fault } from '../ground/fault.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Party } from '../signals/row.js';
import {
  AI_PHRASES,
  AI_TEXT_FIELD_ROWS,
  AI_WORD,
  type AiTextField,
  GENERATOR_IN_CREDIT,
  GENERATOR_NAME,
  HANDLES_ONLY,
  MAY_NAME_AI,
  type PhraseList,
} from '../signatures/ai-text.js';
import { defineDetector } from './detector.js';
import { TEXT_CARRIERS, type Text, textsOf } from './texts.js';

/**
 * Unsigned text that says AI, in fields where no row of a tool or label was found. It states what stands there and decides
 * no origin: anyone can write a caption.
 */
export const aiText = defineDetector({
  id: 'ai-text',
  needs: TEXT_CARRIERS,
  raises: ['file.aiText'],
  detect(evidence, asset, stopped, before = []) {
    let told: ReadonlySet<string> | undefined;
    const found = new Map<string, Signal>();
    const budget = { places: limits.aiTextPlaces };
    for (const text of textsOf(evidence, asset)) {
      const field = fieldOf(text);
      if (field === undefined) continue;
      if (!MAY_NAME_AI.test(text.text)) continue;
      told ??= placesToldBy(before);
      const says = told.has(placeOf(text)) ? undefined : saidIn(text.text, field, budget);
      if (budget.places < 0) {
        if (text.carrier !== 'file')
          stopped?.(text.carrier, fault('bound.aiTexts', { most: limits.aiTextPlaces }));
        break;
      }
      if (says !== undefined) add(found, says, field, text);
    }
    return [...found.values()];
  },
});

/** Different phrases and fields that are told; more of them say nothing new. */
const MOST_SIGNALS = 8;
const MOST_PLACES = 16;

function add(found: Map<string, Signal>, says: string, field: AiTextField, { location }: Text): void {
  const key = `${field} ${says}`;
  const known = found.get(key);
  if (known !== undefined) {
    if (known.basis.length < MOST_PLACES) known.basis.push(location);
    return;
  }
  if (found.size >= MOST_SIGNALS) return;
  found.set(key, {
    id: 'file.aiText',
    backing: 'unsigned',
    value: says,
    facts: [{ name: 'field', said: { value: said('fact.aiTextField', { field }) } }],
    basis: [location],
  });
}

/** Whoever of these speaks of a place has said what stands there. */
const SPEAKERS: ReadonlySet<Party> = new Set<Party>([
  'generator',
  'gb45438',
  'iptc',
  'iptc-credit',
  'platform-label',
  'proof',
]);

/** Fields that tell together have their places in one, with commas between them. */
const placesToldBy = (signals: readonly Signal[]): ReadonlySet<string> =>
  new Set(
    signals
      .filter(({ id }) => SPEAKERS.has(rowOf(id).by))
      .flatMap(({ basis }) => basis)
      .flatMap(({ carrier, place }) => [place, ...place.split(', ')].map((one) => `${carrier} ${one}`)),
  );

const placeOf = ({ carrier, location }: Text): string => `${carrier} ${location.place}`;

const FIELDS = new Map<Text['carrier'], Map<string, AiTextField | undefined>>();
/** Of a carrier: a file decides what its fields are called. */
const MOST_REMEMBERED = 1_024;

function fieldOf({ carrier, field }: Text): AiTextField | undefined {
  const known = FIELDS.get(carrier) ?? new Map<string, AiTextField | undefined>();
  if (known.size === 0) FIELDS.set(carrier, known);
  if (known.has(field)) return known.get(field);
  const is = AI_TEXT_FIELD_ROWS.find(
    (row) => row.carriers.some((one) => one === carrier) && row.field.test(field),
  )?.is;
  if (known.size < MOST_REMEMBERED) known.set(field, is);
  return is;
}

interface Budget {
  places: number;
}

/** The phrase or name that stands there; undefined where the text says nothing of AI, or denies it. */
function saidIn(written: string, field: AiTextField, budget: Budget): string | undefined {
  const composed = /[^\0-\x7f]/.test(written) ? written.normalize('NFC') : written;
  const text = withoutAccents(composed);
  let end = 0;
  for (const { index } of text.matchAll(AI_WORD)) {
    if (index < end) continue;
    budget.places -= 1;
    if (budget.places < 0) return undefined;
    const sentence = sentenceAt(text, index);
    end = sentence.end;
    const range = nameIn(sentence, field) ?? phraseIn(sentence, field);
    if (range !== undefined) return shown(composed, range);
  }
  return undefined;
}

/** Latin letters lose their accents and keep their places. */
const withoutAccents = (text: string): string =>
  text.replace(/[À-ſ]/g, (letter) => letter.normalize('NFD').charAt(0));

interface Sentence {
  text: string;
  start: number;
  end: number;
  /** What ends it: a question states nothing. */
  asks: boolean;
}

/** Longer ones are prose, and what stands further away is another clause’s matter. */
const MOST_BEFORE = 200;
const MOST_AFTER = 200;
const STOP = /[.!?](?=\s|$)|[。！？；;\n\r\u2028\u2029\0]/g;

function sentenceAt(text: string, index: number): Sentence {
  const from = Math.max(0, index - MOST_BEFORE);
  const head = text.slice(from, index);
  const start = from + lastStop(head);
  const tail = text.slice(index, index + MOST_AFTER);
  const stop = [...tail.matchAll(STOP)].find((one) => !isAbbreviation(tail, one.index));
  const end = index + (stop?.index ?? tail.length);
  return { text: text.slice(start, end), start, end, asks: /[?？]/.test(stop?.[0] ?? '') };
}

function lastStop(head: string): number {
  const stops = [...head.matchAll(STOP)].filter((one) => !isAbbreviation(head, one.index));
  const last = stops.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** The second stop of “A.I.” ends no sentence. */
const isAbbreviation = (text: string, index: number): boolean =>
  /(^|[^\p{L}])[AKI]\.[AI]$/iu.test(text.slice(Math.max(0, index - 4), index));

interface Range {
  start: number;
  end: number;
}

/** A bare name, where the field names a program or whom to credit. */
function nameIn({ text, start }: Sentence, field: AiTextField): Range | undefined {
  if (field !== 'software' && field !== 'credit') return undefined;
  const found = (field === 'software' ? GENERATOR_NAME : GENERATOR_IN_CREDIT).exec(text);
  const says = found?.groups?.['says'];
  if (found === null || says === undefined) return undefined;
  const behind = text.slice(found.index + says.length);
  const denied = AI_PHRASES.some(({ not }) => not.test(text.slice(0, found.index)));
  if (denied || HANDLES_ONLY.test(behind)) return undefined;
  return { start: start + found.index, end: start + found.index + says.length };
}

/** What ends a clause, quotation marks among it: a phrase that is only quoted is no statement. */
const BETWEEN = /[,:=|/()[\]{}<>"“”„«»「」『』《》，：、（）【】•—–\t]|\s[-·]\s/g;
const QUOTES = /["“”„«»「『《]/;
const LABELLED = /^\s{0,4}(yes|true|1|ja|oui|si|sim|是|はい|예)\s{0,4}$/i;
const MOST_CLAUSE = 160;

interface Clause extends Range {
  text: string;
  /** What stands around it within the sentence. */
  before: string;
  behind: string;
}

function clausesOf(sentence: string): Clause[] {
  const clauses: Clause[] = [];
  let at = 0;
  for (const { index, 0: mark } of [...sentence.matchAll(BETWEEN), { index: sentence.length, 0: '' }]) {
    const inside = sentence.slice(at, index);
    const text = inside.replace(/^[\s©®*#~_.+-]+|[\s*#~_+-]+$/gu, '');
    if (text !== '') {
      const start = at + inside.indexOf(text);
      const end = start + text.length;
      clauses.push({ text, start, end, before: sentence.slice(0, at), behind: sentence.slice(index) });
    }
    at = index + mark.length;
  }
  return clauses;
}

function phraseIn(sentence: Sentence, field: AiTextField): Range | undefined {
  if (sentence.asks) return undefined;
  const clauses = clausesOf(sentence.text);
  if (isListOfWords(clauses)) return undefined;
  for (const clause of clauses) {
    if (clause.text.length > MOST_CLAUSE || isQuoted(clause) || isKey(clause)) continue;
    for (const list of AI_PHRASES) {
      const says = phraseOf(list, clause, clauses, field);
      if (says === undefined) continue;
      const start = sentence.start + clause.start + clause.text.indexOf(says);
      return { start, end: start + says.length };
    }
  }
  return undefined;
}

function phraseOf(
  { phrases, not, notBehind }: PhraseList,
  { text, before, behind }: Clause,
  all: readonly Clause[],
  field: AiTextField,
): string | undefined {
  for (const { clause, alone, notInTitle } of phrases) {
    const says = clause.exec(text)?.groups?.['says'];
    if (says === undefined) continue;
    if ((alone && all.length > 1) || (notInTitle && field === 'title')) continue;
    if (not.test(before) || notBehind?.test(behind)) continue;
    return says;
  }
  return undefined;
}

const isQuoted = ({ before, behind }: Clause): boolean =>
  QUOTES.test(before.slice(-2)) && before.trim().length > 1 && /^\s?["“”»」』》]/.test(behind);

/** “AI-generated: no”. */
const isKey = ({ behind }: Clause): boolean => /^[:=：]/.test(behind) && !LABELLED.test(behind.slice(1));

const FEWEST_WORDS_OF_LIST = 4;
const MOST_WORDS_OF_ENTRY = 3;

/** Keywords name subjects. */
const isListOfWords = (clauses: readonly Clause[]): boolean =>
  clauses.length >= FEWEST_WORDS_OF_LIST &&
  clauses.every(({ text }) => text.split(/\s+/).length <= MOST_WORDS_OF_ENTRY);

/** What is told of the file’s words. */
const MOST_CHARACTERS = 32;
const ENDS_WITH_AI = /(?:A\.?I\.?|K\.?I\.?|I\.?A\.?|intelligen(?:ce|z)|artificial|artificielle)$/iu;

/** The end that names AI stays where the phrase is longer. */
function shown(written: string, { start, end }: Range): string {
  const says = written.slice(start, end);
  if (says.length <= MOST_CHARACTERS) return says;
  return ENDS_WITH_AI.test(says)
    ? `…${says.slice(-(MOST_CHARACTERS - 1)).replace(/^\S*\s/, '')}`
    : cut(says, MOST_CHARACTERS);
}
