import { escapeTerminal, quoteTerminal } from '../ground/terminal-text.js';
import type { Line, Run } from './runs.js';

export interface TextOptions {
  color: boolean;
  /** Columns; 80 by default. */
  width?: number;
}

const DEFAULT_WIDTH = 80;
const LEAST_WIDTH = 40;
const MOST_WIDTH = 200;

export const columnsOf = (width: number = DEFAULT_WIDTH): number =>
  Math.min(Math.max(Math.floor(width), LEAST_WIDTH), MOST_WIDTH);

/** Every run of text passes one of the two escapes here. */
export function plain(line: Line): string {
  return line.map(run).join('');
}

function run(one: Run): string {
  if (typeof one === 'string') return escapeTerminal(one);
  if ('file' in one) return quoteTerminal(one.file, one.most);
  if ('english' in one) return escapeTerminal(one.english, 4_096);
  if ('jump' in one) return escapeTerminal(one.text);
  return 'code' in one ? escapeTerminal(one.code) : escapeTerminal(one.link);
}
