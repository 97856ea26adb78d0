import { readFileSync } from 'node:fs';
import type { Language } from './languages.js';

/** Id → text in ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>;

const catalogues = new Map<Language, Catalogue>();

/** The texts of a language, from its file, read once. */
export function catalogueOf(language: Language): Catalogue {
  const known = catalogues.get(language);
  if (known !== undefined) return known;
  const made = textsIn(
    JSON.parse(readFileSync(new URL(`../catalogues/${language}.json`, import.meta.url), 'utf8')),
  );
  catalogues.set(language, made);
  return made;
}

/** Where a translation lacks a text, the English stands in its place, and is read only then. */
export const textIn = (language: Language, id: string): string | undefined =>
  catalogueOf(language)[id] ?? catalogueOf('en')[id];

type Entries = Record<string, string | { defaultMessage: string }>;

/** English holds for each text what translators need beside it; a translation, and what the build makes, the text alone. */
function textsIn(file: Entries): Catalogue {
  if (areTexts(file)) return file;
  return Object.fromEntries(
    Object.entries(file).map(([id, text]) => [id, typeof text === 'string' ? text : text.defaultMessage]),
  );
}

/** Then it is taken as it is: to make it anew takes longer than to read it. */
const areTexts = (file: Entries): file is Record<string, string> =>
  Object.values(file).every((text) => typeof text === 'string');
