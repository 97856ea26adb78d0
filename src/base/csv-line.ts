import { showLines } from './visible.js';

/**
 * Formats one row of a CSV table (RFC 4180). Text from files may contain characters that control the terminal showing
 * the table, which are made visible, and formulas that spreadsheets would run, which become text.
 */
export const formatCsvLine = (cells: readonly (string | number | undefined)[]): string =>
  `${cells.map(formatCsvCell).join(',')}\r\n`;

export function formatCsvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const shown = showLines(value);
  const text = FORMULA_START.test(shown) ? `'${shown}` : shown;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Spreadsheets run cells with such a start as formulas, in some countries also in its full-width form; an apostrophe
 * makes the cell text.
 */
const FORMULA_START = /^\s*[=+\-@＝＋－＠]|^\n/;
