import { ALL_RULEBOOKS, type Role } from '../core/report/rule-terms.js';
import type { Question } from './members.js';

/** What is asked of the law: of a question, of the key that asks it and of the operator, to one answer. */

/** What a key or an operator asks for where the question does not say. */
export interface LawDefaults {
  rulebooks?: readonly string[];
  jurisdictions?: readonly string[];
  roles?: readonly Role[];
}

/** As it is kept and handed on; core/law makes rulebooks of it. */
export interface AskedLaw {
  /** Of which every clause is told in full, or `all`; left out: those of `places`, where places or roles are asked. */
  rulebooks?: string[];
  /** Left out: everywhere. None: the law is not asked. */
  places?: string[];
  roles?: Role[];
  /** What is summed up, where it is another than what is told in full. */
  summed?: { places?: string[]; roles?: Role[] };
}

export type LawMembers = Pick<Question, 'rulebooks' | 'jurisdiction' | 'role'>;

/** Those that fit every part of the choice; throws where one is not known. */
export type Choose = (choice: { ids?: string[]; jurisdictions?: string[] }) => readonly { id: string }[];

export const asksLaw = ({ rulebooks, jurisdiction, role }: LawMembers): boolean =>
  rulebooks !== undefined || jurisdiction !== undefined || role !== undefined;

/**
 * Whoever names rulebooks gets all of them, whatever the key and the operator are set to; their places and roles then say
 * what is summed up. Else each stands in for what the one before it does not say.
 */
export function askedLaw(
  asked: LawMembers,
  { key = {}, operator = {} }: { key?: LawDefaults; operator?: LawDefaults },
  choose: Choose,
): AskedLaw {
  const places = asked.jurisdiction ?? key.jurisdictions ?? operator.jurisdictions;
  const roles = asked.role ?? key.roles ?? operator.roles;
  const given = {
    ...(places === undefined ? {} : { places: [...new Set(places)] }),
    ...(roles === undefined ? {} : { roles: [...roles] }),
  };
  const isKeys = asked.rulebooks === undefined;
  const named = asked.rulebooks ?? (asked.jurisdiction === undefined ? key.rulebooks : undefined);
  const beside = isKeys ? key.jurisdictions : asked.jurisdiction;
  if (named === undefined) {
    // What a key was given years ago may be gone from the law of today.
    const known = asked.jurisdiction ?? key.jurisdictions;
    if (known !== undefined) choose({ jurisdictions: [...known] });
    return given;
  }
  const ids = named.includes(ALL_RULEBOOKS) ? undefined : [...new Set(named)];
  const chosen = choose({
    ...(ids === undefined ? {} : { ids }),
    ...(beside === undefined ? {} : { jurisdictions: [...beside] }),
  });
  const narrow = asked.role ?? (isKeys ? key.roles : undefined);
  return {
    rulebooks: ids === undefined && beside === undefined ? [ALL_RULEBOOKS] : chosen.map(({ id }) => id),
    ...(narrow === undefined ? {} : { roles: [...narrow] }),
    ...(Object.keys(given).length === 0 ? {} : { summed: given }),
  };
}
