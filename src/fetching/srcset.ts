/**
 * The address of the largest picture in a `srcset` and, where widths are given, how wide it is (HTML, "parse a srcset
 * attribute": commas within an address are its own).
 */
export function largestOf(srcset: string): { url: string; width?: number } | undefined {
  let best: { url: string; size: number; width?: number } | undefined;
  let rest = srcset;
  while (rest !== '') {
    rest = rest.replace(/^[\s,]+/, '');
    const [word = ''] = /^\S+/.exec(rest) ?? [];
    if (word === '') break;
    rest = rest.slice(word.length);
    const url = withoutCommas(word);
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

/** Those behind it. A pattern would look from each comma within to the last: 64 KiB of them take it seconds. */
function withoutCommas(word: string): string {
  let end = word.length;
  while (word[end - 1] === ',') end -= 1;
  return word.slice(0, end);
}
