/**
 * Control characters, unpaired surrogates, line separators and bidirectional controls: `gpj.exe` behind a right-to-left
 * override reads as a picture's name.
 */
const UNSAFE_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Returns the client's text on one line, without characters that change how others are displayed. Not escaped, not cut. */
export function toDisplayText(text: string): string {
  return text.replace(UNSAFE_CHARACTERS, '').trim();
}

/** Cuts without splitting a surrogate pair. */
export function cutText(text: string, characters: number): string {
  return text.length <= characters ? text : text.slice(0, characters).replace(/[\ud800-\udbff]$/, '');
}
