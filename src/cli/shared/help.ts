import { type Argument, type Command, Help, type Option } from 'commander';
import { displayWidth, wrap } from '../../core/renderers/text/wrap.js';
import { type Message, type MessageId, message, type PlainMessageId } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';

/**
 * Encodes the description of a command, argument or option as JSON of its message id and parameters, because commander
 * stores only text. The text is translated when help is shown; other runs load no texts.
 */
export function encodeDescription<K extends MessageId>(...one: Parameters<typeof message<K>>): string {
  return JSON.stringify(message(...one));
}

/** Help text after the options. */
export interface HelpEnd {
  /** Names and their meanings. */
  rows?: { title: PlainMessageId; rows: readonly (readonly [name: string, means: PlainMessageId])[] };
  notes?: readonly PlainMessageId[];
  /** Command lines as the user types them. */
  examples?: readonly string[];
  /** Final paragraphs. */
  last?: readonly PlainMessageId[];
}

const helpEnds = new WeakMap<Command, HelpEnd>();

export function setHelpEnd(command: Command, end: HelpEnd): Command {
  helpEnds.set(command, end);
  return command;
}

const MIN_WIDTH = 20;
/** Longer lines are hard to read, however wide the terminal is. */
const MAX_WIDTH = 100;

export class LocalizedHelp extends Help {
  constructor(readonly translator: Translator) {
    super();
  }

  override formatHelp(command: Command, helper: Help): string {
    const width = Math.min(helper.helpWidth ?? 80, MAX_WIDTH);
    const columns = helper.padWidth(command, helper);
    const part = (title: PlainMessageId, items: readonly (readonly [term: string, means: string])[]) =>
      items.length === 0
        ? []
        : [
            this.translator.text(title),
            ...items.map(([term, means]) => helper.formatItem(term, columns, means, helper)),
            '',
          ];
    const about = helper.commandDescription(command);
    return [
      `${this.translator.text('cli.help.usage')} ${helper.commandUsage(command)}`,
      '',
      ...(about === '' ? [] : [this.boxWrap(about, width), '']),
      ...part(
        'cli.help.arguments',
        helper
          .visibleArguments(command)
          .map(toTermRow(helper.argumentTerm, helper.argumentDescription, helper)),
      ),
      ...part(
        'cli.help.options',
        helper.visibleOptions(command).map(toTermRow(helper.optionTerm, helper.optionDescription, helper)),
      ),
      ...part(
        'cli.help.commands',
        helper
          .visibleCommands(command)
          .map(toTermRow(helper.subcommandTerm, helper.subcommandDescription, helper)),
      ),
      ...this.#end(helpEnds.get(command) ?? {}, width),
    ].join('\n');
  }

  #end({ rows, notes = [], examples = [], last = [] }: HelpEnd, width: number): string[] {
    const paragraph = (id: PlainMessageId) => [this.boxWrap(this.translator.text(id), width), ''];
    return [
      ...notes.flatMap(paragraph),
      ...(rows === undefined
        ? []
        : [this.translator.text(rows.title), ...formatRows(rows.rows, this.translator), '']),
      ...(examples.length === 0
        ? []
        : [this.translator.text('cli.help.examples'), ...examples.map((one) => `  ${one}`), '']),
      ...last.flatMap(paragraph),
    ];
  }

  /** Counts wide letters as two columns; their lines may break between any two of them. */
  override displayWidth(text: string): number {
    return displayWidth(text);
  }

  override boxWrap(text: string, width: number): string {
    return wrap(text, Math.max(width, MIN_WIDTH)).join('\n');
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

  /** Returns the description with the allowed values and the default value. */
  #noted({ description, argChoices, defaultValue, defaultValueDescription }: Argument | Option): string {
    const usual = defaultValueDescription ?? defaultValue;
    const notes = [
      ...(argChoices === undefined ? [] : [message('cli.help.choices', { values: argChoices })]),
      ...(usual === undefined || usual === false || Array.isArray(usual)
        ? []
        : [message('cli.help.default', { value: String(usual) })]),
    ];
    return notes.length === 0
      ? this.#words(description)
      : this.translator.text('cli.help.noted', { text: decodeDescription(description), notes });
  }

  #words(description: string): string {
    return description === '' ? '' : this.translator.translate(decodeDescription(description));
  }
}

/** Decodes a description made by `encodeDescription`. */
function decodeDescription(description: string): Message {
  return JSON.parse(description);
}

function toTermRow<T>(term: (one: T) => string, means: (one: T) => string, helper: Help) {
  return (one: T): [string, string] => [term.call(helper, one), means.call(helper, one)];
}

function formatRows(rows: readonly (readonly [string, PlainMessageId])[], speech: Translator): string[] {
  const columns = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, means]) => `  ${name.padEnd(columns)} ${speech.text(means)}`);
}
