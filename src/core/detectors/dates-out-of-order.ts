import { type Said, said } from '../../say/said.js';
import type { Signal } from '../report/signal.js';
import type { UnsetClock } from '../signatures/unset-clocks.js';
import { type Moment, momentOf } from './calendar.js';
import { DATE_CARRIERS, type WrittenDate, writtenDates } from './dates-written.js';
import { defineDetector } from './detector.js';
import { dayOf, unsetClock } from './unset-clock.js';

/**
 * Dates of one file against each other, never against today's: cameras' clocks are wrong often enough. A day is
 * left besides the time zones. Where a clock was never set, its date says nothing, and contradicts nothing.
 */
export const datesOutOfOrder = defineDetector({
  id: 'dates-out-of-order',
  needs: DATE_CARRIERS,
  raises: ['file.dates.outOfOrder', 'file.dates.unsetClock', 'file.dates.impossible'],
  detect(evidence): Signal[] {
    const dates = writtenDates(evidence).map((date) => ({ ...date, moment: momentOf(date.text) }));
    const impossible = dates.filter((d) => d.moment === 'impossible');
    const dated = dates.flatMap(({ moment, ...date }): Dated[] => {
      if (moment === undefined || moment === 'impossible') return [];
      const clock = unsetClock(date.text, moment);
      return [{ ...date, moment, ...(clock === undefined ? {} : { clock }) }];
    });
    const conflicts = pairs(dated);
    return [
      ...impossible.map(
        (date): Signal => ({
          id: 'file.dates.impossible',
          backing: 'inferred',
          value: shown(date),
          basis: [date.location],
        }),
      ),
      ...unsetClocks(dated, conflicts),
      ...causes(conflicts.filter((pair) => pair.every(({ clock }) => clock === undefined))).map(outOfOrder),
    ];
  },
});

interface Dated extends WrittenDate {
  moment: Moment;
  /** The beginning or end of a clock that it stands at. */
  clock?: UnsetClock;
}

/** When it was taken, and a date that does not fit that. */
type Pair = [taken: Dated, other: Dated];

const MOST_CAUSES = 4;
const DAY_MINUTES = 24 * 60;

/** What was written before it was taken, and a satellite's day that is another than the camera's. */
function pairs(dates: readonly Dated[]): Pair[] {
  const of = (role: Dated['role']) => dates.filter((d) => d.role === role);
  const written = [...of('written'), ...of('container')];
  const before = of('taken').flatMap((taken) =>
    written.filter((w) => isBefore(w, taken)).map((w): Pair => [taken, w]),
  );
  const apart = of('taken').flatMap((taken) =>
    of('satellite')
      .filter((fix) => isBefore(fix, taken) || isBefore(taken, fix))
      .map((fix): Pair => [taken, fix]),
  );
  return [...before, ...apart];
}

function isBefore(one: Dated, other: Dated): boolean {
  return one.moment.latestMinutes + DAY_MINUTES < other.moment.earliestMinutes;
}

/** One signal a clock, however many fields have its date. */
function unsetClocks(dates: readonly Dated[], conflicts: readonly Pair[]): Signal[] {
  const told = dates.filter((date) => isTold(date, conflicts));
  return [...new Set(told.map(({ clock }) => clock))].map((clock): Signal => {
    const its = told.filter((date) => date.clock === clock);
    return {
      id: 'file.dates.unsetClock',
      backing: 'inferred',
      value: dayOf(its[0]?.text ?? ''),
      facts: its.slice(0, MOST_PLACES).map(({ name, text }) => ({ name, value: text })),
      basis: its.slice(0, MOST_PLACES).map(({ location }) => location),
    };
  });
}

/**
 * Of when it was taken, and of a day on which somebody may have worked, only where another date cannot be so: who dates
 * an old picture by its year alone writes 1 January. A zero in a container says that nobody gave a date.
 */
function isTold(date: Dated, conflicts: readonly Pair[]): boolean {
  const { clock, role } = date;
  if (clock === undefined || (role === 'container' && clock.when === 'always')) return false;
  if (clock.when === 'always' && role !== 'taken') return true;
  return conflicts.some((pair) => pair.includes(date));
}

/**
 * One date that does not fit several others is one cause, told once with all of them. Fields of one role and day are one
 * date, since tools copy it from block to block.
 */
function causes(conflicts: readonly Pair[]): Pair[][] {
  const found: Pair[][] = [];
  let left = [...conflicts];
  while (left.length > 0 && found.length < MOST_CAUSES) {
    const counts = new Map<string, number>();
    for (const date of left.flat()) counts.set(keyOf(date), (counts.get(keyOf(date)) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    const isIts = (pair: Pair) => pair.some((date) => keyOf(date) === most?.[0]);
    found.push(left.filter(isIts));
    left = left.filter((pair) => !isIts(pair));
  }
  return found;
}

const keyOf = ({ role, text }: Dated) => `${role === 'taken'} ${dayOf(text)}`;

/** The date that all of these have in common stands first, with one place for the fields that repeat it. */
function outOfOrder(its: readonly Pair[]): Signal {
  const taken = [...new Set(its.map(([one]) => one))];
  const others = [...new Set(its.map(([, other]) => other))];
  const isOne = new Set(taken.map(keyOf)).size === 1;
  const [one, rest] = isOne ? [taken, others] : [others, taken];
  const names = (dates: readonly Dated[]) => dates.slice(0, MOST_NAMED).map(shown);
  const before = others.filter(({ role }) => role !== 'satellite');
  const apart = others.filter(({ role }) => role === 'satellite');
  const against = (dates: readonly Dated[]) => ({
    dates: names(dates),
    count: dates.length,
    taken: names(taken),
  });
  const [first, second] = [
    ...(before.length === 0 ? [] : [said('fact.dates.before', against(before))]),
    ...(apart.length === 0 ? [] : [said('fact.dates.otherDay', against(apart))]),
  ];
  return {
    id: 'file.dates.outOfOrder',
    backing: 'inferred',
    ...(first === undefined ? {} : { said: { value: both(first, second) } }),
    facts: [...taken.slice(0, MOST_PLACES), ...others.slice(0, MOST_PLACES)].map(({ name, text }) => ({
      name,
      value: text,
    })),
    basis: [...one.slice(0, 1), ...rest.slice(0, MOST_PLACES)].map(({ location }) => location),
  };
}

const MOST_NAMED = 4;
const MOST_PLACES = 16;
const MOST_CHARACTERS = 40;

const both = (first: Said, second: Said | undefined): Said =>
  second === undefined ? first : said('fact.dates.both', { first, second });

function shown({ name, text }: WrittenDate): string {
  return `${name} ${text.slice(0, MOST_CHARACTERS)}`;
}
