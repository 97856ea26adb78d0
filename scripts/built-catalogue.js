import { IntlMessageFormat } from 'intl-messageformat';

/** As in src/say/places.ts: words and whole places alone, which need no parser. */
const PLAIN = /^[^{}'<#]*(?:\{[a-zA-Z]+\}[^{}'<#]*)*$/;

/**
 * A catalogue as it is read at every start: id → text, without what translators need beside it; and those that choose or
 * count as the parser of ICU MessageFormat reads them, which takes longer than all else that is said of a file; each as
 * JSON of its own, since few of them are said at one start.
 */
export function builtCatalogue(json) {
  const texts = Object.fromEntries(
    Object.entries(JSON.parse(json)).map(([id, entry]) => [id, entry.defaultMessage ?? entry]),
  );
  const parsed = Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => !PLAIN.test(text))
      .map(([id, text]) => [id, JSON.stringify(parsedText(text))]),
  );
  return JSON.stringify({ texts, parsed });
}

const parsedText = (text) => new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
