import { keptFaultSaid, type ReadFault } from '../core/ground/fault.js';
import { asRecord, type JsonRecord } from '../core/ground/json-shape.js';
import type { Headline } from '../core/report/report.js';
import { headlineTold } from '../core/report/text-in.js';
import type { Speech } from '../say/speech.js';
import type { CaseItem, KeptCase } from '../store/cases.js';
import { LOCAL_TENANT } from '../store/scopes.js';

/** Cases as programs are told them: in API answers and in bundles. */

/** Where nobody shows a key, there is no name to tell. */
export const personTold = (by: string | undefined): string | undefined =>
  by === LOCAL_TENANT ? undefined : by;

/** The tenant goes without saying: it is the asker's. */
export function caseTold({ tenant: _, createdBy, closedBy, ...rest }: KeptCase) {
  return {
    ...rest,
    ...member('createdBy', personTold(createdBy)),
    ...member('closedBy', personTold(closedBy)),
  };
}

export function caseItemTold(
  { createdAt: _, other: __, by, removed, match, ...rest }: CaseItem,
  speech: Speech,
) {
  return {
    ...rest,
    ...member('by', personTold(by)),
    ...(match === undefined ? {} : { match: keptMatchTold(match, speech) }),
    ...(removed === undefined
      ? {}
      : { removed: { at: removed.at, ...member('by', personTold(removed.by)) } }),
  };
}

/** A match as it is kept: without words of a language, and without addresses of what may be gone. */
export function matchToKeep({ preview: _, manifest: __, ...match }: JsonRecord): JsonRecord {
  return worded(
    match,
    ({ text: ___, ...rest }) => rest,
    ({ text: ___, ...rest }) => rest,
  );
}

/** One that was kept, in the words of a language: our own writing, and so of its shape. */
export function keptMatchTold(match: JsonRecord, speech: Speech): JsonRecord {
  return worded(
    match,
    (headline) => ({ ...headlineTold(headline as unknown as Headline, speech) }),
    (partly) => ({
      ...partly,
      text: speech.say(keptFaultSaid(partly as unknown as ReadFault, speech)),
    }),
  );
}

function worded(
  match: JsonRecord,
  headlineOf: (headline: JsonRecord) => JsonRecord,
  partlyOf: (partly: JsonRecord) => JsonRecord,
): JsonRecord {
  const declared = asRecord(match['declared']);
  const headline = asRecord(declared?.['headline']);
  const partly = asRecord(match['partly']);
  return {
    ...match,
    ...(headline === undefined ? {} : { declared: { ...declared, headline: headlineOf(headline) } }),
    ...(partly === undefined ? {} : { partly: partlyOf(partly) }),
  };
}

const member = <K extends string, T>(name: K, value: T | undefined): { [N in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [N in K]?: T };
