import { said } from '../say/said.js';
import type { Header } from '../scan/header.js';
import { type Asked, choiceFor, type OtherOption, otherQuestion, type RedoChoice } from '../scan/redo.js';
import { UsageError } from './exit-codes.js';

/**
 * Records of one scan answer one question: a run that asks another says that all are to be asked again, or does not begin.
 * Throws a UsageError.
 */
export function checkQuestion(
  headers: readonly Header[],
  now: Asked,
  recheck: readonly RedoChoice[] = [],
): void {
  const last = headers.at(-1);
  const others = last === undefined ? [] : otherQuestion(last, now);
  if (others.length === 0) return;
  const redo = choiceFor(others, now);
  if (recheck.includes(redo) || recheck.includes('question')) return;
  throw new UsageError(said('cli.scan.usage.otherQuestion', { names: others.map(otherSaid), redo }));
}

/** Of a scan in the database there is one question for all of its life. Throws a UsageError. */
export function checkKeptQuestion(header: Header, now: Asked): void {
  const others = otherQuestion(header, now);
  if (others.length === 0) return;
  const names = others.map(otherSaid);
  throw new UsageError(said('cli.scan.usage.otherQuestionKept', { scan: header.scan, names }));
}

export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const otherSaid = ({ name, before, now }: OtherOption) =>
  said('cli.scan.usage.otherOption', {
    option: flagOf(name),
    before: valueSaid(before),
    now: valueSaid(now),
  });

const valueSaid = (value: string | undefined) =>
  value === undefined ? said('cli.scan.usage.notGiven') : said('text.asWritten', { text: value });
