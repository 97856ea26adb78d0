import type { Finding } from '../report/finding-schema.js';
import type { LawItem } from '../report/rule-terms.js';
import { outcomeOfRequired } from './evaluate.js';
import type { Rule } from './rulebook.js';

/** Answer to one item of a clause: the members of its finding that are about the parts of this item. */
export interface ItemAnswer extends Pick<Finding, 'outcome' | 'found' | 'missing' | 'unread'> {
  item: LawItem;
}

/**
 * Returns the answer to each item that a clause asks a file to carry. A finding whose parts were not looked at, as one of
 * a clause that is not in force, has the same outcome for each of its items.
 */
export function answerItems(finding: Finding, { items = [] }: Pick<Rule, 'items'>): ItemAnswer[] {
  const { outcome, found, missing, unread } = finding;
  return items.map(({ item, parts }) => {
    if (parts === undefined || (found ?? missing ?? unread) === undefined) return { item, outcome };
    const own = (ids: readonly string[] | undefined): string[] | undefined => {
      const those = (ids ?? []).filter((id) => parts.includes(id.split('.')[0] ?? ''));
      return those.length === 0 ? undefined : those;
    };
    const [held, lacking, hidden] = [own(found), own(missing), own(unread)];
    const known = {
      ...(held === undefined ? {} : { found: held }),
      ...(lacking === undefined ? {} : { missing: lacking }),
      ...(hidden === undefined ? {} : { unread: hidden }),
    };
    // A finding says of each part whether it was found; an item none of whose parts it names was not looked at.
    const isNamed = Object.keys(known).length > 0;
    return { item, outcome: isNamed ? outcomeOfRequired(known) : 'indeterminate', ...known };
  });
}
