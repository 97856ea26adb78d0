import type { Readable, Writable } from 'node:stream';
import { jsonLine } from '../core/ground/json-line.js';
import { textOfPath } from '../core/ground/path-text.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import type { Language } from '../say/languages.js';
import type { Said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { spoken } from './language.js';

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
  /** What --lang asks for. */
  language?: Language | undefined;
  /** Aborts when the user or the system wants it to end. */
  interrupted?: AbortSignal;
}

/** How a person is spoken to; what programs read goes by what was asked for alone. */
export const speechIn = ({ language, env }: Pick<Io, 'language' | 'env'>): Speech =>
  speechOf(spoken(language, env));

/** Talk goes to stderr; data alone to stdout. */
export function tell(io: Io, what: Said): void {
  write(io, speechIn(io).words('cli.says', { what }));
}

/** A line below what was told. */
export function tellMore(io: Io, what: Said): void {
  write(io, speechIn(io).say(what));
}

/** File names and arguments in it may hold anything. */
export function write(io: Io, words: string): void {
  const lines = words.trimEnd().split('\n');
  io.stderr.write(`${lines.map((line) => escapeTerminal(textOfPath(line))).join('\n')}\n`);
}

/** A line that is ours alone, or a name: whole, so that it can be copied. */
export function writeLine(io: Io, line: string): void {
  io.stderr.write(`${escapeTerminal(textOfPath(line), Number.POSITIVE_INFINITY)}\n`);
}

/** In the place of the line that stood there; nothing: that one goes. */
export function writeOver(io: Io, line = ''): void {
  io.stderr.write(`\r\u001b[2K${escapeTerminal(line)}`);
}

/** For programs that look on. */
export function writeJson(io: Io, value: unknown): void {
  io.stderr.write(jsonLine(value));
}
