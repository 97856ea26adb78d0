import { ALL_RULEBOOKS, type Role } from '../../core/report/rule-terms.js';
import type { RequestedOptions } from './members.js';

/** Combines the law selection of a request, its key and the operator. */

/** Law selection of a key or operator, used if the request makes none. */
export interface LawDefaults {
  rulebooks?: readonly string[];
  jurisdictions?: readonly string[];
  roles?: readonly Role[];
}

/** Law selection as stored and passed on; core/law resolves it to rulebooks. */
export interface LawSelection {
  /**
   * Rulebooks whose clauses are listed in full, or `all`. If undefined, those of `jurisdictions` are used, provided
   * jurisdictions or roles are requested.
   */
  rulebooks?: string[];
  /** Undefined: everywhere. Empty: no law is evaluated. */
  jurisdictions?: string[];
  roles?: Role[];
  /** Selection for the summary, if it differs from that of the full list. */
  summed?: { jurisdictions?: string[]; roles?: Role[] };
}

export type LawOptions = Pick<RequestedOptions, 'rulebooks' | 'jurisdiction' | 'role'>;

/** Returns the rulebooks that match the whole choice. Throws if a rulebook or jurisdiction is unknown. */
export type ChooseRulebooks = (choice: {
  ids?: string[];
  jurisdictions?: string[];
}) => readonly { id: string }[];

export const hasLawSelection = ({ rulebooks, jurisdiction, role }: LawOptions): boolean =>
  rulebooks !== undefined || jurisdiction !== undefined || role !== undefined;

/**
 * Resolves the law selection. Rulebooks named in the request are used completely, whatever the defaults of key and
 * operator are; jurisdictions and roles of the defaults then only affect the summary. Otherwise key and operator, in
 * this order, supply what the request leaves out.
 */
export function resolveLawSelection(
  requested: LawOptions,
  { key = {}, operator = {} }: { key?: LawDefaults; operator?: LawDefaults },
  choose: ChooseRulebooks,
): LawSelection {
  const jurisdictions = requested.jurisdiction ?? key.jurisdictions ?? operator.jurisdictions;
  const roles = requested.role ?? key.roles ?? operator.roles;
  const given = {
    ...(jurisdictions === undefined ? {} : { jurisdictions: [...new Set(jurisdictions)] }),
    ...(roles === undefined ? {} : { roles: [...roles] }),
  };
  const isFromKey = requested.rulebooks === undefined;
  const named = requested.rulebooks ?? (requested.jurisdiction === undefined ? key.rulebooks : undefined);
  const selected = isFromKey ? key.jurisdictions : requested.jurisdiction;
  if (named === undefined) {
    // A jurisdiction that a key was given long ago may no longer exist in the current law.
    const known = requested.jurisdiction ?? key.jurisdictions;
    if (known !== undefined) choose({ jurisdictions: [...known] });
    return given;
  }
  const ids = named.includes(ALL_RULEBOOKS) ? undefined : [...new Set(named)];
  const chosen = choose({
    ...(ids === undefined ? {} : { ids }),
    ...(selected === undefined ? {} : { jurisdictions: [...selected] }),
  });
  const selectedRoles = requested.role ?? (isFromKey ? key.roles : undefined);
  return {
    rulebooks: ids === undefined && selected === undefined ? [ALL_RULEBOOKS] : chosen.map(({ id }) => id),
    ...(selectedRoles === undefined ? {} : { roles: [...selectedRoles] }),
    ...(Object.keys(given).length === 0 ? {} : { summed: given }),
  };
}
