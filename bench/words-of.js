/** Counts of a headline and its sentences: words, characters, and the forbidden first and last words of a sentence. */

/** Returns the English words: parts between spaces that contain a letter or a number. */
export const wordsIn = (text) => text.split(/\s+/).filter((one) => /[\p{L}\p{N}]/u.test(one)).length;

/** Width in Chinese characters; two Latin letters are as wide as one. */
export const widthOf = (text) =>
  [...text].reduce(
    (all, one) => all + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(one) ? 1 : 0.5),
    0,
  );

/** A sentence that begins with a pronoun cannot be quoted alone. */
export const beginsWithPronoun = (text) => /^(It|They|This|That|Its|Their|These|Those)\b/.test(text);

/** Removes quotations from the file itself. */
const unquoted = (text) => text.replace(/“[^”]*”/gu, '“”');
export const hasOr = (text) => /\bor\b/i.test(unquoted(text));

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
