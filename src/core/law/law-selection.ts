import { ALL_RULEBOOKS, type Role } from '../report/rule-terms.js';
import type { Rulebook } from './rulebook.js';
import { countryOf, getLawInForce, type LawSet, loadRulebooks } from './rulebooks/index.js';

/** Law options as a request states them and as they are stored: by name, so that they can be applied to other law later. */
export interface LawRequest {
  /**
   * Ids of the rulebooks whose clauses are listed in full, or `all`. Default: those of `places`, if places or roles are
   * given.
   */
  rulebooks?: readonly string[];
  /** Jurisdictions as named by the rulebooks; `US` includes its states. Default: all. Empty: no law is evaluated. */
  jurisdictions?: readonly string[];
  /** Roles to which clauses are limited. */
  roles?: readonly Role[];
  /**
   * Jurisdictions and roles of the summaries, if they differ from those listed in full: rulebooks selected by name
   * imply no jurisdiction.
   */
  summed?: { jurisdictions?: readonly string[]; roles?: readonly Role[] };
}

/** Law options resolved against the rulebooks in force. */
export interface ResolvedLaw {
  inFull: readonly Rulebook[];
  roles?: readonly Role[];
  /** Jurisdictions, each with all its rulebooks: a summary of only some of them would be incomplete. */
  jurisdictions: readonly { jurisdiction: string; rulebooks: readonly Rulebook[] }[];
  summaryRoles?: readonly Role[];
}

/**
 * Returns the rulebooks for the given options. Throws an error with code `unknown-rulebook` if a named one does not
 * exist. The law is not loaded if nothing of it is requested, since loading takes longer than starting. Equal options
 * on the same law return the same object, because most files use the same options.
 */
export function resolveLaw(request: LawRequest): ResolvedLaw {
  const { rulebooks, jurisdictions, roles, summed } = request;
  const asked = JSON.stringify([
    rulebooks,
    jurisdictions,
    roles,
    summed && [summed.jurisdictions, summed.roles],
  ]);
  const known = resolvedLaws.get(asked);
  if (known !== undefined && known.of === getLawInForce()) return known.law;
  const law = buildLaw(request);
  // An empty selection is not cached: it did not load the law.
  if (asked.length <= MAX_KEY_CHARACTERS && (law.inFull.length > 0 || law.jurisdictions.length > 0)) {
    if (resolvedLaws.size >= MAX_CACHED) resolvedLaws.clear();
    resolvedLaws.set(asked, { of: getLawInForce(), law });
  }
  return law;
}

const resolvedLaws = new Map<string, { of: LawSet; law: ResolvedLaw }>();
const MAX_CACHED = 32;
const MAX_KEY_CHARACTERS = 2_000;

function buildLaw(request: LawRequest): ResolvedLaw {
  let known: readonly Rulebook[] | undefined;
  const all = () => {
    known ??= loadRulebooks();
    return known;
  };
  const inFull = selectFullRulebooks(request, all);
  const roles = request.summed?.roles ?? request.roles;
  const codes =
    request.summed?.jurisdictions ??
    request.jurisdictions ??
    jurisdictionsOf(request.rulebooks === undefined ? all() : inFull);
  const jurisdictions = [...new Set(codes)]
    .map((jurisdiction) => ({ jurisdiction, rulebooks: rulebooksOf([jurisdiction], all()) }))
    .filter(({ rulebooks }) => rulebooks.length > 0);
  return {
    inFull,
    ...(request.roles === undefined ? {} : { roles: request.roles }),
    jurisdictions: jurisdictions,
    ...(roles === undefined ? {} : { summaryRoles: roles }),
  };
}

function selectFullRulebooks(
  { rulebooks, jurisdictions, roles }: LawRequest,
  all: () => readonly Rulebook[],
): readonly Rulebook[] {
  if (rulebooks !== undefined) return rulebooks.includes(ALL_RULEBOOKS) ? all() : loadRulebooks(rulebooks);
  if (jurisdictions !== undefined) return jurisdictions.length === 0 ? [] : rulebooksOf(jurisdictions, all());
  return roles === undefined ? [] : all();
}

const jurisdictionsOf = (books: readonly Rulebook[]): string[] =>
  books.map(({ jurisdiction }) => jurisdiction);

/** Returns the rulebooks of these jurisdictions; a country includes its states. */
export const rulebooksOf = (jurisdictions: readonly string[], all: readonly Rulebook[]): Rulebook[] =>
  all.filter(
    ({ jurisdiction }) =>
      jurisdictions.includes(jurisdiction) || jurisdictions.includes(countryOf(jurisdiction)),
  );

/** Returns all selected rulebooks, in Report order. */
export function listSelectedRulebooks(law: ResolvedLaw): readonly Rulebook[] {
  const { inFull, jurisdictions } = law;
  if (inFull.length === 0 && jurisdictions.length === 0) return [];
  const known = rulebookCache.get(law);
  if (known !== undefined && known.of === getLawInForce()) return known.books;
  const used = new Set(
    [...inFull, ...jurisdictions.flatMap(({ rulebooks }) => rulebooks)].map(({ id }) => id),
  );
  const found = loadRulebooks().filter(({ id }) => used.has(id));
  rulebookCache.set(law, { of: getLawInForce(), books: found });
  return found;
}

const rulebookCache = new WeakMap<ResolvedLaw, { of: LawSet; books: readonly Rulebook[] }>();

/** Returns the ids of the selected rulebooks, which identify the version of an answer. */
export const selectedRulebookIds = (request: LawRequest): string[] =>
  listSelectedRulebooks(resolveLaw(request)).map(({ id }) => id);
