/**
 * Characters that steer a terminal or turn, hide or join text without being seen: controls, format characters (bidi marks,
 * zero width, tags), lone surrogates, line and paragraph separators, blank fillers.
 */
export const UNSEEN =
  /\u034f|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0\u{e0000}-\u{e0fff}]/gu;

const ANY_UNSEEN = new RegExp(UNSEEN.source, 'u');
export const hasUnseen = (text: string): boolean => ANY_UNSEEN.test(text);

/** Longest piece of a file shown in one place. */
export const SHOWN_CHARACTERS = 1_024;

/** An address alone: cut, it would name nothing. */
const ADDRESS = /^https?:\/\/\S+$/i;
const ADDRESS_CHARACTERS = 256;

/** Cuts to `most` UTF-16 units (never inside a pair, and no address of ordinary length), says how many were left out, and makes the unseen seen: `‹U+202E›`. */
export function visible(text: string, most: number = SHOWN_CHARACTERS): string {
  const isWhole = text.length <= most || (text.length <= ADDRESS_CHARACTERS && ADDRESS.test(text));
  const head = isWhole ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  const shown = seen(head);
  return head.length === text.length ? shown : `${shown}… (+${text.length - head.length})`;
}

/** The same of text whose line breaks are its own, however long it is. */
export const visibleLines = (text: string): string => text.split('\n').map(seen).join('\n');

const seen = (text: string): string => text.replace(UNSEEN, (character) => `‹U+${hex(character)}›`);

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
