import { Argument, Option } from 'commander';
import { isDay } from '../core/ground/day.js';
import { LANGUAGES, type Language, languageOf } from '../say/languages.js';
import { said } from '../say/said.js';
import { BadValue } from './command.js';
import { CONDITION_NAMES } from './fail-on.js';
import { described } from './help.js';

/** Checks of what stands on the command line; each says what would have been right. */

export function parseDate(text: string): string {
  if (!isDay(text)) throw new BadValue(said('cli.value.day'));
  return text;
}

export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      throw new BadValue(said('cli.value.number', { least: String(least), most: String(most) }));
    return number;
  };
}

export const parseConditions = anyOf(CONDITION_NAMES);

export function parseLanguage(text: string): Language {
  const language = languageOf(text);
  if (language === undefined) throw new BadValue(said('cli.value.one', { names: LANGUAGES }));
  return language;
}

/** Names of a list, with commas between them. */
export function anyOf<const T extends string>(names: readonly T[]): (text: string) => T[] {
  const one = oneOf(names, 'cli.value.any');
  return (text) => parseList(text).map(one);
}

function oneOf<const T extends string>(names: readonly T[], id: 'cli.value.any' | 'cli.value.one') {
  return (text: string): T => {
    const name = names.find((one) => one === text);
    if (name === undefined) throw new BadValue(said(id, { names }));
    return name;
  };
}

export function parseList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new BadValue(said('cli.value.list'));
  return [...new Set(words)];
}

/** An option that takes one word of a closed list. */
export const choice = (flags: string, description: string, names: readonly string[]): Option =>
  new Option(flags, description).choices(names).argParser(oneOf(names, 'cli.value.one'));

export const argumentChoice = (name: string, description: string, names: readonly string[]): Argument =>
  new Argument(name, description).choices(names).argParser(oneOf(names, 'cli.value.one'));

export const LANGUAGE_HELP = described('cli.option.language', { languages: LANGUAGES });
export const REPORT_LANGUAGE_HELP = described('cli.option.reportLanguage', { languages: LANGUAGES });

/** May be given several times; braces hold commas, so commas do not part patterns. */
export function collect(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}
