/**
 * Invisible characters that control a terminal or reorder, hide or join text: controls, format characters (bidi marks,
 * zero width, tags), lone surrogates, line and paragraph separators, blank fillers.
 */
export const INVISIBLE_CHARACTERS =
  /\u034f|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0\u{e0000}-\u{e0fff}]/gu;

const ANY_INVISIBLE = new RegExp(INVISIBLE_CHARACTERS.source, 'u');
export const hasInvisible = (text: string): boolean => ANY_INVISIBLE.test(text);

/** Maximum length of a text from a file where it is shown. */
export const MAX_SHOWN_CHARACTERS = 1_024;

/** Text that consists of one address. Addresses of ordinary length are not cut, because a cut address leads nowhere. */
const SINGLE_URL = /^https?:\/\/\S+$/i;
const MAX_UNCUT_URL_CHARACTERS = 256;

/**
 * Cuts a text to `max` UTF-16 units (never within a surrogate pair), appends the number of omitted units, and replaces
 * invisible characters by notations such as `‹U+202E›`.
 */
export function showText(text: string, max: number = MAX_SHOWN_CHARACTERS): string {
  const isWhole = text.length <= max || (text.length <= MAX_UNCUT_URL_CHARACTERS && SINGLE_URL.test(text));
  const head = isWhole ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  const shown = escapeInvisible(head);
  return head.length === text.length ? shown : `${shown}… (+${text.length - head.length})`;
}

/** Replaces invisible characters but keeps line breaks and the full length. */
export const showLines = (text: string): string => text.split('\n').map(escapeInvisible).join('\n');

const escapeInvisible = (text: string): string =>
  text.replace(INVISIBLE_CHARACTERS, (character) => `‹U+${hex(character)}›`);

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
