import type { Readable, Writable } from 'node:stream';
import { formatJsonLine } from '../../base/json-line.js';
import { displayPath } from '../../base/path-text.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import type { Language } from '../../i18n/languages.js';
import type { Message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { userLanguage } from './language.js';

/** Streams and environment of a command; tests pass their own. */
export interface Io {
  stdout: Writable;
  stderr: Writable;
  /** Source of file names, if they are read from standard input. */
  stdin?: Readable;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal. */
  isTTY: boolean;
  /** Characters per line, if stdout is a terminal. */
  width?: number;
  /** Value of `--lang`. */
  language?: Language | undefined;
  /** Aborts when the user or the system wants the command to end. */
  interrupted?: AbortSignal;
}

/**
 * Returns the translator for text that people read. Output for programs depends on `--lang` alone, not on the
 * environment.
 */
export const translatorForUser = ({ language, env }: Pick<Io, 'language' | 'env'>): Translator =>
  translatorFor(userLanguage(language, env));

/** Prints a message on stderr; stdout carries data only. */
export function printMessage(io: Io, what: Message): void {
  printText(io, translatorForUser(io).text('cli.says', { what }));
}

/** Prints a further line below a message. */
export function printDetail(io: Io, what: Message): void {
  printText(io, translatorForUser(io).translate(what));
}

/** Prints escaped text, since it may contain arbitrary file names and arguments. */
export function printText(io: Io, words: string): void {
  const lines = words.trimEnd().split('\n');
  io.stderr.write(`${lines.map((line) => escapeTerminal(displayPath(line))).join('\n')}\n`);
}

/** Prints one line that is not cut, such as a name, so that it can be copied. */
export function printLine(io: Io, line: string): void {
  io.stderr.write(`${escapeTerminal(displayPath(line), Number.POSITIVE_INFINITY)}\n`);
}

/** Replaces the current terminal line; without text it only clears it. */
export function overwriteLine(io: Io, line = ''): void {
  io.stderr.write(`\r\u001b[2K${escapeTerminal(line)}`);
}

/** Prints a JSON line for programs that read stderr. */
export function printJson(io: Io, value: unknown): void {
  io.stderr.write(formatJsonLine(value));
}
