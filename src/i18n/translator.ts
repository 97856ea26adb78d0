import { type Catalogue, catalogueText, parsedText } from './catalogue.js';
import type { Message, MessageId, Messages, Param, Params } from './catalogues/messages.js';
import { joinMarked, markValue } from './joining.js';
import type { Language } from './languages.js';
import {
  createMessageFormat,
  isPlainText,
  type ParsedText,
  PLACEHOLDER,
  placeholdersIn,
  placeholdersOf,
} from './placeholders.js';

/** Translates messages into one language. Pure: equal messages yield equal texts. */
export interface Translator {
  language: Language;
  /** `rtl` for scripts written from right to left. */
  direction: 'ltr' | 'rtl';
  /** Name of the language in itself. */
  name: string;
  translate(userMessage: Message): string;
  /** Returns whether the language has a text for the message and all its parameters are given. */
  canTranslate(userMessage: Message): boolean;
  /** Translates an id with its parameters, for texts outside of Reports: headings, buttons, help. */
  text<K extends MessageId>(id: K, ...params: keyof Messages[K] extends never ? [] : [Messages[K]]): string;
}

const translators = new Map<Language, Translator>();

/** Returns the cached translator of a language. Its catalogue is read on first use. */
export function translatorFor(language: Language): Translator {
  const known = translators.get(language);
  if (known !== undefined) return known;
  const made = createTranslator(language, (id) => catalogueText(language, id), formattersFor(language));
  translators.set(language, made);
  return made;
}

const formatterCache = new Map<Language, FormatterLookup>();

/** Returns the shared formatters of a language's catalogue. */
export function formattersFor(language: Language): FormatterLookup {
  const before = formatterCache.get(language);
  if (before !== undefined) return before;
  const made = createFormatters(
    language,
    (id) => catalogueText(language, id),
    (id) => parsedText(language, id),
  );
  formatterCache.set(language, made);
  return made;
}

/** Creates a translator from a given catalogue, for tests. */
export const translatorFrom = (language: Language, catalogue: () => Catalogue): Translator =>
  createTranslator(language, (id) => catalogue()[id]);

type TextLookup = (id: string) => string | undefined;
type FormatterLookup = (id: string) => Formatter;

/** Creates formatters, each on first use. `parsedOf` returns texts that the build has already parsed. */
export function createFormatters(
  language: Language,
  textOf: TextLookup,
  parsedOf: (id: string) => ParsedText | undefined = () => undefined,
): FormatterLookup {
  const formats = new Map<string, Formatter>();
  return (id) => {
    const text = textOf(id);
    // Not cached: unknown ids come from outside and their number is unbounded.
    if (text === undefined) return UNKNOWN_FORMATTER;
    let format = formats.get(id);
    if (format === undefined) {
      format = createFormatter(text, textOf('language.tag') ?? language, parsedOf(id));
      formats.set(id, format);
    }
    return format;
  };
}

/** Creates a translator from any source of texts. */
export function createTranslator(
  language: Language,
  textOf: TextLookup,
  formatOf: FormatterLookup = createFormatters(language, textOf),
): Translator {
  // Caches texts without parameters, which are the majority of texts about law.
  const whole = new Map<string, string>();
  const formatted = (id: string, params: Params | undefined): string => {
    const known = params === undefined ? whole.get(id) : undefined;
    if (known !== undefined) return known;
    const there = textOf(id) !== undefined;
    const values = there ? valuesOf(params ?? {}) : { id: boundText(id) };
    const text = joinMarked(formatOf(id).format(values), textOf('language.spacing') === 'between-scripts');
    // Not cached: unknown ids come from outside and their number is unbounded.
    if (there && params === undefined) whole.set(id, text);
    return text;
  };
  const text = (param: Param): string | number => {
    if (typeof param === 'string') return markValue(boundText(param));
    if (typeof param === 'number') return param;
    if ('id' in param)
      return markValue(formatted(param.id, param.params), SENTENCE.test(textOf(param.id) ?? ''));
    return param.map((one) => text(one)).join(textOf('list.separator') ?? ', ');
  };
  const format = (name: string): string | undefined => {
    const [, words = name, code] = WITH_CODE.exec(name) ?? [];
    const id = `format.${words.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    if (textOf(id) === undefined || formatOf(id).placeholders.includes('code') !== (code !== undefined))
      return undefined;
    return markValue(formatted(id, code === undefined ? undefined : { code }));
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
    translate: ({ id, params }) => formatted(id, params),
    canTranslate: ({ id, params = {} }) =>
      textOf(id) !== undefined && formatOf(id).placeholders.every((name) => Object.hasOwn(params, name)),
    text: (id, ...[params]) => formatted(id, params as Params | undefined),
  };
}

/**
 * The parameter `format` receives the common name of a file format as in Reports: English, often with a code in
 * brackets. Names that contain words are translated (`format.…`, by the name without its code); others are used as they
 * are.
 */
const WITH_CODE = /^(.{1,60}) \(([^()]{1,40})\)$/;

type Values = Record<string, string | number>;
interface Formatter {
  format(values: Values): string;
  placeholders: readonly string[];
}

const UNKNOWN_FORMATTER: Formatter = { format: ({ id }) => `‹${id}›`, placeholders: ['id'] };

/** Matches a text that is a whole sentence in each of its choices. */
const SENTENCE = /[.。]\}*$/;
/** Finds parameters of choices between words. Their values are compared, so they must not contain marks. */
const CHOICE_PARAMETER = /\{([a-zA-Z]+),\s*select/g;

function createFormatter(text: string, tag: string, parsed: ParsedText | undefined): Formatter {
  if (isPlainText(text))
    return {
      format: (values) => text.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? `{${name}}`)),
      placeholders: placeholdersIn(text),
    };
  const format = createMessageFormat(parsed ?? text, tag);
  const places = placeholdersOf(format);
  const choices = [...text.matchAll(CHOICE_PARAMETER)].map(([, name = '']) => name);
  // Stored messages and those from reading processes may lack parameters; the last choice is used then.
  const nothing = Object.fromEntries(places.map((name) => [name, '']));
  return {
    format(values) {
      const chosen = choices.map((name) => [name, joinMarked(String(values[name] ?? ''), false)]);
      return String(format.format({ ...nothing, ...values, ...Object.fromEntries(chosen) }));
    },
    placeholders: places,
  };
}

/** Text from files or programs is put on one line and bounded in length. */
const MAX_CHARACTERS = 400;
function boundText(text: string): string {
  // Lone surrogates stand for bytes of a path that are not UTF-8. They are replaced visibly.
  const clean = text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS - 1)}…` : clean;
}
