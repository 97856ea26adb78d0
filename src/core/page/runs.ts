import { timeMessage, writtenTimeMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { Location } from '../media/carrier.js';
import type { Signal, SignalFact, SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { meaningMessage } from '../signals/meaning.js';
import { type BackingContext, backingText } from './backing-words.js';
import { factId, isFactName } from './fact-names.js';
import { fileRemark, isObservedFact } from './file-remarks.js';
import { punctuationFor } from './marks.js';

/**
 * Run of text. A string is our own text. `file`: text from the file or an engine, shown as a quotation. `english`: text
 * of a law that lacks the reader's language (display-text.ts). `code`: an identifier of ours. `jump`: a link within the page.
 */
export type TextRun =
  | string
  | { file: string; most?: number }
  | { english: string }
  | { code: string }
  | { jump: string; text: string }
  | { link: string; text: string };
export type RunLine = readonly TextRun[];

/** Bound on the characters of a file's value inside a row; the details show more. */
const MAX_VALUE_CHARACTERS = 120;
const MAX_LOCATOR_CHARACTERS = 160;
const MAX_LOCATORS = 4;
/** Bound on the signals in one row; the details show all. */
const MAX_SIGNALS = 12;

/** Returns the meaning of a signal as the start of a longer sentence; vocabulary terms are translated too. */
function openMeaning(id: SignalId, translator: Translator): string {
  const meaning = translator.translate(meaningMessage(id));
  const { stop } = punctuationFor(translator);
  const open = meaning.endsWith(stop) ? meaning.slice(0, -stop.length) : meaning;
  const { term } = signalRowOf(id);
  return term === undefined || term === 'unrecognised'
    ? open
    : `${open}${punctuationFor(translator).colon}${translator.text('page.phrase.termMeans', { said: message(`term.sourceType.${term}`) })}`;
}

/** Returns the meaning of a signal, then its value, backing and locators in brackets. */
export function signalLine(signal: Signal, translator: Translator, of?: BackingContext): RunLine {
  const remark = fileRemark(signal, translator);
  if (remark !== undefined) return [remark];
  return [
    `${openMeaning(signal.id, translator)}${punctuationFor(translator).open}`,
    ...signalLocations(signal, translator, { of }),
    punctuationFor(translator).close,
  ];
}

/** Returns the short form, for pages whose details have the locators. A vocabulary term is its own value. */
export function shortSignalLine(signal: Signal, translator: Translator, of?: BackingContext): RunLine {
  const { id } = signal;
  const value = valueRun(signal, translator, MAX_VALUE_CHARACTERS);
  const remark = fileRemark(signal, translator);
  if (remark !== undefined) return [remark];
  if (isObservedFact(signal) && value === undefined) return [openMeaning(id, translator)];
  const { term = 'unrecognised' } = signalRowOf(id);
  const quoted: TextRun[] = value === undefined || term !== 'unrecognised' ? [] : [value];
  const backed = isObservedFact(signal) ? [] : [backingText(signal, translator, of)];
  return [
    `${openMeaning(id, translator)}${punctuationFor(translator).open}`,
    ...quoted,
    ...(quoted.length > 0 && backed.length > 0 ? [punctuationFor(translator).semicolon] : []),
    ...backed,
    punctuationFor(translator).close,
  ];
}

/** Formats a time that could be parsed; any other text remains a quotation. */
export function timeRun(stamp: string, translator: Translator): TextRun {
  const time = timeMessage(stamp);
  return time.id === 'text.asWritten' ? { file: stamp, most: 64 } : translator.translate(time);
}

/** Formats a time as a field of the file states it; any other text remains a quotation. */
export function writtenTimeRun(text: string, translator: Translator): TextRun {
  const time = writtenTimeMessage(text);
  return time === undefined ? { file: text, most: 64 } : translator.translate(time);
}

interface LocationOptions {
  /** Report that contains the signal. */
  of?: BackingContext | undefined;
  valueCharacters?: number;
  toPlace?: (at: Location) => string | undefined;
}

/** Returns `“value”; not signed: …; in PNG text “tEXt prompt”, byte 123`. */
export function signalLocations(
  signal: Signal,
  translator: Translator,
  { of, valueCharacters = MAX_VALUE_CHARACTERS, toPlace = () => undefined }: LocationOptions = {},
): RunLine {
  const { semicolon } = punctuationFor(translator);
  const run = valueRun(signal, translator, valueCharacters);
  const value: TextRun[] = run === undefined ? [] : [run];
  const backed = isObservedFact(signal) ? [] : [backingText(signal, translator, of)];
  const places = signal.basis
    .slice(0, MAX_LOCATORS)
    .flatMap((place): TextRun[] => [semicolon, ...placeRuns(place, translator, toPlace(place))]);
  const rest = signal.basis.length - MAX_LOCATORS;
  const grade =
    signal.grade === undefined ? '' : `${semicolon}${translator.text(`page.grade.${signal.grade}`)}`;
  return [
    ...value,
    ...(value.length > 0 && backed.length > 0 ? [semicolon] : []),
    ...backed,
    grade,
    ...(value.length + backed.length > 0 ? places : places.slice(1)),
    ...(rest > 0 ? [' ', translator.text('page.phrase.more', { count: rest })] : []),
  ];
}

function placeRuns(
  { carrier, locator, offset }: Location,
  translator: Translator,
  jump: string | undefined,
): TextRun[] {
  const where = translator.text(`carrier.${carrier}`);
  const runs: TextRun[] = [
    translator.text('page.phrase.at'),
    jump === undefined ? where : { jump, text: where },
    ' ',
    { file: locator, most: MAX_LOCATOR_CHARACTERS },
  ];
  return offset === undefined
    ? runs
    : [...runs, `${punctuationFor(translator).comma}${translator.text('page.phrase.byte', { offset })}`];
}

/** Returns at most `most` lines, and a last one with the number of those omitted. */
export function limitLines<T>(
  items: readonly T[],
  most: number,
  translator: Translator,
  show: (item: T) => RunLine,
): RunLine[] {
  const lines = items.slice(0, most).map(show);
  return items.length > most
    ? [...lines, [translator.text('page.phrase.more', { count: items.length - most })]]
    : lines;
}

/** Returns signals as the notes of one row, each with the facts parsed from it. */
export function signalNotes(
  signals: readonly Signal[],
  translator: Translator,
  of?: BackingContext,
  show = signalLine,
): RunLine[] {
  return limitLines(signals, MAX_SIGNALS, translator, (signal) => show(signal, translator, of)).flatMap(
    (line, index) => [line, ...factLines(signals[index], translator)],
  );
}

/** Bound on the facts in a row; the details show more. */
const MAX_FACTS = 8;

function factLines(signal: Signal | undefined, translator: Translator): RunLine[] {
  const facts =
    signal === undefined || fileRemark(signal, translator) !== undefined ? [] : (signal.facts ?? []);
  return facts.length === 0 ? [] : [factRuns(facts, translator, MAX_FACTS, MAX_VALUE_CHARACTERS)];
}

/** Returns `model “x”, seed “y”, position [location: masked]`. */
export function factRuns(
  facts: readonly SignalFact[],
  translator: Translator,
  most: number,
  valueCharacters: number,
): TextRun[] {
  const runs = facts.slice(0, most).flatMap((fact, index): TextRun[] => {
    const lead: TextRun[] = [
      index === 0 ? '' : punctuationFor(translator).item,
      nameRun(fact.name, translator),
    ];
    // A value that Assay found out is not shown as a quotation.
    if (fact.messages?.value !== undefined) return [...lead, ' ', translator.translate(fact.messages.value)];
    if (fact.value !== undefined) return [...lead, ' ', { file: fact.value, most: valueCharacters }];
    return fact.personal === undefined
      ? lead
      : [...lead, ` ${translator.text(`page.masked.${fact.personal}`)}`];
  });
  return facts.length > most
    ? [...runs, ` ${translator.text('page.phrase.more', { count: facts.length - most })}`]
    : runs;
}

/** A field of a format keeps the name from its standard. */
function nameRun(name: string, translator: Translator): TextRun {
  return isFactName(name) ? translator.text(factId(name)) : { code: name };
}

/** Returns the file's value, or the message that replaces it. */
export function valueRun(
  { value, messages }: Pick<SignalFact, 'value' | 'messages'>,
  translator: Translator,
  most: number,
): TextRun | undefined {
  const text = messages?.value === undefined ? value : translator.translate(messages.value);
  return text === undefined ? undefined : { file: text, most };
}
