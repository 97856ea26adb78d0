import { type Command, Option } from 'commander';
import type { Config } from '../config.js';
import { ALL_RULEBOOKS } from '../core/report/rule-terms.js';
import { type AskedLaw, askedLaw, asksLaw } from '../question/asked-law.js';
import {
  type CommandDoor,
  type MEMBERS,
  type Member,
  membersAt,
  type NameAt,
  type NameOf,
  type Question,
  rowOf,
  type Takes,
} from '../question/members.js';
import { anyOf, choice, collect, parseDate, parseList } from './options.js';

/** What may be asked at a command; files by their paths. */
export type QuestionOptions<D extends CommandDoor> = Pick<Question, Exclude<NameAt<D>, NameOf<'file'>>> & {
  [N in NameAt<D> & NameOf<'file'>]?: (typeof MEMBERS)[N]['times'] extends 'often' ? string[] : string;
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

const fileNames = membersAt('inspect').filter((name) => rowOf(name).takes === 'file');

const OPTIONS: Record<Takes, (flags: string, help: string, row: Member) => Option> = {
  day: (flags, help) => new Option(flags, help).argParser(parseDate),
  yes: (flags, help) => new Option(flags, help),
  word: (flags, help, { words = [], usual }) => choice(flags, help, words).default(usual),
  words: (flags, help, { words = [] }) => new Option(flags, help).argParser(anyOf(words)),
  names: (flags, help) => new Option(flags, help).argParser(parseList),
  // A segment has its credentials in its init segment: nobody can bring others for it.
  file: (flags, help, { times }) => {
    const option = new Option(flags, help).conflicts(
      fileNames.filter((name) => !flags.startsWith(`--${name} `)),
    );
    return times === 'often' ? option.argParser(collect) : option;
  },
};

/** Of all options of a command what is asked of the file. */
export function questionIn(options: Question): Question {
  const members = membersAt('library').filter((name) => rowOf(name).takes !== 'file');
  return Object.fromEntries(Object.entries(options).filter(([name]) => members.some((one) => one === name)));
}

/**
 * What is asked of the law, with what the operator asks for where the options do not say. Known before any file is opened,
 * so that a slip of the pen is no run of empty reports.
 */
export async function lawAsked(
  question: Question,
  { lawDefaults }: Pick<Config, 'lawDefaults'>,
): Promise<AskedLaw> {
  if (!asksLaw(question) && Object.keys(lawDefaults).length === 0) return {};
  const [{ chooseRulebooks }, { checkLawPresets }] = await Promise.all([
    import('../core/law/rulebooks/index.js'),
    import('../law-presets.js'),
  ]);
  checkLawPresets({ lawDefaults });
  return askedLaw(question, { operator: lawDefaults }, chooseRulebooks);
}

/** Ids of the rulebooks that fit what is asked by name and place; undefined where nothing is, which means all of them. */
export async function chosenRulebooks({
  rulebooks,
  jurisdiction,
}: Pick<Question, 'rulebooks' | 'jurisdiction'>): Promise<string[] | undefined> {
  if (rulebooks === undefined && jurisdiction === undefined) return undefined;
  const { chooseRulebooks } = await import('../core/law/rulebooks/index.js');
  const books = chooseRulebooks({
    ...(rulebooks === undefined || rulebooks.includes(ALL_RULEBOOKS) ? {} : { ids: rulebooks }),
    ...(jurisdiction === undefined ? {} : { jurisdictions: jurisdiction }),
  });
  return books.map(({ id }) => id);
}
