import { hasInvisible } from '../../base/visible.js';
import type { Fonts } from './fonts.js';

/**
 * Escapes text for PDF: characters that no font has, and invisible ones, are replaced by their code point. A character
 * missing silently would change a name.
 */
export function toReadableText(text: string, fonts: Fonts): string {
  return fonts
    .runs(text)
    .map(({ part, text: run }) =>
      part === undefined || hasInvisible(run) ? spellOut(run, part === undefined) : run,
    )
    .join('');
}

function spellOut(run: string, all: boolean): string {
  let out = '';
  for (const character of run) {
    if (character === '\n') out += character;
    else if (all || hasInvisible(character)) {
      out += `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    } else out += character;
  }
  return out;
}
