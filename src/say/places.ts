import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** What goes into a text in ICU MessageFormat, each once. Throws where it cannot be read. */
export function placesIn(text: string): string[] {
  // Most texts of a law have none, and reading one takes longer than seeing that.
  if (!text.includes('{')) return [];
  return [
    ...new Set(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst().flatMap(places)),
  ];
}

function places(element: Element): string[] {
  const own =
    'value' in element && typeof element.value === 'string' && isPlace(element) ? [element.value] : [];
  const options = 'options' in element ? Object.values(element.options) : [];
  return [...own, ...options.flatMap(({ value }) => value.flatMap(places))];
}

/** Literal text is type 0, the `#` of a plural type 7 (ICU's own numbering in the parser). */
const isPlace = ({ type }: Element): boolean => type !== 0 && type !== 7;
