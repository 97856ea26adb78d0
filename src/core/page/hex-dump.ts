/** Bytes per row, as in `xxd`. */
const ROW_BYTES = 16;
const BLANK = '··';

/**
 * Returns rows of offset, digits and characters. `offset`: position of the first byte. `hex`: two digits per byte, two
 * dots for a masked one.
 */
export function hexDump(offset: number, hex: string): string[] {
  const pairs = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += ROW_BYTES) {
    const row = pairs.slice(at, at + ROW_BYTES);
    const digits = row.map((pair) => (pair === '..' ? BLANK : pair)).join(' ');
    const locator = (offset + at).toString(16).padStart(8, '0');
    lines.push(`${locator}  ${digits.padEnd(ROW_BYTES * 3 - 1)}  ${row.map(character).join('')}`);
  }
  return lines;
}

/** Renders unprintable bytes as a full stop and masked ones as a middle dot. */
function character(pair: string): string {
  if (pair === '..') return '·';
  const code = Number.parseInt(pair, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}
