import { type Command, Option } from 'commander';
import { asksLaw, chosenIn } from '../question/asked.js';
import {
  type CommandDoor,
  type Member,
  membersAt,
  type NameAt,
  type NameOf,
  type Question,
  rowOf,
  type Takes,
} from '../question/members.js';
import { anyOf, choice, parseDate, parseList } from './options.js';

/** What may be asked at a command; a file by its path. */
export type QuestionOptions<D extends CommandDoor> = Pick<Question, Exclude<NameAt<D>, NameOf<'file'>>> & {
  [N in NameAt<D> & NameOf<'file'>]?: string;
};

/** An option for each member that the command takes (question/members.ts), in the order of the rows. */
export function withQuestion<C extends Command>(command: C, door: CommandDoor): C {
  for (const name of membersAt(door)) command.addOption(optionOf(name, door));
  return command;
}

function optionOf(name: NameAt<CommandDoor>, door: CommandDoor): Option {
  const row = rowOf(name);
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flags = row.value === undefined ? `--${flag}` : `--${flag} <${row.value}>`;
  return OPTIONS[row.takes](flags, JSON.stringify(row.at[door]), row);
}

const OPTIONS: Record<Takes, (flags: string, help: string, row: Member) => Option> = {
  day: (flags, help) => new Option(flags, help).argParser(parseDate),
  yes: (flags, help) => new Option(flags, help),
  word: (flags, help, { words = [], usual }) => choice(flags, help, words).default(usual),
  words: (flags, help, { words = [] }) => new Option(flags, help).argParser(anyOf(words)),
  names: (flags, help) => new Option(flags, help).argParser(parseList),
  file: (flags, help) => new Option(flags, help),
};

/** Of all options of a command what is asked of the file. */
export function questionIn(options: Question): Question {
  const members = membersAt('library').filter((name) => rowOf(name).takes !== 'file');
  return Object.fromEntries(Object.entries(options).filter(([name]) => members.some((one) => one === name)));
}

/**
 * Ids of the rulebooks asked for by name or place; undefined where none are. Known before any file is opened, so that a
 * slip of the pen is no run of empty reports.
 */
export async function chosenRulebooks(question: Question): Promise<string[] | undefined> {
  if (!asksLaw(question)) return undefined;
  const { chooseRulebooks } = await import('../core/law/rulebooks/index.js');
  return chosenIn(question, chooseRulebooks);
}
