import { readFileSync } from 'node:fs';
import type { Language } from './languages.js';
import type { ParsedText } from './placeholders.js';

/** Texts in ICU MessageFormat by message id. */
export type Catalogue = Readonly<Record<string, string>>;

/** Catalogue as built by `scripts/built-catalogue.js`. */
interface BuiltCatalogue {
  texts: Catalogue;
  /** Parsed form, as JSON, of texts with choices or plurals. Parsing them would be the slowest part of a start. */
  parsed: Readonly<Record<string, string>>;
}

const catalogues = new Map<Language, BuiltCatalogue>();

/** Returns the texts of a language. The file is read once. */
export const loadCatalogue = (language: Language): Catalogue => loadBuilt(language).texts;

/** Returns the text of a message. Falls back to English, which is loaded only then. */
export const catalogueText = (language: Language, id: string): string | undefined =>
  loadCatalogue(language)[id] ?? loadCatalogue('en')[id];

/** Returns the parsed text; `undefined` if the text needs no parser or the catalogue was not built. */
export function parsedText(language: Language, id: string): ParsedText | undefined {
  const json = loadBuilt(loadCatalogue(language)[id] === undefined ? 'en' : language).parsed[id];
  return json === undefined ? undefined : (JSON.parse(json) as ParsedText);
}

function loadBuilt(language: Language): BuiltCatalogue {
  const known = catalogues.get(language);
  if (known !== undefined) return known;
  const file: BuiltCatalogue | CatalogueEntries = JSON.parse(
    readFileSync(new URL(`./catalogues/${language}.json`, import.meta.url), 'utf8'),
  );
  const made = isBuilt(file) ? file : { texts: entryTexts(file), parsed: {} };
  catalogues.set(language, made);
  return made;
}

type CatalogueEntries = Record<string, string | { defaultMessage: string }>;

/** `texts` cannot be a message id, because every id contains a dot. */
const isBuilt = (file: BuiltCatalogue | CatalogueEntries): file is BuiltCatalogue => 'texts' in file;

/** English entries include notes for translators; translations contain only the text. */
const entryTexts = (file: CatalogueEntries): Catalogue =>
  Object.fromEntries(
    Object.entries(file).map(([id, text]) => [id, typeof text === 'string' ? text : text.defaultMessage]),
  );
