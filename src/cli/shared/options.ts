import { Argument, Option } from 'commander';
import { isDay } from '../../base/day.js';
import { LANGUAGES, type Language, matchLanguage } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { InvalidValueError } from './command.js';
import { CONDITION_NAMES } from './fail-on.js';
import { encodeDescription } from './help.js';

/** Parsers of values on the command line. Each throws an error that states the accepted values. */

export function parseDate(text: string): string {
  if (!isDay(text)) throw new InvalidValueError(message('cli.value.day'));
  return text;
}

export function parseInteger(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= min && number <= max))
      throw new InvalidValueError(message('cli.value.number', { least: String(min), most: String(max) }));
    return number;
  };
}

export const parseConditions = listParser(CONDITION_NAMES);

export function parseLanguage(text: string): Language {
  const language = matchLanguage(text);
  if (language === undefined) throw new InvalidValueError(message('cli.value.one', { names: LANGUAGES }));
  return language;
}

/** Returns a parser of a comma-separated list of names. */
export function listParser<const T extends string>(names: readonly T[]): (text: string) => T[] {
  const one = wordParser(names, 'cli.value.any');
  return (text) => parseList(text).map(one);
}

function wordParser<const T extends string>(names: readonly T[], id: 'cli.value.any' | 'cli.value.one') {
  return (text: string): T => {
    const name = names.find((one) => one === text);
    if (name === undefined) throw new InvalidValueError(message(id, { names }));
    return name;
  };
}

export function parseList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidValueError(message('cli.value.list'));
  return [...new Set(words)];
}

/** Returns an option that accepts one word of a closed list. */
export const choiceOption = (flags: string, description: string, names: readonly string[]): Option =>
  new Option(flags, description).choices(names).argParser(wordParser(names, 'cli.value.one'));

export const argumentChoice = (name: string, description: string, names: readonly string[]): Argument =>
  new Argument(name, description).choices(names).argParser(wordParser(names, 'cli.value.one'));

export const LANGUAGE_HELP = encodeDescription('cli.option.language', { languages: LANGUAGES });
export const REPORT_LANGUAGE_HELP = encodeDescription('cli.option.reportLanguage', { languages: LANGUAGES });

/** Collects the values of a repeated option. Commas do not separate patterns, because braces may contain commas. */
export function collectValues(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}
