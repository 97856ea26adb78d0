import { defineDetector } from '../detector.js';
import type { Signal } from '../signal.js';
import { type Moment, momentOf } from './calendar.js';
import { DATE_CARRIERS, type WrittenDate, writtenDates } from './dates-written.js';

/**
 * Dates of one file against each other, never against today's: cameras' clocks are wrong often enough. A day is
 * left besides the time zones.
 */
export const datesOutOfOrder = defineDetector({
  id: 'dates-out-of-order',
  needs: DATE_CARRIERS,
  raises: ['file.dates.outOfOrder', 'file.dates.impossible'],
  detect(evidence): Signal[] {
    const dates = writtenDates(evidence).map((date) => ({ ...date, moment: momentOf(date.text) }));
    const impossible = dates.filter((d) => d.moment === 'impossible');
    const dated = dates.flatMap(({ moment, ...date }): Dated[] =>
      moment === undefined || moment === 'impossible' || isEpoch(date, moment) ? [] : [{ ...date, moment }],
    );
    return [
      ...impossible.map(
        (date): Signal => ({
          id: 'file.dates.impossible',
          backing: 'inferred',
          value: shown(date),
          basis: [date.location],
        }),
      ),
      ...pairs(dated).slice(0, MOST_PAIRS).map(outOfOrder),
    ];
  },
});

interface Dated extends WrittenDate {
  moment: Moment;
}

const MOST_PAIRS = 4;
const DAY_MINUTES = 24 * 60;

/** The zero of a clock in a container says that nobody set it. */
function isEpoch({ role }: WrittenDate, { earliestMinutes }: Moment): boolean {
  const year = new Date(earliestMinutes * 60_000).getUTCFullYear();
  return role === 'container' && (year <= 1904 || year === 1970);
}

/** Later first: what was written before it was taken, and a satellite's day that is another than the camera's. */
function pairs(dates: readonly Dated[]): [Dated, Dated][] {
  const of = (role: Dated['role']) => dates.filter((d) => d.role === role);
  const written = [...of('written'), ...of('container')];
  const before = of('taken').flatMap((taken) =>
    written.filter((w) => isBefore(w, taken)).map((w): [Dated, Dated] => [taken, w]),
  );
  const apart = of('taken').flatMap((taken) =>
    of('satellite')
      .filter((fix) => isBefore(fix, taken) || isBefore(taken, fix))
      .map((fix): [Dated, Dated] => [taken, fix]),
  );
  return [...before, ...apart];
}

function isBefore(one: Dated, other: Dated): boolean {
  return one.moment.latestMinutes + DAY_MINUTES < other.moment.earliestMinutes;
}

function outOfOrder([taken, other]: [Dated, Dated]): Signal {
  const relation = other.role === 'satellite' ? 'is another day than' : 'is before';
  return {
    id: 'file.dates.outOfOrder',
    backing: 'inferred',
    value: `${shown(other)} ${relation} ${shown(taken)}`,
    facts: [taken, other].map(({ name, text }) => ({ name, value: text })),
    basis: [taken.location, other.location],
  };
}

const MOST_CHARACTERS = 40;

function shown({ name, text }: WrittenDate): string {
  return `${name} ${text.slice(0, MOST_CHARACTERS)}`;
}
