import { ALL_RULEBOOKS, type Role } from '../report/rule-terms.js';
import type { Rulebook } from './rulebook.js';
import { countryOf, type InForce, lawInForce, loadRulebooks } from './rulebooks/index.js';

/** What is asked of the law, as a question says it and as it is kept: by names, so that it can be asked again of other law. */
export interface LawAsk {
  /** Those of which every clause is told in full, or `all`. Left out: those of `places`, where places or roles are asked. */
  rulebooks?: readonly string[];
  /** As the rulebooks name them; `US` takes in its states. Left out: everywhere. None: the law is not asked. */
  places?: readonly string[];
  /** Only clauses that bind one of these. */
  roles?: readonly Role[];
  /** What is summed up, where it is another than what is told in full: rulebooks by name say nothing of places. */
  summed?: { places?: readonly string[]; roles?: readonly Role[] };
}

/** The same against the rulebooks that are here. */
export interface Law {
  inFull: readonly Rulebook[];
  roles?: readonly Role[];
  /** Each with all its rulebooks: a sum of some of them would say too little of the place. */
  places: readonly { jurisdiction: string; rulebooks: readonly Rulebook[] }[];
  summedRoles?: readonly Role[];
}

/**
 * Throws an error with code `unknown-rulebook` where a named one is not here. Law that nothing is asked of is not read: it
 * takes longer than to start. The same, and not another like it, for the same ask of the same law, as most files are asked.
 */
export function lawFor(ask: LawAsk): Law {
  const { rulebooks, places, roles, summed } = ask;
  const asked = JSON.stringify([rulebooks, places, roles, summed && [summed.places, summed.roles]]);
  const known = made.get(asked);
  if (known !== undefined && known.of === lawInForce()) return known.law;
  const law = madeFor(ask);
  // Where none of it is asked, the law has not been read, and is not for this.
  if (asked.length <= MOST_CHARACTERS && (law.inFull.length > 0 || law.places.length > 0)) {
    if (made.size >= MOST_ASKED) made.clear();
    made.set(asked, { of: lawInForce(), law });
  }
  return law;
}

const made = new Map<string, { of: InForce; law: Law }>();
const MOST_ASKED = 32;
const MOST_CHARACTERS = 2_000;

function madeFor(ask: LawAsk): Law {
  let known: readonly Rulebook[] | undefined;
  const all = () => {
    known ??= loadRulebooks();
    return known;
  };
  const inFull = fullOf(ask, all);
  const roles = ask.summed?.roles ?? ask.roles;
  const codes = ask.summed?.places ?? ask.places ?? placesOf(ask.rulebooks === undefined ? all() : inFull);
  const places = [...new Set(codes)]
    .map((jurisdiction) => ({ jurisdiction, rulebooks: booksOf([jurisdiction], all()) }))
    .filter(({ rulebooks }) => rulebooks.length > 0);
  return {
    inFull,
    ...(ask.roles === undefined ? {} : { roles: ask.roles }),
    places,
    ...(roles === undefined ? {} : { summedRoles: roles }),
  };
}

function fullOf({ rulebooks, places, roles }: LawAsk, all: () => readonly Rulebook[]): readonly Rulebook[] {
  if (rulebooks !== undefined) return rulebooks.includes(ALL_RULEBOOKS) ? all() : loadRulebooks(rulebooks);
  if (places !== undefined) return places.length === 0 ? [] : booksOf(places, all());
  return roles === undefined ? [] : all();
}

const placesOf = (books: readonly Rulebook[]): string[] => books.map(({ jurisdiction }) => jurisdiction);

const booksOf = (places: readonly string[], all: readonly Rulebook[]): Rulebook[] =>
  all.filter(({ jurisdiction }) => places.includes(jurisdiction) || places.includes(countryOf(jurisdiction)));

/** All that have a say, in Report order. */
export function booksIn(law: Law): readonly Rulebook[] {
  const { inFull, places } = law;
  if (inFull.length === 0 && places.length === 0) return [];
  const known = books.get(law);
  if (known !== undefined && known.of === lawInForce()) return known.books;
  const used = new Set([...inFull, ...places.flatMap(({ rulebooks }) => rulebooks)].map(({ id }) => id));
  const found = loadRulebooks().filter(({ id }) => used.has(id));
  books.set(law, { of: lawInForce(), books: found });
  return found;
}

const books = new WeakMap<Law, { of: InForce; books: readonly Rulebook[] }>();

/** Ids of the same: what the versions of an answer are told by. */
export const idsAsked = (ask: LawAsk): string[] => booksIn(lawFor(ask)).map(({ id }) => id);
