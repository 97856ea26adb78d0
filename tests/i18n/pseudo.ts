import {
  isPluralElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { type Translator, translatorFrom } from '../../src/i18n/translator.js';

/**
 * A pseudo-language derived from English: every text accented, 40 % longer and in brackets. Text on a page without
 * brackets did not come through the catalogue.
 */
export const OPEN = '⟦';
export const CLOSE = '⟧';

const ACCENTED: Readonly<Record<string, string>> = {
  ...{ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', c: 'ç', n: 'ñ', s: 'š', z: 'ž', y: 'ý' },
  ...{ A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', C: 'Ç', N: 'Ñ', S: 'Š', Z: 'Ž', Y: 'Ý' },
};
/** Messages that are not shown: the program reads their values. */
const OURS = new Set(['language.tag', 'language.direction', 'language.spacing', 'list.separator']);

export function pseudo(direction: 'ltr' | 'rtl' = 'ltr'): Translator {
  const texts = Object.fromEntries(
    Object.entries(loadCatalogue('en')).map(([id, text]) => [id, isOurs(id) ? text : changed(text)]),
  );
  const catalogue = { ...texts, 'language.direction': direction };
  return translatorFrom('en', () => catalogue);
}

const isOurs = (id: string): boolean => OURS.has(id) || id.startsWith('page.mark.') || id.startsWith('text.');

function changed(text: string): string {
  const accented = printAST(parse(text, { ignoreTag: true }).map(element));
  const longer = 'ý'.repeat(Math.ceil(text.replace(/\{[^}]*\}/g, '').length * 0.4));
  return `${OPEN}${accented} ${longer.replace(/.{6}/g, '$& ').trim()}${CLOSE}`;
}

function element(one: MessageFormatElement): MessageFormatElement {
  if (one.type === TYPE.literal)
    return { ...one, value: one.value.replace(/[A-Za-z]/g, (letter) => ACCENTED[letter] ?? letter) };
  if (!isPluralElement(one) && !isSelectElement(one)) return one;
  const options = Object.fromEntries(
    Object.entries(one.options).map(([name, option]) => [
      name,
      { ...option, value: option.value.map(element) },
    ]),
  );
  return { ...one, options } as MessageFormatElement;
}

/** Returns the text outside all brackets. */
export function outside(text: string): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/⟦[^⟦⟧]*⟧/gu, ' ');
  }
  return left;
}

/**
 * Returns the visible or spoken text of a page that came through no catalogue: two consecutive words outside all
 * brackets.
 */
export function unspoken(html: string): string[] {
  const heard = [...html.matchAll(/ (?:aria-label|title|alt|placeholder|data-[a-z]+)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  const shown = html
    .replace(/<(style|script|pre)\b[\s\S]*?<\/\1>/g, ' ')
    // Names that a file, a law or a language gives itself, and codes.
    .replace(/<(bdi|code|option|optgroup)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<a href="https[^>]*>[\s\S]*?<\/a>/g, ' ')
    .replace(/<[^>]*>/g, ' ');
  return [shown, ...heard].flatMap((text) =>
    (
      outside(text)
        .replace(NAMES, ' ')
        .match(/[A-Za-zÀ-ž]{3,} [A-Za-zÀ-ž]{2,}/g) ?? []
    )
      // A text that is cut to its box has lost its bracket, but not its accents.
      .filter((words) => !/[À-ž]/.test(words)),
  );
}

/** Words that are the same in every language: names, formats, codes. */
const NAMES =
  /\b(Assay|English|JPEG|PNG|SHA-256|NDJSON|C2PA|CAWG|GiB|MiB|KiB|HTTP|wasm|native|sdk|rs|Chrome|sha256|[0-9a-f]{64})\b/g;
