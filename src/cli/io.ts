import type { Readable, Writable } from 'node:stream';
import { escapeTerminal } from '../core/renderers/terminal-escape.js';

/** The world as a command sees it; tests hand in their own. */
export interface Io {
  stdout: Writable;
  stderr: Writable;
  /** Where names of files may come from. */
  stdin?: Readable;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal. */
  isTTY: boolean;
  /** Characters a line, where stdout is a terminal. */
  width?: number;
  /** Aborts when the user or the system wants it to end. */
  interrupted?: AbortSignal;
}

/** Talk goes to stderr; data alone to stdout. File names and arguments in it may hold anything. */
export function say(io: Io, words: string): void {
  const lines = words.trimEnd().split('\n');
  io.stderr.write(`${lines.map((line) => escapeTerminal(line)).join('\n')}\n`);
}
