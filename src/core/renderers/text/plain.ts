import { escapeTerminal, quoteTerminal } from '../../../base/terminal-text.js';
import type { RunLine, TextRun } from '../../page/runs.js';

export interface TextOptions {
  color: boolean;
  /** Columns; 80 by default. */
  width?: number;
}

const DEFAULT_WIDTH = 80;
const MIN_WIDTH = 40;
const MAX_WIDTH = 200;

export const toColumns = (width: number = DEFAULT_WIDTH): number =>
  Math.min(Math.max(Math.floor(width), MIN_WIDTH), MAX_WIDTH);

/** Renders a line as plain text; every run passes one of the two escapes. */
export function toPlain(line: RunLine): string {
  return line.map(toPlainRun).join('');
}

function toPlainRun(one: TextRun): string {
  if (typeof one === 'string') return escapeTerminal(one);
  if ('file' in one) return quoteTerminal(one.file, one.most);
  if ('english' in one) return escapeTerminal(one.english, 4_096);
  if ('jump' in one) return escapeTerminal(one.text);
  return 'code' in one ? escapeTerminal(one.code) : escapeTerminal(one.link);
}
