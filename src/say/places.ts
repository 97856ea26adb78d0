import { IntlMessageFormat } from 'intl-messageformat';

// The library looks up which languages numbers can be written in, which takes Node longer than all else that is said of a
// file: ours are known, and most texts write no number.
IntlMessageFormat.resolveLocale = (tags) =>
  new Intl.Locale(typeof tags === 'string' ? tags : (tags[0] ?? 'en'));

/** A text as the library's parser reads it: plain JSON. */
export type ParsedText = ReturnType<IntlMessageFormat['getAst']>;

type Locales = string | string[];
const once = <T>(make: (tag: Locales, options?: object) => T) => {
  const made = new Map<string, T>();
  return (tag: Locales, options?: object): T => {
    const key = JSON.stringify([tag, options]);
    const known = made.get(key) ?? make(tag, options);
    made.set(key, known);
    return known;
  };
};

const numberFormat = once((tag, options) => new Intl.NumberFormat(tag, options));

/** Newer Node asks by a call; the types know neither. */
interface Systems extends Intl.Locale {
  numberingSystems?: string[];
  getNumberingSystems?(): string[];
}

/** Whether a small number is written with the digits that JavaScript writes. */
const writesPlainDigits = once((tag) => {
  const locale: Systems = new Intl.Locale(typeof tag === 'string' ? tag : (tag[0] ?? 'en'));
  return (locale.getNumberingSystems?.() ?? locale.numberingSystems)?.[0] === 'latn';
});

const isSmallCount = (number: number): boolean => Number.isInteger(number) && number >= 0 && number < 1000;

/**
 * For all texts together; the library makes its own for each. Node takes longer to make the first number format than
 * for all else that is said of a file, and most numbers are counts below a thousand: these are their digits.
 */
const formatters = {
  // The library asks it nothing but `format`.
  getNumberFormat: (tag: Locales, options?: object) =>
    ({
      format: (number: number) =>
        options === undefined && isSmallCount(number) && writesPlainDigits(tag)
          ? String(number)
          : numberFormat(tag, options).format(number),
    }) as Intl.NumberFormat,
  getPluralRules: once((tag, options) => new Intl.PluralRules(tag, options)),
  getDateTimeFormat: once((tag, options) => new Intl.DateTimeFormat(tag, options)),
};

/** A text in ICU MessageFormat, by the library. Throws where it cannot be read. */
export const messageFormat = (text: string | ParsedText, tag: string): IntlMessageFormat =>
  new IntlMessageFormat(text, tag, undefined, { ignoreTag: true, formatters });

/** Nothing but words and whole places: the library would take longer to load than these take to read. */
const PLAIN = /^[^{}'<#]*(?:\{[a-zA-Z]+\}[^{}'<#]*)*$/;
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** A place of a plain text. */
export const PLACE = /\{([a-zA-Z]+)\}/g;

/** What goes into a text in ICU MessageFormat, each once. Throws where it cannot be read. */
export function placesIn(text: string): string[] {
  const all = isPlain(text)
    ? [...text.matchAll(PLACE)].map(([, name = '']) => name)
    : placesOf(messageFormat(text, 'en'));
  return [...new Set(all)];
}

/** Names of places, in every choice too. */
export const placesOf = (format: IntlMessageFormat): string[] => format.getAst().flatMap(places);

type Element = ParsedText[number];

function places(element: Element): string[] {
  const own =
    'value' in element && typeof element.value === 'string' && isPlace(element) ? [element.value] : [];
  const options = 'options' in element ? Object.values(element.options) : [];
  return [...own, ...options.flatMap(({ value }) => value.flatMap(places))];
}

/** Literal text is type 0, the `#` of a plural type 7 (ICU's own numbering in the parser). */
const isPlace = ({ type }: Element): boolean => type !== 0 && type !== 7;
