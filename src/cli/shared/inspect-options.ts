import { type Command, Option } from 'commander';
import type { Config } from '../../config/settings.js';
import { ALL_RULEBOOKS } from '../../core/report/rule-terms.js';
import {
  type CommandName,
  type OPTION_SPECS,
  type OptionNameAt,
  type OptionNameOfType,
  type OptionSpec,
  type OptionType,
  optionSpec,
  optionsAt,
  type RequestedOptions,
} from '../../inspect/options/members.js';
import {
  hasLawSelection,
  type LawSelection,
  resolveLawSelection,
} from '../../inspect/options/resolved-law.js';
import { choiceOption, collectValues, listParser, parseDate, parseList } from './options.js';

/** Inspect options that a command accepts; files are given by their paths. */
export type InspectFlags<D extends CommandName> = Pick<
  RequestedOptions,
  Exclude<OptionNameAt<D>, OptionNameOfType<'file'>>
> & {
  [N in OptionNameAt<D> & OptionNameOfType<'file'>]?: (typeof OPTION_SPECS)[N]['times'] extends 'often'
    ? string[]
    : string;
};

/** An option for each member that the command takes (inspect/options/members.ts), in the order of the rows. */
export function withInspectOptions<C extends Command>(command: C, door: CommandName): C {
  for (const name of optionsAt(door)) command.addOption(optionFor(name, door));
  return command;
}

function optionFor(name: OptionNameAt<CommandName>, door: CommandName): Option {
  const row = optionSpec(name);
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flags = row.value === undefined ? `--${flag}` : `--${flag} <${row.value}>`;
  return OPTION_BUILDERS[row.type](flags, JSON.stringify(row.at[door]), row);
}

const fileNames = optionsAt('inspect').filter((name) => optionSpec(name).type === 'file');

const OPTION_BUILDERS: Record<OptionType, (flags: string, help: string, row: OptionSpec) => Option> = {
  day: (flags, help) => new Option(flags, help).argParser(parseDate),
  yes: (flags, help) => new Option(flags, help),
  word: (flags, help, { words = [], defaultValue: usual }) => choiceOption(flags, help, words).default(usual),
  words: (flags, help, { words = [] }) => new Option(flags, help).argParser(listParser(words)),
  names: (flags, help) => new Option(flags, help).argParser(parseList),
  // A segment takes its credentials from its init segment, so no sidecar can be given with it.
  file: (flags, help, { times }) => {
    const option = new Option(flags, help).conflicts(
      fileNames.filter((name) => !flags.startsWith(`--${name} `)),
    );
    return times === 'often' ? option.argParser(collectValues) : option;
  },
};

/** Returns those options of a command that are inspect options. */
export function pickInspectOptions(options: RequestedOptions): RequestedOptions {
  const members = optionsAt('library').filter((name) => optionSpec(name).type !== 'file');
  return Object.fromEntries(Object.entries(options).filter(([name]) => members.some((one) => one === name)));
}

/**
 * Returns the law selection, with the operator's defaults where options are missing. It is resolved before any file is
 * opened, so that a mistyped option does not produce empty reports.
 */
export async function lawSelectionFor(
  question: RequestedOptions,
  { lawDefaults }: Pick<Config, 'lawDefaults'>,
): Promise<LawSelection> {
  if (!hasLawSelection(question) && Object.keys(lawDefaults).length === 0) return {};
  const [{ chooseRulebooks }, { checkLawPresets }] = await Promise.all([
    import('../../core/law/rulebooks/index.js'),
    import('../../config/law-presets.js'),
  ]);
  checkLawPresets({ lawDefaults });
  return resolveLawSelection(question, { operator: lawDefaults }, chooseRulebooks);
}

/**
 * Returns the ids of the rulebooks selected by name and jurisdiction; `undefined` if nothing is selected, which means
 * all of them.
 */
export async function selectRulebooks({
  rulebooks,
  jurisdiction,
}: Pick<RequestedOptions, 'rulebooks' | 'jurisdiction'>): Promise<string[] | undefined> {
  if (rulebooks === undefined && jurisdiction === undefined) return undefined;
  const { chooseRulebooks } = await import('../../core/law/rulebooks/index.js');
  const books = chooseRulebooks({
    ...(rulebooks === undefined || rulebooks.includes(ALL_RULEBOOKS) ? {} : { ids: rulebooks }),
    ...(jurisdiction === undefined ? {} : { jurisdictions: jurisdiction }),
  });
  return books.map(({ id }) => id);
}
