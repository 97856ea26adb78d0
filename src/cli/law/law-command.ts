import type { Command } from 'commander';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { encodeDescription } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';

/** Options, output and refusals that all commands of `assay law` share. */

export interface LawCommandOptions {
  json?: boolean;
  lang?: Language;
}

export const withOptions = (command: Command): Command =>
  command
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage);

/** Prints a refusal with its code, which scripts may rely on. A refused command has changed nothing. */
export async function withRefusals(
  options: LawCommandOptions,
  io: Io,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const { LawRefusal } = await import('../../service/law-updates/law-refusal.js');
    if (!(error instanceof LawRefusal)) throw error;
    const { code } = error;
    if (options.json) {
      const reason = jsonTranslator(options).translate(error.userMessage);
      const refused = { schema: 'assay.law-refusal/1', outcome: 'refused', code, reason };
      await new Output(io.stdout).json(refused);
    } else printMessage(io, message('lawUpdate.refused', { code, why: error.userMessage }));
    return EXIT.notAllInspected;
  }
}

export async function printResult(
  options: LawCommandOptions,
  io: Io,
  json: unknown,
  text: (translator: Translator) => string,
): Promise<void> {
  const output = new Output(io.stdout);
  await (options.json ? output.json(json) : output.text(text(translatorForUser(io))));
}

/** Returns the translator for JSON output: English, unless another language was requested. */
export const jsonTranslator = ({ lang = 'en' }: LawCommandOptions): Translator => translatorFor(lang);

export const today = (): string => new Date().toISOString().slice(0, 10);
