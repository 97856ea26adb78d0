import { type Argument, Command, type Option } from 'commander';
import { nearestWord } from '../core/ground/nearest-word.js';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import type { Speech } from '../say/speech.js';
import { Mistake } from './exit-codes.js';
import { SpokenHelp } from './help.js';

/** A value that an option or argument does not take. */
export class BadValue extends SaidError {
  override name = 'BadValue';
}

/**
 * A command that says nothing in commander's own words: what is wrong with a command line is thrown as it is to be said.
 * The methods for that are commander's too, though its types do not list them: the version is pinned, and
 * tests/cli/mistakes.test.ts makes each mistake.
 */
export class SpokenCommand extends Command {
  constructor(
    name: string,
    readonly speech: () => Speech,
  ) {
    super(name);
  }

  #takesMore = false;

  override allowExcessArguments(takes = true): this {
    this.#takesMore = takes;
    return super.allowExcessArguments(takes);
  }

  override createCommand(name = ''): SpokenCommand {
    return new SpokenCommand(name, this.speech);
  }

  override createHelp(): SpokenHelp {
    return Object.assign(new SpokenHelp(this.speech()), this.configureHelp());
  }

  missingArgument(name: string): void {
    throw new Mistake(said('cli.mistake.noArgument', { name }));
  }

  optionMissingArgument({ flags }: Option): void {
    throw new Mistake(said('cli.mistake.noValue', { option: flags }));
  }

  missingMandatoryOptionValue({ flags }: Option): void {
    throw new Mistake(said('cli.mistake.noOption', { option: flags }));
  }

  _conflictingOption(one: Option, other: Option): void {
    throw new Mistake(said('cli.mistake.conflict', { one: one.flags, other: other.flags }));
  }

  unknownOption(flag: string): void {
    const known = [this, this.parent].flatMap((command) => command?.options ?? []);
    const near = nearestWord(
      flag,
      known.flatMap(({ long }) => long ?? []),
    );
    throw unknown('cli.mistake.unknownOption', flag, near);
  }

  unknownCommand(): void {
    const [name = ''] = this.args;
    const near = nearestWord(
      name,
      this.commands.map((one) => one.name()),
    );
    throw unknown('cli.mistake.unknownCommand', name, near);
  }

  _excessArguments(given: readonly string[]): void {
    if (this.#takesMore) return;
    throw new Mistake(
      said('cli.mistake.tooMany', { most: this.registeredArguments.length, given: String(given.length) }),
    );
  }

  _callParseArg(of: Argument | Option, value: string, before: unknown): unknown {
    try {
      // Commander has set what reads its values.
      return of.parseArg?.(value, before);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      const name = 'flags' in of ? of.flags : `<${of.name()}>`;
      throw new Mistake(said('cli.mistake.value', { name, value, why: error.said }), { cause: error });
    }
  }
}

function unknown(
  id: 'cli.mistake.unknownOption' | 'cli.mistake.unknownCommand',
  name: string,
  near: string | undefined,
): Mistake {
  const what = said(id, { name });
  return new Mistake(near === undefined ? what : said('cli.mistake.near', { what, near }));
}
