import { InvalidArgumentError } from 'commander';
import { isDay } from '../core/day.js';
import { LANGUAGES, type Language, languageOf } from '../core/languages.js';
import { ROLES, type Role } from '../core/rule-terms.js';
import { PERSONAL, type Personal } from '../core/signal.js';
import { CONDITION_NAMES, type Condition } from './fail-on.js';

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

export function parseConditions(text: string): Condition[] {
  return parseList(text).map((word) => {
    const condition = CONDITION_NAMES.find((name) => name === word);
    if (condition === undefined) throw new InvalidArgumentError(`Give any of ${CONDITION_NAMES.join(', ')}.`);
    return condition;
  });
}

export function parseReveal(text: string): Personal[] {
  return parseList(text).map((word) => {
    const kind = PERSONAL.find((name) => name === word);
    if (kind === undefined) throw new InvalidArgumentError(`Give any of ${PERSONAL.join(', ')}.`);
    return kind;
  });
}

export function parseLanguage(text: string): Language {
  const language = languageOf(text);
  if (language === undefined) throw new InvalidArgumentError(`Give one of ${LANGUAGES.join(', ')}.`);
  return language;
}

export function parseRoles(text: string): Role[] {
  return parseList(text).map((word) => {
    const role = ROLES.find((name) => name === word);
    if (role === undefined) throw new InvalidArgumentError(`Give any of ${ROLES.join(', ')}.`);
    return role;
  });
}

export function parseList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidArgumentError('Give names with commas between them.');
  return [...new Set(words)];
}
