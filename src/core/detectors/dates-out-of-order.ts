import { type Message, message } from '../../i18n/message.js';
import type { Signal } from '../report/signal.js';
import type { UnsetClock } from '../signatures/unset-clocks.js';
import { type Moment, parseMoment } from './calendar.js';
import { DATE_CARRIERS, findWrittenDates, type WrittenDate } from './dates-written.js';
import { defineDetector } from './detector.js';
import { findUnsetClock, toDay } from './unset-clock.js';

/**
 * Compares the dates of one file with each other, never with today, because camera clocks are often wrong. One day of
 * tolerance is allowed beyond the time zones. A date from a clock that was never set says nothing and contradicts
 * nothing.
 */
export const datesOutOfOrder = defineDetector({
  id: 'dates-out-of-order',
  needs: DATE_CARRIERS,
  raises: ['file.dates.outOfOrder', 'file.dates.unsetClock', 'file.dates.impossible'],
  detect(evidence): Signal[] {
    const dates = findWrittenDates(evidence).map((date) => ({ ...date, moment: parseMoment(date.text) }));
    const impossible = dates.filter((d) => d.moment === 'impossible');
    const dated = dates.flatMap(({ moment, ...date }): Dated[] => {
      if (moment === undefined || moment === 'impossible') return [];
      const clock = findUnsetClock(date.text, moment);
      return [{ ...date, moment, ...(clock === undefined ? {} : { clock }) }];
    });
    const conflicts = findConflicts(dated);
    return [
      ...impossible.map(
        (date): Signal => ({
          id: 'file.dates.impossible',
          backing: 'inferred',
          value: shown(date),
          basis: [date.location],
        }),
      ),
      ...unsetClockSignals(dated, conflicts),
      ...groupByCause(conflicts.filter((pair) => pair.every(({ clock }) => clock === undefined))).map(
        outOfOrderSignal,
      ),
    ];
  },
});

interface Dated extends WrittenDate {
  moment: Moment;
  /** Start or end of a clock's range, if the date lies there. */
  clock?: UnsetClock;
}

/** Capture date, and a date that does not fit it. */
type Pair = [taken: Dated, other: Dated];

const MAX_CAUSES = 4;
const DAY_MINUTES = 24 * 60;

/** Pairs each capture date with dates written before it, and with a satellite day that differs from the camera's. */
function findConflicts(dates: readonly Dated[]): Pair[] {
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

/** Raises one signal per clock, however many fields have its date. */
function unsetClockSignals(dates: readonly Dated[], conflicts: readonly Pair[]): Signal[] {
  const reported = dates.filter((date) => isReported(date, conflicts));
  return [...new Set(reported.map(({ clock }) => clock))].map((clock): Signal => {
    const its = reported.filter((date) => date.clock === clock);
    return {
      id: 'file.dates.unsetClock',
      backing: 'inferred',
      value: toDay(its[0]?.text ?? ''),
      facts: its.slice(0, MAX_LOCATORS).map(({ name, text }) => ({ name, value: text })),
      basis: its.slice(0, MAX_LOCATORS).map(({ location }) => location),
    };
  });
}

/**
 * Capture dates, and dates on days when people may have worked, are reported only if another date contradicts them:
 * people who date an old picture only by year write 1 January. A zero in a container only means that no date was given.
 */
function isReported(date: Dated, conflicts: readonly Pair[]): boolean {
  const { clock, role } = date;
  if (clock === undefined || (role === 'container' && clock.when === 'always')) return false;
  if (clock.when === 'always' && role !== 'taken') return true;
  return conflicts.some((pair) => pair.includes(date));
}

/**
 * Groups conflicts by cause: one date that does not fit several others is reported once with all of them. Fields of one
 * role and day count as one date, since tools copy it from block to block.
 */
function groupByCause(conflicts: readonly Pair[]): Pair[][] {
  const found: Pair[][] = [];
  let left = [...conflicts];
  while (left.length > 0 && found.length < MAX_CAUSES) {
    const counts = new Map<string, number>();
    for (const date of left.flat()) counts.set(keyOf(date), (counts.get(keyOf(date)) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    const isIts = (pair: Pair) => pair.some((date) => keyOf(date) === most?.[0]);
    found.push(left.filter(isIts));
    left = left.filter((pair) => !isIts(pair));
  }
  return found;
}

const keyOf = ({ role, text }: Dated) => `${role === 'taken'} ${toDay(text)}`;

/** The date common to all pairs comes first, with a single locator for the fields that repeat it. */
function outOfOrderSignal(its: readonly Pair[]): Signal {
  const taken = [...new Set(its.map(([one]) => one))];
  const others = [...new Set(its.map(([, other]) => other))];
  const isOne = new Set(taken.map(keyOf)).size === 1;
  const [one, rest] = isOne ? [taken, others] : [others, taken];
  const names = (dates: readonly Dated[]) => dates.slice(0, MAX_NAMED).map(shown);
  const before = others.filter(({ role }) => role !== 'satellite');
  const apart = others.filter(({ role }) => role === 'satellite');
  const against = (dates: readonly Dated[]) => ({
    dates: names(dates),
    count: dates.length,
    taken: names(taken),
  });
  const [first, second] = [
    ...(before.length === 0 ? [] : [message('fact.dates.before', against(before))]),
    ...(apart.length === 0 ? [] : [message('fact.dates.otherDay', against(apart))]),
  ];
  return {
    id: 'file.dates.outOfOrder',
    backing: 'inferred',
    ...(first === undefined ? {} : { messages: { value: joinMessages(first, second) } }),
    facts: [...taken.slice(0, MAX_LOCATORS), ...others.slice(0, MAX_LOCATORS)].map(({ name, text }) => ({
      name,
      value: text,
    })),
    basis: [...one.slice(0, 1), ...rest.slice(0, MAX_LOCATORS)].map(({ location }) => location),
  };
}

const MAX_NAMED = 4;
const MAX_LOCATORS = 16;
const MAX_CHARACTERS = 40;

const joinMessages = (first: Message, second: Message | undefined): Message =>
  second === undefined ? first : message('fact.dates.both', { first, second });

function shown({ name, text }: WrittenDate): string {
  return `${name} ${text.slice(0, MAX_CHARACTERS)}`;
}
