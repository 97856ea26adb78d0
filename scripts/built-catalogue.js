import { IntlMessageFormat } from 'intl-messageformat';

/** Mirrors src/i18n/placeholders.ts: texts of plain words and simple placeholders only, which need no parser. */
const PLAIN = /^[^{}'<#]*(?:\{[a-zA-Z]+\}[^{}'<#]*)*$/;

/**
 * Builds the form of a catalogue that is loaded at every start: id → text, without the notes for translators. Texts
 * with choices or plurals are stored as parsed by ICU MessageFormat, because parsing them takes longer than rendering
 * all other text of a report; each is a separate JSON string, because one run uses few of them.
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
