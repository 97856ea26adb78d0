/** Suggests the known word that a mistyped one was meant to be. Pure. */

const MAX_CHARACTERS = 64;

/**
 * Returns the nearest known word; `undefined` if none is close. Case, hyphens and underscores are ignored; one mistake
 * is allowed, or two in words of eight letters or more.
 */
export function findNearestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_CHARACTERS) return undefined;
  const bare = normalizeWord(word);
  const same = known.find((one) => normalizeWord(one) === bare);
  if (same !== undefined) return same;
  const [nearest] = known
    .map((one) => ({ one, mistakes: editDistance(bare, normalizeWord(one)) }))
    .filter(
      ({ one, mistakes }) => mistakes <= allowedMistakes(Math.min(bare.length, normalizeWord(one).length)),
    )
    .sort((a, b) => a.mistakes - b.mistakes);
  return nearest?.one;
}

const normalizeWord = (word: string): string => word.toLowerCase().replace(/[\s._-]/g, '');

/** Short words are close to too many others. */
const allowedMistakes = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Counts inserted, omitted, replaced and swapped letters (optimal string alignment). */
function editDistance(one: string, other: string): number {
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
