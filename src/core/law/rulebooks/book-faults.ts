import { hasInvisible } from '../../../base/visible.js';
import type { Language } from '../../../i18n/languages.js';
import type { Rule, Rulebook } from '../rulebook.js';
import type { Case } from './cases.js';

/**
 * Checks of a rulebook beyond its schema. Assay's own books pass them in the tests, those of layers when they are
 * checked, signed and installed.
 */

/** Fault of a rulebook. `path`: members of the file in which it is, such as `['rules', 3, 'periods']`. */
export interface BookFault {
  path: readonly (string | number)[];
  why: string;
}

/** A text of Assay never says that a file or a person passed or failed: it tells what a file declares. */
const FORBIDDEN: Readonly<Record<Language, RegExp>> = {
  en: /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score|deepfake|met|violated|violation|unlawful)\b/i,
  // 真 and 假 also occur inside words of the laws themselves (虚假新闻信息), so they are not listed alone; 篡改、伪造、隐匿
  // is the law's own list of what is forbidden.
  'zh-Hans': /真实|(?<!篡改、)伪造|正品|可疑|合规|违法|概率|得分/,
};

/** Returns the forbidden word that a text has. Quotations of the law are no part of a text: they stand in its sources. */
export const forbiddenWordIn = (text: string, language: string): string | undefined =>
  (language in FORBIDDEN ? FORBIDDEN[language as Language] : undefined)?.exec(text)?.[0];

/** Returns the faults of a book's texts in one language. */
export function findTextFaults(texts: Readonly<Record<string, string>>, language: string): BookFault[] {
  return Object.entries(texts).flatMap(([id, text]): BookFault[] => {
    const word = forbiddenWordIn(text, language);
    return word === undefined ? [] : [{ path: [id], why: `says “${word}”, which Assay never says` }];
  });
}

/** Returns each string with a control, bidi or other invisible character, which could hide or reorder what is shown. */
export function findInvisible(value: unknown, path: BookFault['path'] = []): BookFault[] {
  const why = 'has an invisible character (control, direction mark or zero width)';
  if (typeof value === 'string') return hasInvisible(value) ? [{ path, why }] : [];
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([name, one]) => [
    ...(typeof name === 'string' && hasInvisible(name) ? [{ path, why }] : []),
    ...findInvisible(one, [...path, name]),
  ]);
}

/** Returns the dates of clauses on which the book's cases do not say what is before and what is after. */
export function findUntestedDates(
  { rules }: { rules: readonly Pick<Rule, 'id' | 'periods'>[] },
  cases: readonly Case[],
): BookFault[] {
  return rules.flatMap(({ id, periods }, index) => {
    const expected = (asOf: string) =>
      cases.filter((one) => one.asOf === asOf).flatMap(({ expect }) => expect[id] ?? []);
    const [first] = periods.map(({ from }) => from).sort();
    return periods.flatMap(({ from, until }, at): BookFault[] => {
      const path = ['rules', index, 'periods', at];
      const missing = [dayBefore(from), from, ...(until === undefined ? [] : [dayBefore(until), until])]
        .filter((day) => expected(day).length === 0)
        .map((day) => ({ path, why: `has no case that says what ${id} gives on ${day}` }));
      const before = expected(dayBefore(from));
      const isAhead = from !== first || before.length === 0 || before.includes('not-in-force');
      return isAhead
        ? missing
        : [...missing, { path, why: `begins on ${from}, and no case says not-in-force the day before` }];
    });
  });
}

export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Hosts that stand for no site (RFC 2606); `assay law new` writes them where the author has to give a source. */
const EXAMPLE_HOST = /^https:\/\/(?:[a-z0-9-]+\.)*example(?:\.(?:com|net|org))?(?:[/:?#]|$)/i;

/** Returns the sources that cannot be looked up. */
export function findSourceFaults({ instrument, rules }: Pick<Rulebook, 'instrument' | 'rules'>): BookFault[] {
  const why = 'is the address of an example: name the page that was read';
  const of = (address: string | undefined, path: BookFault['path']): BookFault[] =>
    address !== undefined && EXAMPLE_HOST.test(address) ? [{ path, why }] : [];
  return [
    ...of(instrument.address, ['instrument', 'address']),
    ...rules.flatMap(({ sources }, index) => [
      ...(sources.some(({ address }) => address !== undefined)
        ? []
        : [{ path: ['rules', index, 'sources'], why: 'has no source with an address' }]),
      ...sources.flatMap(({ address }, at) => of(address, ['rules', index, 'sources', at, 'address'])),
    ]),
  ];
}
