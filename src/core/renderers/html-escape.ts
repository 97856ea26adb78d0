import { visible } from '../ground/visible.js';

/** HTML that is safe to send: made by `html`, which escapes all that is put into it. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type Value = Markup | string | number | false | undefined | readonly Value[];

/** The one way to write HTML. What is left out or false is nothing; a list is its parts, one after another. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(safe)));
}

/** Parts, each on a line of its own. */
export const lines = (all: readonly Markup[]): Markup => new Markup(all.join('\n'));

/** Text of which nobody knows how long it is: cut, with a word on what is missing. */
export const shown = (text: string, most?: number): Markup => new Markup(escapeHtml(text, most));

/** Words of a file: an address in them may be broken behind a slash, so that no part of it is cut. */
export const shownWords = (text: string, most?: number): Markup =>
  new Markup(
    escapeHtml(text, most).replace(/https?:\/\/\S{32,}/g, (address) =>
      address.replace(/(?<=[^:/]\/)(?=[^/])/g, '<wbr>'),
    ),
  );

/** What a person typed and may send again: the same characters, seen or not. */
export const asTyped = (text: string): Markup => new Markup(entities(text));

/** The same for HTML that is put together as text. */
export const escapeHtml = (text: string, most?: number): string => entities(visible(text, most));

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function safe(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'object') return value.map(safe).join('');
  return escapeHtml(String(value), Number.POSITIVE_INFINITY);
}

const ADDRESS_CHARACTERS = 2_048;

/** The address where it is a web address over TLS; undefined where it is anything else. */
export function httpsAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  const plain =
    protocol === 'https:' && username === '' && password === '' && href.length <= ADDRESS_CHARACTERS;
  return plain ? href : undefined;
}
