import type { Location } from '../evidence.js';
import type { Signal } from '../signal.js';
import type { Words } from '../words/words.js';

/** A run of text. Plain: our words. `file`: the file's or an engine's, shown as a quotation. `code`: an identifier of ours. */
export type Run =
  | string
  | { file: string; most?: number }
  | { code: string }
  | { link: string; text: string };
export type Line = readonly Run[];

/** Characters of a file's value inside a row; the details show more. */
const VALUE_CHARACTERS = 120;
const PLACE_CHARACTERS = 160;
const MOST_PLACES = 4;
/** Signals in one row; the details hold all. */
const MOST_SIGNALS = 12;

/** What a signal means, then its value, backing and places in brackets. */
export function signalLine(signal: Signal, words: Words): Line {
  return [`${words.signals[signal.id]} (`, ...signalPlaces(signal, words), ')'];
}

/** The same in short, where the details hold its places. A term of the vocabulary is its own value. */
export function shortSignalLine({ id, backing, value }: Signal, words: Words): Line {
  const isTerm = /\.digitalSourceType\.(?!unrecognised$)/.test(id);
  const said: Run[] = value === undefined || isTerm ? [] : [{ file: value, most: VALUE_CHARACTERS }, '; '];
  return [`${words.signals[id]} (`, ...said, words.backing[backing], ')'];
}

/** A time that could be read is said in our words; any other stays a quotation. */
export function timeRun(stamp: string, words: Words): Run {
  const said = words.time(stamp);
  return said === stamp ? { file: stamp, most: 64 } : said;
}

/** `“value”; not signed: …; in PNG text “tEXt prompt”, byte 123` */
export function signalPlaces(signal: Signal, words: Words, valueCharacters: number = VALUE_CHARACTERS): Line {
  const value: Run[] =
    signal.value === undefined ? [] : [{ file: signal.value, most: valueCharacters }, '; '];
  const places = signal.basis
    .slice(0, MOST_PLACES)
    .flatMap((place): Run[] => ['; ', ...placeRuns(place, words)]);
  const rest = signal.basis.length - MOST_PLACES;
  return [
    ...value,
    words.backing[signal.backing],
    ...places,
    ...(rest > 0 ? [' ', words.phrases.more(rest)] : []),
  ];
}

function placeRuns({ carrier, place, offset }: Location, words: Words): Run[] {
  const runs: Run[] = [
    `${words.phrases.at} ${words.carriers[carrier]} `,
    { file: place, most: PLACE_CHARACTERS },
  ];
  return offset === undefined ? runs : [...runs, `, ${words.phrases.byte(offset)}`];
}

/** At most `most` lines, and a last one that says how many were left out. */
export function bounded<T>(items: readonly T[], most: number, words: Words, show: (item: T) => Line): Line[] {
  const lines = items.slice(0, most).map(show);
  return items.length > most ? [...lines, [words.phrases.more(items.length - most)]] : lines;
}

/** Signals as the notes of one row. */
export function signalNotes(signals: readonly Signal[], words: Words, show = signalLine): Line[] {
  return bounded(signals, MOST_SIGNALS, words, (signal) => show(signal, words));
}
