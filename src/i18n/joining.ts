/**
 * Joins inserted values with the surrounding text. Values are enclosed in private-use characters until then; such
 * characters were removed from the text of files before.
 */

const OPEN = '\uE000';
const CLOSE = '\uE001';
/** Ends a value that is a whole sentence. */
const CLOSE_SENTENCE = '\uE002';

export const markValue = (text: string, isSentence = false): string =>
  `${OPEN}${text}${isSentence ? CLOSE_SENTENCE : CLOSE}`;

const FULL_STOP_IN_BRACKETS = /[.。]\uE002(?=[)）])/g;
/** A value that ends with a full stop, such as “Inc.”, before the full stop of the sentence. */
const DOUBLE_FULL_STOP = /\.(?=[\uE001\uE002]+\.)/g;
const MARKS = /[\uE000-\uE002]/g;
const JOINT = /(.?)( *)[\uE000-\uE002]+( *)(?=(.?))/gsu;

/**
 * Removes the marks and the full stops of sentences in brackets. For languages that put spaces only between their own
 * script and Latin letters or digits (`language.spacing`), adjusts the spaces around values, which may be in either
 * script.
 */
export function joinMarked(text: string, betweenScripts: boolean): string {
  const stopped = text.replace(FULL_STOP_IN_BRACKETS, CLOSE).replace(DOUBLE_FULL_STOP, '');
  if (!betweenScripts) return stopped.replace(MARKS, '');
  return stopped.replace(
    JOINT,
    (_, before: string, left: string, right: string, after: string) =>
      `${before}${gapBetween(before, left + right, after)}`,
  );
}

const OWN_SCRIPT = /\p{Script=Han}/u;
const LATIN = /[A-Za-z0-9]/;
const TIGHT_AFTER = /[（“，。：；、]/;
const TIGHT_BEFORE = /[（“），。：；、]/;

function gapBetween(before: string, spaces: string, after: string): string {
  if (TIGHT_AFTER.test(before) || TIGHT_BEFORE.test(after)) return '';
  if (OWN_SCRIPT.test(before) && OWN_SCRIPT.test(after)) return '';
  if (OWN_SCRIPT.test(after) && /[）”]/.test(before)) return '';
  const meet =
    (OWN_SCRIPT.test(before) && LATIN.test(after)) || (/[A-Za-z0-9.]/.test(before) && OWN_SCRIPT.test(after));
  return meet || spaces !== '' ? ' ' : '';
}
