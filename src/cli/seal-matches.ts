import type { Speech } from '../say/speech.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import type { Io } from './io.js';
import { matchesOf, matchTold, USUAL_LIMIT, without } from './match.js';
import { ofLikenesses } from './match-asked.js';
import { searchAll } from './match-search.js';
import { againstStore } from './match-store.js';

/**
 * What of all that the database keeps looks or sounds like this file now (`assay.matches/1`, with the time of the search). Where it
 * cannot be searched for, that: `state` says it as the service does.
 */
export async function inspectionMatches(
  { id: inspection, tenant, sha256 }: InspectionRecord,
  fingerprints: KyselyFingerprints,
  { env, speech }: { env: Io['env']; speech: Speech },
): Promise<object> {
  const head = { schema: 'assay.matches/1', inspection, at: new Date().toISOString() };
  const nothing = { searched: 0, notSearchable: 0, more: false, matches: [] };
  const likenesses = await fingerprints.likenessOf(tenant, { inspection });
  const one = { sha256, ...ofLikenesses(likenesses) };
  if (one.asked.length === 0) {
    const { schema: _, ...told } = matchTold({ one, ...nothing, because: new Map() }, speech);
    return { ...head, state: 'not-searchable', ...told };
  }
  const own = new Set(await fingerprints.idsOf(tenant, { inspection }));
  const against = await againstStore(tenant, env);
  try {
    const limit = USUAL_LIMIT + own.size;
    const [found] = await searchAll(against.rows(), [one.asked], { tenant, limit });
    const all = (found?.near ?? []).filter(({ id }) => !own.has(id));
    const near = all.slice(0, USUAL_LIMIT);
    const holders = await against.holders(new Set(near.map(({ id }) => id)), speech);
    const { searched, ...counts } = without(
      await against.counts(one.asked.map(({ kind }) => kind)),
      found?.notHeld ?? 0,
    );
    const more = (found?.more ?? false) || all.length > near.length;
    const matched = { one, ...counts, ...matchesOf(one, near, holders), more };
    // The file that is asked about is kept too: it was not held against itself.
    const told = matchTold({ ...matched, searched: Math.max(0, searched - own.size) }, speech);
    const { schema: _, ...rest } = told;
    return { ...head, state: 'done', ...rest };
  } finally {
    await against.close();
  }
}
