/** Cells that a spreadsheet would execute as formulas. */
export const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

/** Parses strict RFC 4180: throws at anything it does not allow. */
export function csvTable(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    const found = cell.exec(text);
    if (found === null) throw new Error(`no cell at ${at}: ${JSON.stringify(text.slice(at, at + 60))}`);
    const [, value = '', end] = found;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}
