/**
 * Returns the address of the largest picture in a `srcset` and its width, if widths are given (HTML, "parse a srcset
 * attribute": commas within an address belong to it).
 */
export function largestCandidate(srcset: string): { url: string; width?: number } | undefined {
  let best: { url: string; size: number; width?: number } | undefined;
  let rest = srcset;
  while (rest !== '') {
    rest = rest.replace(/^[\s,]+/, '');
    const [word = ''] = /^\S+/.exec(rest) ?? [];
    if (word === '') break;
    rest = rest.slice(word.length);
    const url = trimTrailingCommas(word);
    let size = 1;
    let width: number | undefined;
    if (url === word) {
      const end = rest.indexOf(',');
      const [, amount, unit] = /^\s*(\d{1,6}(?:\.\d{1,6})?)([wx])/.exec(rest) ?? [];
      size = amount === undefined ? 1 : Number(amount);
      if (unit === 'w') width = Math.round(size);
      rest = end < 0 ? '' : rest.slice(end + 1);
    }
    if (url !== '' && (best === undefined || size > best.size))
      best = { url, size, ...(width === undefined ? {} : { width }) };
  }
  return best && { url: best.url, ...(best.width === undefined ? {} : { width: best.width }) };
}

/** Removes trailing commas. A pattern would be quadratic: 64 KiB of commas take it seconds. */
function trimTrailingCommas(word: string): string {
  let end = word.length;
  while (word[end - 1] === ',') end -= 1;
  return word.slice(0, end);
}
