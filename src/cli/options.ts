import { InvalidArgumentError } from 'commander';
import { CONDITION_NAMES, type Condition } from './fail-on.js';

/** Checks of what stands on the command line; each says what would have been right. */

/** Only days that exist: `2026-02-30` would silently be 2 March. */
export function parseDate(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('Give a day of the calendar as YYYY-MM-DD.');
  }
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

export function parseList(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw new InvalidArgumentError('Give names with commas between them.');
  return [...new Set(words)];
}
