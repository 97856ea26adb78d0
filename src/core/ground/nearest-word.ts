/** Which of the words that are known somebody meant by one that is not. Pure. */

const MOST_CHARACTERS = 64;

/**
 * Undefined where none is near: the same but for capitals, hyphens and underscores, or one mistake apart, of a word of eight
 * letters or more two.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > MOST_CHARACTERS) return undefined;
  const bare = letters(word);
  const same = known.find((one) => letters(one) === bare);
  if (same !== undefined) return same;
  const [nearest] = known
    .map((one) => ({ one, mistakes: distance(bare, letters(one)) }))
    .filter(({ one, mistakes }) => mistakes <= allowed(Math.min(bare.length, letters(one).length)))
    .sort((a, b) => a.mistakes - b.mistakes);
  return nearest?.one;
}

const letters = (word: string): string => word.toLowerCase().replace(/[\s._-]/g, '');

/** Short words are near to too many. */
const allowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Letters put in, left out, taken for another, or swapped with the next (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + same,
          ...(swapped ? [at(i - 2, j - 2) + 1] : []),
        ),
      );
    }
  }
  return at(one.length, other.length);
}
