import { nearestWord } from '../core/ground/nearest-word.js';
import { said } from '../say/said.js';
import { httpLimits } from './limits.js';
import { badField, type Problem } from './problem.js';
import { cutText, shownText } from './shown-text.js';

/** A name that means nothing here, with the one that is meant, or else all that are taken. `near`: more of what may be meant. */
export function unknownMember(
  name: string,
  taken: readonly string[],
  near: readonly string[] = taken,
): Problem {
  const shown = cutText(shownText(name), httpLimits.echoedCharacters);
  const meant = nearestWord(shown, near);
  if (meant !== undefined) return badField(shown, said('problem.field.meant', { name: meant }));
  return badField(shown, said('problem.field.unknown', { names: [...new Set(taken)].sort() }));
}
