import { timeSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { meaningOf } from '../signals/meaning.js';
import { type Backed, backingWords } from './backing-words.js';
import { factId, isFactName } from './fact-names.js';
import { fileRemark, isObservedFact } from './file-remarks.js';
import { marksOf } from './marks.js';

/** A run of text. Plain: our words. `file`: the file's or an engine's, shown as a quotation. `english`: ours, kept by an earlier version (kept-text.ts). `code`: an identifier of ours. `jump`: to an address of ours within the page. */
export type Run =
  | string
  | { file: string; most?: number }
  | { english: string }
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
function openMeaning(id: SignalId, speech: Speech): string {
  const meaning = speech.say(meaningOf(id));
  const { stop } = marksOf(speech);
  const open = meaning.endsWith(stop) ? meaning.slice(0, -stop.length) : meaning;
  const { term } = rowOf(id);
  return term === undefined || term === 'unrecognised'
    ? open
    : `${open}${marksOf(speech).colon}${speech.words('page.phrase.termMeans', { said: said(`term.sourceType.${term}`) })}`;
}

/** What a signal means, then its value, backing and places in brackets. */
export function signalLine(signal: Signal, speech: Speech, of?: Backed): Line {
  const remark = fileRemark(signal, speech);
  if (remark !== undefined) return [remark];
  return [
    `${openMeaning(signal.id, speech)}${marksOf(speech).open}`,
    ...signalPlaces(signal, speech, { of }),
    marksOf(speech).close,
  ];
}

/** The same in short, where the details hold its places. A term of the vocabulary is its own value. */
export function shortSignalLine(signal: Signal, speech: Speech, of?: Backed): Line {
  const { id } = signal;
  const value = valueRun(signal, speech, VALUE_CHARACTERS);
  const remark = fileRemark(signal, speech);
  if (remark !== undefined) return [remark];
  if (isObservedFact(signal) && value === undefined) return [openMeaning(id, speech)];
  const { term = 'unrecognised' } = rowOf(id);
  const quoted: Run[] = value === undefined || term !== 'unrecognised' ? [] : [value];
  const backed = isObservedFact(signal) ? [] : [backingWords(signal, speech, of)];
  return [
    `${openMeaning(id, speech)}${marksOf(speech).open}`,
    ...quoted,
    ...(quoted.length > 0 && backed.length > 0 ? [marksOf(speech).semicolon] : []),
    ...backed,
    marksOf(speech).close,
  ];
}

/** A time that could be read is said in our words; any other stays a quotation. */
export function timeRun(stamp: string, speech: Speech): Run {
  const time = timeSaid(stamp);
  return time.id === 'text.asWritten' ? { file: stamp, most: 64 } : speech.say(time);
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
  speech: Speech,
  { of, valueCharacters = VALUE_CHARACTERS, toPlace = () => undefined }: PlacesOptions = {},
): Line {
  const { semicolon } = marksOf(speech);
  const run = valueRun(signal, speech, valueCharacters);
  const value: Run[] = run === undefined ? [] : [run];
  const backed = isObservedFact(signal) ? [] : [backingWords(signal, speech, of)];
  const places = signal.basis
    .slice(0, MOST_PLACES)
    .flatMap((place): Run[] => [semicolon, ...placeRuns(place, speech, toPlace(place))]);
  const rest = signal.basis.length - MOST_PLACES;
  const grade = signal.grade === undefined ? '' : `${semicolon}${speech.words(`page.grade.${signal.grade}`)}`;
  return [
    ...value,
    ...(value.length > 0 && backed.length > 0 ? [semicolon] : []),
    ...backed,
    grade,
    ...(value.length + backed.length > 0 ? places : places.slice(1)),
    ...(rest > 0 ? [' ', speech.words('page.phrase.more', { count: rest })] : []),
  ];
}

function placeRuns({ carrier, place, offset }: Location, speech: Speech, jump: string | undefined): Run[] {
  const where = speech.words(`carrier.${carrier}`);
  const runs: Run[] = [
    speech.words('page.phrase.at'),
    jump === undefined ? where : { jump, text: where },
    ' ',
    { file: place, most: PLACE_CHARACTERS },
  ];
  return offset === undefined
    ? runs
    : [...runs, `${marksOf(speech).comma}${speech.words('page.phrase.byte', { offset })}`];
}

/** At most `most` lines, and a last one that says how many were left out. */
export function bounded<T>(
  items: readonly T[],
  most: number,
  speech: Speech,
  show: (item: T) => Line,
): Line[] {
  const lines = items.slice(0, most).map(show);
  return items.length > most
    ? [...lines, [speech.words('page.phrase.more', { count: items.length - most })]]
    : lines;
}

/** Signals as the notes of one row, each with what was parsed there. */
export function signalNotes(
  signals: readonly Signal[],
  speech: Speech,
  of?: Backed,
  show = signalLine,
): Line[] {
  return bounded(signals, MOST_SIGNALS, speech, (signal) => show(signal, speech, of)).flatMap(
    (line, index) => [line, ...factLines(signals[index], speech)],
  );
}

/** Facts in a row, and of each so much; the details show more. */
const MOST_FACTS = 8;

function factLines(signal: Signal | undefined, speech: Speech): Line[] {
  const facts = signal === undefined || fileRemark(signal, speech) !== undefined ? [] : (signal.facts ?? []);
  return facts.length === 0 ? [] : [factRuns(facts, speech, MOST_FACTS, VALUE_CHARACTERS)];
}

/** `model “x”, seed “y”, position [location: masked]` */
export function factRuns(
  facts: readonly SignalFact[],
  speech: Speech,
  most: number,
  valueCharacters: number,
): Run[] {
  const runs = facts.slice(0, most).flatMap((fact, index): Run[] => {
    const lead: Run[] = [index === 0 ? '' : marksOf(speech).item, nameRun(fact.name, speech)];
    // What we found out is no quotation of the file.
    if (fact.said?.value !== undefined) return [...lead, ' ', speech.say(fact.said.value)];
    if (fact.value !== undefined) return [...lead, ' ', { file: fact.value, most: valueCharacters }];
    return fact.personal === undefined ? lead : [...lead, ` ${speech.words(`page.masked.${fact.personal}`)}`];
  });
  return facts.length > most
    ? [...runs, ` ${speech.words('page.phrase.more', { count: facts.length - most })}`]
    : runs;
}

/** A field of a format keeps the name that its standard gives it. */
function nameRun(name: string, speech: Speech): Run {
  return isFactName(name) ? speech.words(factId(name)) : { code: name };
}

/** What the file says, or in its place what we found out of it. */
export function valueRun(
  { value, said }: Pick<SignalFact, 'value' | 'said'>,
  speech: Speech,
  most: number,
): Run | undefined {
  const text = said?.value === undefined ? value : speech.say(said.value);
  return text === undefined ? undefined : { file: text, most };
}
