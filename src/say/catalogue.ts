import { readFileSync } from 'node:fs';
import type { Language } from './languages.js';
import type { ParsedText } from './places.js';

/** Id → text in ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>;

/** What the build makes of a catalogue: `scripts/built-catalogue.js`. */
interface Built {
  texts: Catalogue;
  /** JSON of those that choose or count, as the parser reads them, which takes it longer than all else at a start. */
  parsed: Readonly<Record<string, string>>;
}

const catalogues = new Map<Language, Built>();

/** The texts of a language, from its file, read once. */
export const catalogueOf = (language: Language): Catalogue => builtOf(language).texts;

/** Where a translation lacks a text, the English stands in its place, and is read only then. */
export const textIn = (language: Language, id: string): string | undefined =>
  catalogueOf(language)[id] ?? catalogueOf('en')[id];

/** The same text as the parser reads it; undefined of one that needs no parser, and of all where nothing was built. */
export function parsedIn(language: Language, id: string): ParsedText | undefined {
  const json = builtOf(catalogueOf(language)[id] === undefined ? 'en' : language).parsed[id];
  return json === undefined ? undefined : (JSON.parse(json) as ParsedText);
}

function builtOf(language: Language): Built {
  const known = catalogues.get(language);
  if (known !== undefined) return known;
  const file: Built | Entries = JSON.parse(
    readFileSync(new URL(`../catalogues/${language}.json`, import.meta.url), 'utf8'),
  );
  const made = isBuilt(file) ? file : { texts: textsIn(file), parsed: {} };
  catalogues.set(language, made);
  return made;
}

type Entries = Record<string, string | { defaultMessage: string }>;

/** Every id of a text has a dot in it. */
const isBuilt = (file: Built | Entries): file is Built => 'texts' in file;

/** English holds for each text what translators need beside it; a translation the text alone. */
const textsIn = (file: Entries): Catalogue =>
  Object.fromEntries(
    Object.entries(file).map(([id, text]) => [id, typeof text === 'string' ? text : text.defaultMessage]),
  );
