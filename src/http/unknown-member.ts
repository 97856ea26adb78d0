import { nearestWord } from '../core/nearest-word.js';
import { httpLimits } from './limits.js';
import { badField, type Problem } from './problem.js';
import { cutText, shownText } from './shown-text.js';

/** A name that means nothing here, with the one that is meant, or else all that are taken. `near`: more of what may be meant. */
export function unknownMember(
  name: string,
  taken: readonly string[],
  near: readonly string[] = taken,
): Problem {
  const said = cutText(shownText(name), httpLimits.echoedCharacters);
  const meant = nearestWord(said, near);
  if (meant !== undefined) return badField(said, `is not known here: “${meant}” is meant.`);
  return badField(said, `is not known here. Taken are ${[...new Set(taken)].sort().join(', ')}.`);
}
