import { visibleLines } from './visible.js';

/**
 * The escaper of tables, one row of one (RFC 4180). What a file says may hold what steers the terminal that shows the table,
 * and what a spreadsheet runs as a formula: the one is made visible, the other text.
 */
export const csvLine = (cells: readonly (string | number | undefined)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`;

export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const shown = visibleLines(value);
  const text = FORMULA.test(shown) ? `'${shown}` : shown;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run what begins so, in some countries in its wide form too; an apostrophe makes it text. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^\n/;
