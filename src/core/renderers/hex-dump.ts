/** Bytes in a row, as `xxd` and others have it. */
const ROW_BYTES = 16;
const BLANK = '··';

/** `offset`: of the first byte. `hex`: two digits a byte, two dots for a masked one. Lines of place, digits and characters. */
export function hexDump(offset: number, hex: string): string[] {
  const pairs = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += ROW_BYTES) {
    const row = pairs.slice(at, at + ROW_BYTES);
    const digits = row.map((pair) => (pair === '..' ? BLANK : pair)).join(' ');
    const place = (offset + at).toString(16).padStart(8, '0');
    lines.push(`${place}  ${digits.padEnd(ROW_BYTES * 3 - 1)}  ${row.map(character).join('')}`);
  }
  return lines;
}

/** What is not printable ASCII is a full stop, what is masked a dot in the middle. */
function character(pair: string): string {
  if (pair === '..') return '·';
  const code = Number.parseInt(pair, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}
