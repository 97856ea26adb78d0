const MAX_QUOTED_CHARACTERS = 80;
const MAX_TAIL_CHARACTERS = 56;
const MAX_NAME_CHARACTERS = 32;
/** A name of many short words could pass for a sentence. */
const MAX_NAME_WORDS = 4;

/** Quotes words from a file and shortens them, so that they cannot be mistaken for Assay's own. */
export function quote(text: string): string {
  return `“${shortenUnquoted(text)}”`;
}

/**
 * Shortens the name of a tool, maker or step for a text that adds quotes. It stays recognisable but is too short to
 * make a statement.
 */
export function shortenName(text: string): string {
  const name = shortenText(text, maxNameCharacters(text));
  const words = name.split(/\s+/);
  return words.length > MAX_NAME_WORDS ? `${words.slice(0, MAX_NAME_WORDS).join(' ')}…` : name;
}

/** Returns the number of characters that fit the width of a name; wide characters such as Chinese count as two. */
function maxNameCharacters(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    width += WIDE.test(text.charAt(at)) ? 2 : 1;
    if (width > MAX_NAME_CHARACTERS) return Math.max(at, MAX_NAME_CHARACTERS / 2);
  }
  return MAX_NAME_CHARACTERS;
}
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Returns the end of a long address, which is the distinctive part. */
export function shortenLocator(locator: string): string {
  return locator.length > MAX_TAIL_CHARACTERS ? `…${locator.slice(-MAX_TAIL_CHARACTERS)}` : locator;
}

/** Shortens without quotes: for names that a list vouches for. */
export function shortenUnquoted(text: string): string {
  return shortenText(text, MAX_QUOTED_CHARACTERS);
}

function shortenText(text: string, max: number): string {
  const clean = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[“”"]/g, "'")
    .trim();
  if (clean.length <= max) return clean;
  return lastUrlSegment(clean, max) ?? `${clean.slice(0, max - 1)}…`;
}

/**
 * Returns the last part of an address that is too long; in a vocabulary it is the term. `undefined` if that is too long
 * as well.
 */
function lastUrlSegment(text: string, max: number): string | undefined {
  const [, last] = /^https?:\/\/[^\s/]+\/(?:\S*[/#])?([^\s/#]+)\/?$/i.exec(text) ?? [];
  return last === undefined || last.length + 2 > max ? undefined : `…/${last}`;
}
