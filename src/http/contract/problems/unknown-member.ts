import { findNearestWord } from '../../../base/nearest-word.js';
import { message } from '../../../i18n/message.js';
import { httpLimits } from '../limits.js';
import { cutText, toDisplayText } from '../shown-text.js';
import { badField, type Problem } from './problem.js';

/**
 * Returns the problem of an unknown name, with the likely intended one, or else all known names. `near`: further
 * candidates for the suggestion.
 */
export function unknownMemberProblem(
  name: string,
  taken: readonly string[],
  near: readonly string[] = taken,
): Problem {
  const shown = cutText(toDisplayText(name), httpLimits.echoedCharacters);
  const meant = findNearestWord(shown, near);
  if (meant !== undefined) return badField(shown, message('problem.field.meant', { name: meant }));
  return badField(shown, message('problem.field.unknown', { names: [...new Set(taken)].sort() }));
}
