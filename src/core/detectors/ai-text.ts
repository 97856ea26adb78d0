import { fault } from '../../base/fault.js';
import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { message } from '../../i18n/message.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import type { StatementMaker } from '../signals/row.js';
import {
  AI_PHRASES,
  AI_TEXT_FIELD_ROWS,
  AI_WORD_POSITIONS,
  AI_WORD_PRECHECK,
  type AiTextField,
  GENERATOR_IN_CREDIT,
  GENERATOR_NAME,
  HANDLING_SUFFIX,
  type PhraseList,
} from '../signatures/ai-text.js';
import { defineDetector } from './detector.js';
import { collectTexts, type FileText, TEXT_CARRIERS } from './texts.js';

/**
 * Detects unsigned text that mentions AI in fields where no tool or label signature matched. The signal quotes the text
 * and decides no origin, because anyone can write a caption.
 */
export const aiText = defineDetector({
  id: 'ai-text',
  needs: TEXT_CARRIERS,
  raises: ['file.aiText'],
  detect(evidence, asset, stopped, before = []) {
    let told: ReadonlySet<string> | undefined;
    const found = new Map<string, Signal>();
    const budget = { places: limits.aiTextPositions };
    for (const text of collectTexts(evidence, asset)) {
      const field = fieldOf(text);
      if (field === undefined) continue;
      if (!AI_WORD_PRECHECK.test(text.text)) continue;
      told ??= locatorsExplainedBy(before);
      const says = told.has(locatorKeyOf(text)) ? undefined : findAiText(text.text, field, budget);
      if (budget.places < 0) {
        if (text.carrier !== 'file')
          stopped?.(text.carrier, fault('bound.aiTexts', { most: limits.aiTextPositions }));
        break;
      }
      if (says !== undefined) add(found, says, field, text);
    }
    return [...found.values()];
  },
});

/** Bounds on the distinct phrases reported and on the locators per phrase; further ones add no information. */
const MAX_SIGNALS = 8;
const MAX_LOCATORS = 16;

function add(found: Map<string, Signal>, says: string, field: AiTextField, { location }: FileText): void {
  const key = `${field} ${says}`;
  const known = found.get(key);
  if (known !== undefined) {
    if (known.basis.length < MAX_LOCATORS) known.basis.push(location);
    return;
  }
  if (found.size >= MAX_SIGNALS) return;
  found.set(key, {
    id: 'file.aiText',
    backing: 'unsigned',
    value: says,
    facts: [{ name: 'field', messages: { value: message('fact.aiTextField', { field }) } }],
    basis: [location],
  });
}

/** Statement makers whose signals already account for a field; this detector does not report such a field again. */
const EXPLAINING_MAKERS: ReadonlySet<StatementMaker> = new Set<StatementMaker>([
  'generator',
  'gb45438',
  'iptc',
  'iptc-credit',
  'platform-label',
  'proof',
]);

/** A signal that covers several fields joins their locators with commas, so each part is added on its own. */
const locatorsExplainedBy = (signals: readonly Signal[]): ReadonlySet<string> =>
  new Set(
    signals
      .filter(({ id }) => EXPLAINING_MAKERS.has(signalRowOf(id).maker))
      .flatMap(({ basis }) => basis)
      .flatMap(({ carrier, locator }) => [locator, ...locator.split(', ')].map((one) => `${carrier} ${one}`)),
  );

const locatorKeyOf = ({ carrier, location }: FileText): string => `${carrier} ${location.locator}`;

const FIELDS = new Map<FileText['carrier'], Map<string, AiTextField | undefined>>();
/** Bound per carrier, because a file chooses the names of its fields. */
const MAX_CACHED_FIELDS = 1_024;

function fieldOf({ carrier, field }: FileText): AiTextField | undefined {
  const known = FIELDS.get(carrier) ?? new Map<string, AiTextField | undefined>();
  if (known.size === 0) FIELDS.set(carrier, known);
  if (known.has(field)) return known.get(field);
  const is = AI_TEXT_FIELD_ROWS.find(
    (row) => row.carriers.some((one) => one === carrier) && row.field.test(field),
  )?.is;
  if (known.size < MAX_CACHED_FIELDS) known.set(field, is);
  return is;
}

interface Budget {
  places: number;
}

/** Returns the phrase or name found; `undefined` if the text does not mention AI or denies it. */
function findAiText(written: string, field: AiTextField, budget: Budget): string | undefined {
  const composed = /[^\0-\x7f]/.test(written) ? written.normalize('NFC') : written;
  const text = stripAccents(composed);
  let end = 0;
  for (const { index } of text.matchAll(AI_WORD_POSITIONS)) {
    if (index < end) continue;
    budget.places -= 1;
    if (budget.places < 0) return undefined;
    const sentence = sentenceAt(text, index);
    end = sentence.end;
    const range = nameIn(sentence, field) ?? phraseIn(sentence, field);
    if (range !== undefined) return shorten(composed, range);
  }
  return undefined;
}

/** Strips accents from Latin letters without changing the length of the text. */
const stripAccents = (text: string): string =>
  text.replace(/[À-ſ]/g, (letter) => letter.normalize('NFD').charAt(0));

interface Sentence {
  text: string;
  start: number;
  end: number;
  /** True if the sentence ends with a question mark: a question states nothing. */
  isQuestion: boolean;
}

/**
 * Characters examined on each side of the word. Longer sentences are prose, and text further away belongs to another
 * clause.
 */
const MAX_BEFORE = 200;
const MAX_AFTER = 200;
const STOP = /[.!?](?=\s|$)|[。！？；;\n\r\u2028\u2029\0]/g;

function sentenceAt(text: string, index: number): Sentence {
  const from = Math.max(0, index - MAX_BEFORE);
  const head = text.slice(from, index);
  const start = from + lastStop(head);
  const tail = text.slice(index, index + MAX_AFTER);
  const stop = [...tail.matchAll(STOP)].find((one) => !isAbbreviation(tail, one.index));
  const end = index + (stop?.index ?? tail.length);
  return { text: text.slice(start, end), start, end, isQuestion: /[?？]/.test(stop?.[0] ?? '') };
}

function lastStop(head: string): number {
  const stops = [...head.matchAll(STOP)].filter((one) => !isAbbreviation(head, one.index));
  const last = stops.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** True after “A.I.”, whose second full stop does not end a sentence. */
const isAbbreviation = (text: string, index: number): boolean =>
  /(^|[^\p{L}])[AKI]\.[AI]$/iu.test(text.slice(Math.max(0, index - 4), index));

interface Range {
  start: number;
  end: number;
}

/** Finds a bare generator name, but only in fields that name a program or give credit. */
function nameIn({ text, start }: Sentence, field: AiTextField): Range | undefined {
  if (field !== 'software' && field !== 'credit') return undefined;
  const found = (field === 'software' ? GENERATOR_NAME : GENERATOR_IN_CREDIT).exec(text);
  const says = found?.groups?.['says'];
  if (found === null || says === undefined) return undefined;
  const behind = text.slice(found.index + says.length);
  const denied = AI_PHRASES.some(({ cancelledBefore: not }) => not.test(text.slice(0, found.index)));
  if (denied || HANDLING_SUFFIX.test(behind)) return undefined;
  return { start: start + found.index, end: start + found.index + says.length };
}

/** Clause delimiters. They include quotation marks, because a phrase that is only quoted is no statement. */
const BETWEEN = /[,:=|/()[\]{}<>"“”„«»「」『』《》，：、（）【】•—–\t]|\s[-·]\s/g;
const QUOTES = /["“”„«»「『《]/;
const LABELLED = /^\s{0,4}(yes|true|1|ja|oui|si|sim|是|はい|예)\s{0,4}$/i;
const MAX_CLAUSE = 160;

interface Clause extends Range {
  text: string;
  /** Text around the clause within its sentence. */
  before: string;
  after: string;
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
      clauses.push({ text, start, end, before: sentence.slice(0, at), after: sentence.slice(index) });
    }
    at = index + mark.length;
  }
  return clauses;
}

function phraseIn(sentence: Sentence, field: AiTextField): Range | undefined {
  if (sentence.isQuestion) return undefined;
  const clauses = clausesOf(sentence.text);
  if (isListOfWords(clauses)) return undefined;
  for (const clause of clauses) {
    if (clause.text.length > MAX_CLAUSE || isQuoted(clause) || isKey(clause)) continue;
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
  { phrases, cancelledBefore: not, cancelledBehind: notBehind }: PhraseList,
  { text, before, after: behind }: Clause,
  all: readonly Clause[],
  field: AiTextField,
): string | undefined {
  for (const { isClause: clause, mustBeAlone: alone, isIgnoredInTitle: notInTitle } of phrases) {
    const says = clause.exec(text)?.groups?.['says'];
    if (says === undefined) continue;
    if ((alone && all.length > 1) || (notInTitle && field === 'title')) continue;
    if (not.test(before) || notBehind?.test(behind)) continue;
    return says;
  }
  return undefined;
}

const isQuoted = ({ before, after: behind }: Clause): boolean =>
  QUOTES.test(before.slice(-2)) && before.trim().length > 1 && /^\s?["“”»」』》]/.test(behind);

/** Recognises a key whose value denies it, such as “AI-generated: no”. */
const isKey = ({ after: behind }: Clause): boolean =>
  /^[:=：]/.test(behind) && !LABELLED.test(behind.slice(1));

const MIN_WORDS_OF_LIST = 4;
const MAX_WORDS_OF_ENTRY = 3;

/** True for keyword lists, whose entries name subjects and state nothing. */
const isListOfWords = (clauses: readonly Clause[]): boolean =>
  clauses.length >= MIN_WORDS_OF_LIST &&
  clauses.every(({ text }) => text.split(/\s+/).length <= MAX_WORDS_OF_ENTRY);

/** Maximum number of the file’s characters quoted. */
const MAX_CHARACTERS = 32;
const ENDS_WITH_AI = /(?:A\.?I\.?|K\.?I\.?|I\.?A\.?|intelligen(?:ce|z)|artificial|artificielle)$/iu;

/** Shortens a long phrase; if its end names AI, the end is kept. */
function shorten(written: string, { start, end }: Range): string {
  const says = written.slice(start, end);
  if (says.length <= MAX_CHARACTERS) return says;
  return ENDS_WITH_AI.test(says)
    ? `…${says.slice(-(MAX_CHARACTERS - 1)).replace(/^\S*\s/, '')}`
    : truncate(says, MAX_CHARACTERS);
}
