import { showText } from '../../../base/visible.js';

/** HTML that is safe to send, because `html` escapes every value inserted into it. */
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

/** Builds HTML; the only way to do so. Absent and false values render as nothing, lists as their concatenated parts. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(toSafeHtml)));
}

/** Joins parts with line breaks. */
export const lines = (all: readonly Markup[]): Markup => new Markup(all.join('\n'));

/** Escapes text of unknown length; it is cut at `most`, with a note on how much is missing. */
export const escapeText = (text: string, most?: number): Markup => new Markup(escapeHtml(text, most));

/** Escapes text from a file; its addresses get line-break opportunities after slashes, so that they are not cut off. */
export const escapeFileText = (text: string, most?: number): Markup =>
  new Markup(
    escapeHtml(text, most).replace(/https?:\/\/\S{32,}/g, (address) =>
      address.replace(/(?<=[^:/]\/)(?=[^/])/g, '<wbr>'),
    ),
  );

/** Escapes text that a person typed and may submit again, without changing any character. */
export const escapeVerbatim = (text: string): Markup => new Markup(entities(text));

/** Escapes text for HTML that is concatenated as a string. */
export const escapeHtml = (text: string, most?: number): string => entities(showText(text, most));

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function toSafeHtml(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'object') return value.map(toSafeHtml).join('');
  return escapeHtml(String(value), Number.POSITIVE_INFINITY);
}

const ADDRESS_CHARACTERS = 2_048;

/** Returns the address if it is an HTTPS address; otherwise `undefined`. */
export function httpsAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  const plain =
    protocol === 'https:' && username === '' && password === '' && href.length <= ADDRESS_CHARACTERS;
  return plain ? href : undefined;
}
