import type { Translator } from '../../i18n/translator.js';
import type { FingerprintRepository } from '../../storage/fingerprints/kysely-fingerprints.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { DEFAULT_LIMIT, matchesOf, subtractSkipped, toMatchesJson } from '../match/match.js';
import { queryOfFingerprints } from '../match/match-query.js';
import { searchAll } from '../match/match-search.js';
import { matchSourceOfStore } from '../match/match-store.js';
import type { Io } from '../shared/io.js';

/**
 * Searches the database for matches of the inspected file. Returns `assay.matches/1` with the time of the search;
 * `state` is the service's reason if the file cannot be searched for.
 */
export async function inspectionMatches(
  { id: inspection, tenant, sha256 }: InspectionRecord,
  fingerprints: FingerprintRepository,
  { env, speech }: { env: Io['env']; speech: Translator },
): Promise<object> {
  const head = { schema: 'assay.matches/1', inspection, at: new Date().toISOString() };
  const nothing = { searched: 0, notSearchable: 0, more: false, matches: [] };
  const fingerprintSet = await fingerprints.getForSearch(tenant, { inspection });
  const one = { sha256, ...queryOfFingerprints(fingerprintSet) };
  if (one.fingerprints.length === 0) {
    const { schema: _, ...told } = toMatchesJson({ one, ...nothing, reasons: new Map() }, speech);
    return { ...head, state: 'not-searchable', ...told };
  }
  const own = new Set(await fingerprints.listIds(tenant, { inspection }));
  const source = await matchSourceOfStore(tenant, env);
  try {
    const limit = DEFAULT_LIMIT + own.size;
    const [found] = await searchAll(source.rows(), [one.fingerprints], { tenant, limit });
    const all = (found?.near ?? []).filter(({ id }) => !own.has(id));
    const near = all.slice(0, DEFAULT_LIMIT);
    const holders = await source.owners(new Set(near.map(({ id }) => id)), speech);
    const { searched, ...counts } = subtractSkipped(
      await source.counts(one.fingerprints.map(({ kind }) => kind)),
      found?.notHeld ?? 0,
    );
    const more = (found?.more ?? false) || all.length > near.length;
    const matched = { one, ...counts, ...matchesOf(one, near, holders), more };
    // The inspection's own fingerprints are stored too; they were not compared with themselves.
    const told = toMatchesJson({ ...matched, searched: Math.max(0, searched - own.size) }, speech);
    const { schema: _, ...rest } = told;
    return { ...head, state: 'done', ...rest };
  } finally {
    await source.close();
  }
}
