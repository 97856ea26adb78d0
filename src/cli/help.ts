import { type Argument, type Command, Help, type Option } from 'commander';
import { displayWidth, wrap } from '../core/renderers/wrap.js';
import { type MessageId, type PlainId, type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';

/**
 * Help in the language of its reader. What commands, arguments and options are described with is what is to be said of
 * them, as JSON, since commander keeps text: the words are made when help is shown, and the other runs load none.
 */
export function described<K extends MessageId>(...one: Parameters<typeof said<K>>): string {
  return JSON.stringify(said(...one));
}

/** What stands after the options. */
export interface HelpEnd {
  /** Names and what they mean. */
  rows?: { title: PlainId; rows: readonly (readonly [name: string, means: PlainId])[] };
  notes?: readonly PlainId[];
  /** As they are typed. */
  examples?: readonly string[];
  /** What comes last. */
  last?: readonly PlainId[];
}

const ends = new WeakMap<Command, HelpEnd>();

export function endHelp(command: Command, end: HelpEnd): Command {
  ends.set(command, end);
  return command;
}

const LEAST_WIDTH = 20;
/** Longer lines are hard to read, however wide the terminal is. */
const MOST_WIDTH = 100;

export class SpokenHelp extends Help {
  constructor(readonly speech: Speech) {
    super();
  }

  override formatHelp(command: Command, helper: Help): string {
    const width = Math.min(helper.helpWidth ?? 80, MOST_WIDTH);
    const columns = helper.padWidth(command, helper);
    const part = (title: PlainId, items: readonly (readonly [term: string, means: string])[]) =>
      items.length === 0
        ? []
        : [
            this.speech.words(title),
            ...items.map(([term, means]) => helper.formatItem(term, columns, means, helper)),
            '',
          ];
    const about = helper.commandDescription(command);
    return [
      `${this.speech.words('cli.help.usage')} ${helper.commandUsage(command)}`,
      '',
      ...(about === '' ? [] : [this.boxWrap(about, width), '']),
      ...part(
        'cli.help.arguments',
        helper.visibleArguments(command).map(termed(helper.argumentTerm, helper.argumentDescription, helper)),
      ),
      ...part(
        'cli.help.options',
        helper.visibleOptions(command).map(termed(helper.optionTerm, helper.optionDescription, helper)),
      ),
      ...part(
        'cli.help.commands',
        helper
          .visibleCommands(command)
          .map(termed(helper.subcommandTerm, helper.subcommandDescription, helper)),
      ),
      ...this.#end(ends.get(command) ?? {}, width),
    ].join('\n');
  }

  #end({ rows, notes = [], examples = [], last = [] }: HelpEnd, width: number): string[] {
    const paragraph = (id: PlainId) => [this.boxWrap(this.speech.words(id), width), ''];
    return [
      ...notes.flatMap(paragraph),
      ...(rows === undefined ? [] : [this.speech.words(rows.title), ...table(rows.rows, this.speech), '']),
      ...(examples.length === 0
        ? []
        : [this.speech.words('cli.help.examples'), ...examples.map((one) => `  ${one}`), '']),
      ...last.flatMap(paragraph),
    ];
  }

  /** Letters that are two columns wide, and lines that may break between any of them. */
  override displayWidth(text: string): number {
    return displayWidth(text);
  }

  override boxWrap(text: string, width: number): string {
    return wrap(text, Math.max(width, LEAST_WIDTH)).join('\n');
  }

  override commandDescription(command: Command): string {
    return this.#words(command.description());
  }

  override subcommandDescription(command: Command): string {
    return this.#words(command.summary() || command.description());
  }

  override argumentDescription(argument: Argument): string {
    return this.#noted(argument);
  }

  override optionDescription(option: Option): string {
    return this.#noted(option);
  }

  /** With the values there are, and what counts where none is given. */
  #noted({ description, argChoices, defaultValue, defaultValueDescription }: Argument | Option): string {
    const usual = defaultValueDescription ?? defaultValue;
    const notes = [
      ...(argChoices === undefined ? [] : [said('cli.help.choices', { values: argChoices })]),
      ...(usual === undefined || usual === false || Array.isArray(usual)
        ? []
        : [said('cli.help.default', { value: String(usual) })]),
    ];
    return notes.length === 0
      ? this.#words(description)
      : this.speech.words('cli.help.noted', { text: saidIn(description), notes });
  }

  #words(description: string): string {
    return description === '' ? '' : this.speech.say(saidIn(description));
  }
}

/** `described`, back again. */
function saidIn(description: string): Said {
  return JSON.parse(description);
}

function termed<T>(term: (one: T) => string, means: (one: T) => string, helper: Help) {
  return (one: T): [string, string] => [term.call(helper, one), means.call(helper, one)];
}

function table(rows: readonly (readonly [string, PlainId])[], speech: Speech): string[] {
  const columns = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, means]) => `  ${name.padEnd(columns)} ${speech.words(means)}`);
}
