/**
 * Where what goes into a text meets the text around it. What is put in is marked until it is joined; whatever a file
 * says was freed of such characters before.
 */

const OPEN = '\uE000';
const CLOSE = '\uE001';
/** Ends a whole sentence. */
const CLOSE_SENTENCE = '\uE002';

export const marked = (text: string, isSentence = false): string =>
  `${OPEN}${text}${isSentence ? CLOSE_SENTENCE : CLOSE}`;

const STOP_IN_BRACKETS = /[.。]\uE002(?=[)）])/g;
const MARKS = /[\uE000-\uE002]/g;
const JOINT = /(.?)( *)[\uE000-\uE002]+( *)(?=(.?))/gsu;

/**
 * The marks are gone, and in brackets a sentence has no full stop. Where a language writes with spaces only between its own
 * script and Latin letters or digits (`language.spacing`), a name that is put in may be of either.
 */
export function joined(text: string, betweenScripts: boolean): string {
  const stopped = text.replace(STOP_IN_BRACKETS, CLOSE);
  if (!betweenScripts) return stopped.replace(MARKS, '');
  return stopped.replace(
    JOINT,
    (_, before: string, left: string, right: string, after: string) =>
      `${before}${gap(before, left + right, after)}`,
  );
}

const OWN = /\p{Script=Han}/u;
const LATIN = /[A-Za-z0-9]/;
const TIGHT_AFTER = /[（“，。：；、]/;
const TIGHT_BEFORE = /[（“），。：；、]/;

function gap(before: string, spaces: string, after: string): string {
  if (TIGHT_AFTER.test(before) || TIGHT_BEFORE.test(after)) return '';
  if (OWN.test(before) && OWN.test(after)) return '';
  if (OWN.test(after) && /[）”]/.test(before)) return '';
  const meet = (OWN.test(before) && LATIN.test(after)) || (/[A-Za-z0-9.]/.test(before) && OWN.test(after));
  return meet || spaces !== '' ? ' ' : '';
}
