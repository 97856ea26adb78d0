import { InvalidArgumentError } from 'commander';
import { isDay } from '../core/day.js';
import { ROLES } from '../core/rule-terms.js';
import { PERSONAL } from '../core/signal.js';
import { LANGUAGES, type Language, languageOf } from '../say/languages.js';
import { CONDITION_NAMES } from './fail-on.js';

/** Checks of what stands on the command line; each says what would have been right. */

export function parseDate(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Give a day of the calendar as YYYY-MM-DD.');
  return text;
}

export function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) {
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    }
    return number;
  };
}

export const parseConditions = anyOf(CONDITION_NAMES);

export const parseReveal = anyOf(PERSONAL);

export function parseLanguage(text: string): Language {
  const language = languageOf(text);
  if (language === undefined) throw new InvalidArgumentError(`Give one of ${LANGUAGES.join(', ')}.`);
  return language;
}

export const parseRoles = anyOf(ROLES);

/** Names of a list, with commas between them. */
export function anyOf<const T extends string>(names: readonly T[]): (text: string) => T[] {
  return (text) =>
    parseList(text).map((word) => {
      const name = names.find((one) => one === word);
      if (name === undefined) throw new InvalidArgumentError(`Give any of ${names.join(', ')}.`);
      return name;
    });
}

export function parseList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidArgumentError('Give names with commas between them.');
  return [...new Set(words)];
}
