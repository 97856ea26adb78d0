import { hasUnseen } from '../core/ground/visible.js';
import type { Fonts } from './fonts.js';

/**
 * The escaper of PDF: text in which each character can be drawn: what no font has, and what would not be seen, stands as its code point.
 * A sign that is missing without a word would change a name.
 */
export function readable(text: string, fonts: Fonts): string {
  return fonts
    .runs(text)
    .map(({ part, text: run }) =>
      part === undefined || hasUnseen(run) ? spelt(run, part === undefined) : run,
    )
    .join('');
}

function spelt(run: string, all: boolean): string {
  let out = '';
  for (const character of run) {
    if (character === '\n') out += character;
    else if (all || hasUnseen(character)) {
      out += `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    } else out += character;
  }
  return out;
}
