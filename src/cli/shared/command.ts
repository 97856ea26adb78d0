import { type Argument, Command, type Option } from 'commander';
import { findNearestWord } from '../../base/nearest-word.js';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import type { Translator } from '../../i18n/translator.js';
import { CommandLineError } from './exit-codes.js';
import { LocalizedHelp } from './help.js';

/** Thrown for a value that an option or argument does not accept. */
export class InvalidValueError extends MessageError {
  override name = 'InvalidValueError';
}

/**
 * Command that never prints commander's own English texts: errors of the command line are thrown as messages to be
 * translated. The overridden methods are commander's, though its types do not list all of them. The version is pinned,
 * and tests/cli/mistakes.test.ts provokes each error.
 */
export class LocalizedCommand extends Command {
  constructor(
    name: string,
    readonly translator: () => Translator,
  ) {
    super(name);
  }

  #takesMore = false;

  override allowExcessArguments(takes = true): this {
    this.#takesMore = takes;
    return super.allowExcessArguments(takes);
  }

  override createCommand(name = ''): LocalizedCommand {
    return new LocalizedCommand(name, this.translator);
  }

  override createHelp(): LocalizedHelp {
    return Object.assign(new LocalizedHelp(this.translator()), this.configureHelp());
  }

  missingArgument(name: string): void {
    throw new CommandLineError(message('cli.mistake.noArgument', { name }));
  }

  optionMissingArgument({ flags }: Option): void {
    throw new CommandLineError(message('cli.mistake.noValue', { option: flags }));
  }

  missingMandatoryOptionValue({ flags }: Option): void {
    throw new CommandLineError(message('cli.mistake.noOption', { option: flags }));
  }

  _conflictingOption(one: Option, other: Option): void {
    throw new CommandLineError(message('cli.mistake.conflict', { one: one.flags, other: other.flags }));
  }

  unknownOption(flag: string): void {
    const known = [this, this.parent].flatMap((command) => command?.options ?? []);
    const near = findNearestWord(
      flag,
      known.flatMap(({ long }) => long ?? []),
    );
    throw unknownWordError('cli.mistake.unknownOption', flag, near);
  }

  unknownCommand(): void {
    const [name = ''] = this.args;
    const near = findNearestWord(
      name,
      this.commands.map((one) => one.name()),
    );
    throw unknownWordError('cli.mistake.unknownCommand', name, near);
  }

  _excessArguments(given: readonly string[]): void {
    if (this.#takesMore) return;
    throw new CommandLineError(
      message('cli.mistake.tooMany', { most: this.registeredArguments.length, given: String(given.length) }),
    );
  }

  _callParseArg(of: Argument | Option, value: string, before: unknown): unknown {
    try {
      // Commander sets `parseArg` to the parser of the option's or argument's values.
      return of.parseArg?.(value, before);
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      const name = 'flags' in of ? of.flags : `<${of.name()}>`;
      throw new CommandLineError(message('cli.mistake.value', { name, value, why: error.userMessage }), {
        cause: error,
      });
    }
  }
}

function unknownWordError(
  id: 'cli.mistake.unknownOption' | 'cli.mistake.unknownCommand',
  name: string,
  near: string | undefined,
): CommandLineError {
  const what = message(id, { name });
  return new CommandLineError(near === undefined ? what : message('cli.mistake.near', { what, near }));
}
