import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageId, Messages, Param, Params, Said } from '../catalogues/messages.js';
import { type Catalogue, catalogueOf } from './catalogue.js';
import type { Language } from './languages.js';

/** One language's way to say what is to be said. Pure: the same `Said` gives the same words. */
export interface Speech {
  language: Language;
  /** `rtl` for scripts that run from right to left. */
  direction: 'ltr' | 'rtl';
  /** What the language calls itself. */
  name: string;
  say(said: Said): string;
  /** The same of an id and its params, for words that stand in no Report: headings, buttons, help. */
  words<K extends MessageId>(id: K, ...params: keyof Messages[K] extends never ? [] : [Messages[K]]): string;
}

const speeches = new Map<Language, Speech>();

/** The speech of a language, made once; its catalogue is read when something is first said in it. */
export function speechOf(language: Language): Speech {
  const known = speeches.get(language);
  if (known !== undefined) return known;
  const made = speechFrom(language, () => catalogueOf(language));
  speeches.set(language, made);
  return made;
}

/** The same from a catalogue that is given: what tests make a language of their own with. */
export function speechFrom(language: Language, catalogue: () => Catalogue): Speech {
  const formats = new Map<string, Formatter>();
  const formatted = (id: string, params: Params | undefined): string => {
    const texts = catalogue();
    let format = formats.get(id);
    if (format === undefined) {
      format = formatterOf(texts[id] ?? '‹{id}›', texts['language.tag'] ?? language);
      formats.set(id, format);
    }
    return format(texts[id] === undefined ? { id } : valuesOf(params ?? {}));
  };
  const text = (param: Param): string | number => {
    if (typeof param === 'string') return bounded(param);
    if (typeof param === 'number') return param;
    if ('id' in param) return formatted(param.id, param.params);
    return param.map((one) => text(one)).join(catalogue()['list.separator'] ?? ', ');
  };
  const valuesOf = (params: Params): Values =>
    Object.fromEntries(Object.entries(params).map(([name, param]) => [name, text(param)]));
  return {
    language,
    get direction() {
      return catalogue()['language.direction'] === 'rtl' ? 'rtl' : 'ltr';
    },
    get name() {
      return catalogue()['language.name'] ?? language;
    },
    say: ({ id, params }) => formatted(id, params),
    words: (id, ...[params]) => formatted(id, params as Params | undefined),
  };
}

type Values = Record<string, string | number>;
type Formatter = (values: Values) => string;

/** Nothing but words and whole places: what the library would do for it, without what it loads of Intl to begin with. */
const PLAIN = /^[^{}'<#]*(?:\{[a-zA-Z]+\}[^{}'<#]*)*$/;
const PLACE = /\{([a-zA-Z]+)\}/g;
const ANY_PLACE = /\{([a-zA-Z]+)\s*[,}]/g;

function formatterOf(text: string, tag: string): Formatter {
  if (PLAIN.test(text))
    return (values) => text.replace(PLACE, (_, name: string) => String(values[name] ?? `{${name}}`));
  const format = new IntlMessageFormat(text, tag, undefined, { ignoreTag: true });
  // What was kept, or what a reading process sends, may lack what a place needs: then the last choice is taken.
  const nothing = Object.fromEntries([...text.matchAll(ANY_PLACE)].map(([, name = '']) => [name, '']));
  return (values) => String(format.format({ ...nothing, ...values }));
}

/** What a file or a program says stands in one line, and cannot be longer than a line. */
const MOST_CHARACTERS = 400;
function bounded(text: string): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS - 1)}…` : clean;
}
