/** What is counted of a headline and its sentences: words, characters, and what a sentence must not begin or end with. */

/** Words of English: what spaces divide and has a letter or a number in it. */
export const wordsIn = (text) => text.split(/\s+/).filter((one) => /[\p{L}\p{N}]/u.test(one)).length;

/** Characters of Chinese: two Latin letters are as wide as one. */
export const widthOf = (text) =>
  [...text].reduce(
    (all, one) => all + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(one) ? 1 : 0.5),
    0,
  );

/** A sentence that begins so cannot be quoted alone. */
export const beginsWithPronoun = (text) => /^(It|They|This|That|Its|Their|These|Those)\b/.test(text);

/** Outside of what a file says itself. */
const unquoted = (text) => text.replace(/“[^”]*”/gu, '“”');
export const hasOr = (text) => /\bor\b/i.test(unquoted(text));

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
