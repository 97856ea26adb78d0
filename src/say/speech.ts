import type { MessageId, Messages, Param, Params, Said } from '../catalogues/messages.js';
import { type Catalogue, parsedIn, textIn } from './catalogue.js';
import { joined, marked } from './joints.js';
import type { Language } from './languages.js';
import { isPlain, messageFormat, type ParsedText, PLACE, placesIn, placesOf } from './places.js';

/** One language's way to say what is to be said. Pure: the same `Said` gives the same words. */
export interface Speech {
  language: Language;
  /** `rtl` for scripts that run from right to left. */
  direction: 'ltr' | 'rtl';
  /** What the language calls itself. */
  name: string;
  say(said: Said): string;
  /** Whether it has words for it, and all that goes into them is given. */
  canSay(said: Said): boolean;
  /** The same of an id and its params, for words that stand in no Report: headings, buttons, help. */
  words<K extends MessageId>(id: K, ...params: keyof Messages[K] extends never ? [] : [Messages[K]]): string;
}

const speeches = new Map<Language, Speech>();

/** The speech of a language, made once; its catalogue is read when something is first said in it. */
export function speechOf(language: Language): Speech {
  const known = speeches.get(language);
  if (known !== undefined) return known;
  const made = speechBy(language, (id) => textIn(language, id), formatsOf(language));
  speeches.set(language, made);
  return made;
}

const known = new Map<Language, FormatOf>();

/** The texts of a language’s catalogue as they are read, for all that speak it. */
export function formatsOf(language: Language): FormatOf {
  const before = known.get(language);
  if (before !== undefined) return before;
  const made = formatsFrom(
    language,
    (id) => textIn(language, id),
    (id) => parsedIn(language, id),
  );
  known.set(language, made);
  return made;
}

/** The same from a catalogue that is given: what tests make a language of their own with. */
export const speechFrom = (language: Language, catalogue: () => Catalogue): Speech =>
  speechBy(language, (id) => catalogue()[id]);

type TextOf = (id: string) => string | undefined;
type FormatOf = (id: string) => Formatter;

/** Texts as they are read once, each when it is first said; `parsedOf` knows what the build has parsed already. */
export function formatsFrom(
  language: Language,
  textOf: TextOf,
  parsedOf: (id: string) => ParsedText | undefined = () => undefined,
): FormatOf {
  const formats = new Map<string, Formatter>();
  return (id) => {
    const text = textOf(id);
    // Ids that nobody knows come from others, without end.
    if (text === undefined) return UNKNOWN;
    let format = formats.get(id);
    if (format === undefined) {
      format = formatterOf(text, textOf('language.tag') ?? language, parsedOf(id));
      formats.set(id, format);
    }
    return format;
  };
}

/** The same from whatever knows the text of an id. */
export function speechBy(
  language: Language,
  textOf: TextOf,
  formatOf: FormatOf = formatsFrom(language, textOf),
): Speech {
  // Texts into which nothing goes are the same each time, and most of what is said of a law is such a one.
  const whole = new Map<string, string>();
  const formatted = (id: string, params: Params | undefined): string => {
    const known = params === undefined ? whole.get(id) : undefined;
    if (known !== undefined) return known;
    const there = textOf(id) !== undefined;
    const values = there ? valuesOf(params ?? {}) : { id: bounded(id) };
    const text = joined(formatOf(id).said(values), textOf('language.spacing') === 'between-scripts');
    // Ids that nobody knows come from others, without end.
    if (there && params === undefined) whole.set(id, text);
    return text;
  };
  const text = (param: Param): string | number => {
    if (typeof param === 'string') return marked(bounded(param));
    if (typeof param === 'number') return param;
    if ('id' in param)
      return marked(formatted(param.id, param.params), SENTENCE.test(textOf(param.id) ?? ''));
    return param.map((one) => text(one)).join(textOf('list.separator') ?? ', ');
  };
  const format = (usual: string): string | undefined => {
    const [, words = usual, code] = WITH_CODE.exec(usual) ?? [];
    const id = `format.${words.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    if (textOf(id) === undefined || formatOf(id).places.includes('code') !== (code !== undefined))
      return undefined;
    return marked(formatted(id, code === undefined ? undefined : { code }));
  };
  const valuesOf = (params: Params): Values =>
    Object.fromEntries(
      Object.entries(params).map(([name, param]) => [
        name,
        (name === 'format' && typeof param === 'string' ? format(param) : undefined) ?? text(param),
      ]),
    );
  return {
    language,
    get direction() {
      return textOf('language.direction') === 'rtl' ? 'rtl' : 'ltr';
    },
    get name() {
      return textOf('language.name') ?? language;
    },
    say: ({ id, params }) => formatted(id, params),
    canSay: ({ id, params = {} }) =>
      textOf(id) !== undefined && formatOf(id).places.every((name) => Object.hasOwn(params, name)),
    words: (id, ...[params]) => formatted(id, params as Params | undefined),
  };
}

/**
 * A place called `format` is given the usual name of a format, as Reports have it: English, often with a code in brackets.
 * Where there are words in it, the catalogues say them (`format.…`, by the name without its code); all else stands as it is.
 */
const WITH_CODE = /^(.{1,60}) \(([^()]{1,40})\)$/;

type Values = Record<string, string | number>;
interface Formatter {
  said(values: Values): string;
  places: readonly string[];
}

const UNKNOWN: Formatter = { said: ({ id }) => `‹${id}›`, places: ['id'] };

/** A text that is a whole sentence, in each of its choices. */
const SENTENCE = /[.。]\}*$/;
/** Places that choose between words: what they are given is compared. */
const CHOICE = /\{([a-zA-Z]+),\s*select/g;

function formatterOf(text: string, tag: string, parsed: ParsedText | undefined): Formatter {
  if (isPlain(text))
    return {
      said: (values) => text.replace(PLACE, (_, name: string) => String(values[name] ?? `{${name}}`)),
      places: placesIn(text),
    };
  const format = messageFormat(parsed ?? text, tag);
  const places = placesOf(format);
  const choices = [...text.matchAll(CHOICE)].map(([, name = '']) => name);
  // What was kept, or what a reading process sends, may lack what a place needs: then the last choice is taken.
  const nothing = Object.fromEntries(places.map((name) => [name, '']));
  return {
    said(values) {
      const chosen = choices.map((name) => [name, joined(String(values[name] ?? ''), false)]);
      return String(format.format({ ...nothing, ...values, ...Object.fromEntries(chosen) }));
    },
    places,
  };
}

/** What a file or a program says stands in one line, and cannot be longer than a line. */
const MOST_CHARACTERS = 400;
function bounded(text: string): string {
  // Half a pair stands for a byte of a path that is no text: that it is there is to be seen.
  const clean = text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS - 1)}…` : clean;
}
