/**
 * Control characters, halves of surrogate pairs, line separators and the marks that turn text around:
 * `gpj.exe` behind a right-to-left override reads as a picture's name.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A client's words on one line, without what would change how others are read. Not escaped, not cut. */
export function shownText(text: string): string {
  return text.replace(UNSHOWABLE, '').trim();
}

/** Cuts without leaving half a character. */
export function cutText(text: string, characters: number): string {
  return text.length <= characters ? text : text.slice(0, characters).replace(/[\ud800-\udbff]$/, '');
}
