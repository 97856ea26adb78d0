import { IntlMessageFormat } from 'intl-messageformat';

// The library determines which locales support number formatting, which takes Node longer than producing all texts of a
// file. The supported languages are known, and most texts contain no number.
IntlMessageFormat.resolveLocale = (tags) =>
  new Intl.Locale(typeof tags === 'string' ? tags : (tags[0] ?? 'en'));

/** Text as parsed by the library; plain JSON. */
export type ParsedText = ReturnType<IntlMessageFormat['getAst']>;

type Locales = string | string[];
const memoizeByTag = <T>(make: (tag: Locales, options?: object) => T) => {
  const made = new Map<string, T>();
  return (tag: Locales, options?: object): T => {
    const key = JSON.stringify([tag, options]);
    const known = made.get(key) ?? make(tag, options);
    made.set(key, known);
    return known;
  };
};

const numberFormat = memoizeByTag((tag, options) => new Intl.NumberFormat(tag, options));

/** Newer versions of Node have the method; TypeScript's types have neither. */
interface LocaleWithNumbering extends Intl.Locale {
  numberingSystems?: string[];
  getNumberingSystems?(): string[];
}

/** Returns whether small numbers are written with the digits of JavaScript. */
const usesPlainDigits = memoizeByTag((tag) => {
  const locale: LocaleWithNumbering = new Intl.Locale(typeof tag === 'string' ? tag : (tag[0] ?? 'en'));
  return (locale.getNumberingSystems?.() ?? locale.numberingSystems)?.[0] === 'latn';
});

const isSmallCount = (number: number): boolean => Number.isInteger(number) && number >= 0 && number < 1000;

/**
 * Formatters shared by all texts; the library would create its own for each. The first number format takes Node longer
 * than producing all texts of a file, and most numbers are counts below a thousand, which need no format.
 */
const formatters = {
  // The library only calls `format`.
  getNumberFormat: (tag: Locales, options?: object) =>
    ({
      format: (number: number) =>
        options === undefined && isSmallCount(number) && usesPlainDigits(tag)
          ? String(number)
          : numberFormat(tag, options).format(number),
    }) as Intl.NumberFormat,
  getPluralRules: memoizeByTag((tag, options) => new Intl.PluralRules(tag, options)),
  getDateTimeFormat: memoizeByTag((tag, options) => new Intl.DateTimeFormat(tag, options)),
};

/** Parses a text in ICU MessageFormat. Throws if it is invalid. */
export const createMessageFormat = (text: string | ParsedText, tag: string): IntlMessageFormat =>
  new IntlMessageFormat(text, tag, undefined, { ignoreTag: true, formatters });

/**
 * Matches texts of words and plain placeholders only. They are formatted without the library, which takes longer to
 * load than they take.
 */
const PLAIN_TEXT = /^[^{}'<#]*(?:\{[a-zA-Z]+\}[^{}'<#]*)*$/;
export const isPlainText = (text: string): boolean => PLAIN_TEXT.test(text);

/** Placeholder of a plain text. */
export const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/** Returns the placeholder names of a text in ICU MessageFormat, without duplicates. Throws if it is invalid. */
export function placeholdersIn(text: string): string[] {
  const all = isPlainText(text)
    ? [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
    : placeholdersOf(createMessageFormat(text, 'en'));
  return [...new Set(all)];
}

/** Returns the names of placeholders, including those in all choices. */
export const placeholdersOf = (format: IntlMessageFormat): string[] =>
  format.getAst().flatMap(elementPlaceholders);

type Element = ParsedText[number];

function elementPlaceholders(element: Element): string[] {
  const own =
    'value' in element && typeof element.value === 'string' && isPlaceholder(element) ? [element.value] : [];
  const options = 'options' in element ? Object.values(element.options) : [];
  return [...own, ...options.flatMap(({ value }) => value.flatMap(elementPlaceholders))];
}

/** Literal text is type 0 and the `#` of a plural is type 7 (the parser's numbering). */
const isPlaceholder = ({ type }: Element): boolean => type !== 0 && type !== 7;
