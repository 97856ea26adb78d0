import type { Location } from '../evidence.js';
import type { Signal, SignalFact, SignalId } from '../signal.js';
import { rowOf } from '../signals/index.js';
import { isFactName, OUR_VALUES } from '../words/fact-names.js';
import type { Words } from '../words/words.js';
import { type Backed, backingWords } from './backing-words.js';
import { fileRemark, isObservedFact } from './file-remarks.js';

/** A run of text. Plain: our words. `file`: the file's or an engine's, shown as a quotation. `code`: an identifier of ours. `jump`: to an address of ours within the page. */
export type Run =
  | string
  | { file: string; most?: number }
  | { code: string }
  | { jump: string; text: string }
  | { link: string; text: string };
export type Line = readonly Run[];

/** Characters of a file's value inside a row; the details show more. */
const VALUE_CHARACTERS = 120;
const PLACE_CHARACTERS = 160;
const MOST_PLACES = 4;
/** Signals in one row; the details hold all. */
const MOST_SIGNALS = 12;

/** What a signal means, as a part of a sentence that goes on; a term of the vocabulary is said in words too. */
export function meaningOf(id: SignalId, words: Words): string {
  const said = words.signals[id];
  const open = said.endsWith(words.marks.stop) ? said.slice(0, -words.marks.stop.length) : said;
  const { term } = rowOf(id);
  return term === undefined || term === 'unrecognised'
    ? open
    : `${open}${words.marks.colon}${words.phrases.termMeans(words.sourceTypes[term])}`;
}

/** What a signal means, then its value, backing and places in brackets. */
export function signalLine(signal: Signal, words: Words, of?: Backed): Line {
  const remark = fileRemark(signal, words);
  if (remark !== undefined) return [remark];
  return [
    `${meaningOf(signal.id, words)}${words.marks.open}`,
    ...signalPlaces(signal, words, { of }),
    words.marks.close,
  ];
}

/** The same in short, where the details hold its places. A term of the vocabulary is its own value. */
export function shortSignalLine(signal: Signal, words: Words, of?: Backed): Line {
  const { id, value } = signal;
  const remark = fileRemark(signal, words);
  if (remark !== undefined) return [remark];
  if (isObservedFact(signal) && value === undefined) return [meaningOf(id, words)];
  const { term = 'unrecognised' } = rowOf(id);
  const said: Run[] =
    value === undefined || term !== 'unrecognised' ? [] : [{ file: value, most: VALUE_CHARACTERS }];
  const backed = isObservedFact(signal) ? [] : [backingWords(signal, words, of)];
  return [
    `${meaningOf(id, words)}${words.marks.open}`,
    ...said,
    ...(said.length > 0 && backed.length > 0 ? [words.marks.semicolon] : []),
    ...backed,
    words.marks.close,
  ];
}

/** A time that could be read is said in our words; any other stays a quotation. */
export function timeRun(stamp: string, words: Words): Run {
  const said = words.time(stamp);
  return said === stamp ? { file: stamp, most: 64 } : said;
}

interface PlacesOptions {
  /** The Report that the signal stands in. */
  of?: Backed | undefined;
  valueCharacters?: number;
  toPlace?: (at: Location) => string | undefined;
}

/** `“value”; not signed: …; in PNG text “tEXt prompt”, byte 123` */
export function signalPlaces(
  signal: Signal,
  words: Words,
  { of, valueCharacters = VALUE_CHARACTERS, toPlace = () => undefined }: PlacesOptions = {},
): Line {
  const { semicolon } = words.marks;
  const value: Run[] = signal.value === undefined ? [] : [{ file: signal.value, most: valueCharacters }];
  const backed = isObservedFact(signal) ? [] : [backingWords(signal, words, of)];
  const places = signal.basis
    .slice(0, MOST_PLACES)
    .flatMap((place): Run[] => [semicolon, ...placeRuns(place, words, toPlace(place))]);
  const rest = signal.basis.length - MOST_PLACES;
  const grade = signal.grade === undefined ? '' : `${semicolon}${words.grades[signal.grade]}`;
  return [
    ...value,
    ...(value.length > 0 && backed.length > 0 ? [semicolon] : []),
    ...backed,
    grade,
    ...(value.length + backed.length > 0 ? places : places.slice(1)),
    ...(rest > 0 ? [' ', words.phrases.more(rest)] : []),
  ];
}

function placeRuns({ carrier, place, offset }: Location, words: Words, jump: string | undefined): Run[] {
  const where = words.carriers[carrier];
  const runs: Run[] = [
    words.phrases.at,
    jump === undefined ? where : { jump, text: where },
    ' ',
    { file: place, most: PLACE_CHARACTERS },
  ];
  return offset === undefined ? runs : [...runs, `${words.marks.comma}${words.phrases.byte(offset)}`];
}

/** At most `most` lines, and a last one that says how many were left out. */
export function bounded<T>(items: readonly T[], most: number, words: Words, show: (item: T) => Line): Line[] {
  const lines = items.slice(0, most).map(show);
  return items.length > most ? [...lines, [words.phrases.more(items.length - most)]] : lines;
}

/** Signals as the notes of one row, each with what was parsed there. */
export function signalNotes(
  signals: readonly Signal[],
  words: Words,
  of?: Backed,
  show = signalLine,
): Line[] {
  return bounded(signals, MOST_SIGNALS, words, (signal) => show(signal, words, of)).flatMap((line, index) => [
    line,
    ...factLines(signals[index], words),
  ]);
}

/** Facts in a row, and of each so much; the details show more. */
const MOST_FACTS = 8;

function factLines(signal: Signal | undefined, words: Words): Line[] {
  const facts = signal === undefined || fileRemark(signal, words) !== undefined ? [] : (signal.facts ?? []);
  return facts.length === 0 ? [] : [factRuns(facts, words, MOST_FACTS, VALUE_CHARACTERS)];
}

/** `model “x”, seed “y”, position [location: masked]` */
export function factRuns(
  facts: readonly SignalFact[],
  words: Words,
  most: number,
  valueCharacters: number,
): Run[] {
  const runs = facts.slice(0, most).flatMap((fact, index): Run[] => {
    const lead: Run[] = [index === 0 ? '' : words.marks.item, nameRun(fact.name, words)];
    if (fact.value !== undefined)
      return [...lead, ' ', valueRun(fact.name, fact.value, words, valueCharacters)];
    return fact.personal === undefined ? lead : [...lead, ` ${words.masked[fact.personal]}`];
  });
  return facts.length > most ? [...runs, ` ${words.phrases.more(facts.length - most)}`] : runs;
}

/** A field of a format keeps the name that its standard gives it. */
function nameRun(name: string, words: Words): Run {
  return isFactName(name) ? words.facts[name] : { code: name };
}

/** What we found out is no quotation of the file. */
function valueRun(name: string, value: string, words: Words, most: number): Run {
  return OUR_VALUES.has(name) ? words.ours(value) : { file: value, most };
}
