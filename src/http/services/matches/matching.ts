import { setTimeout as delay } from 'node:timers/promises';
import { fault } from '../../../base/fault.js';
import { asRecord, asText, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { fromRecordPath } from '../../../base/path-text.js';
import { SecretError, type SecretKeys } from '../../../base/secrets/secret-keys.js';
import type { Figure } from '../../../core/page/history/figures.js';
import type { StoredReport } from '../../../core/report/report.js';
import type { Fingerprint, Fingerprints } from '../../../matching/fingerprint.js';
import { sortSameBytesFirst } from '../../../matching/same-bytes.js';
import type { AfterResponseTasks } from '../../../service/inspections/after-responses.js';
import { fingerprintKindOf, hasFingerprints } from '../../../service/inspections/fingerprints.js';
import { parseStoredReport } from '../../../service/inspections/stored-report.js';
import type { FingerprintMatch, Matcher, SearchAnswer } from '../../../service/matches/matcher.js';
import type { CollectionItem, StoredCollection } from '../../../storage/fingerprints/collections.js';
import type { MissingKind, StoredOwner } from '../../../storage/fingerprints/fingerprints.js';
import { type InspectionRecord, isFinal } from '../../../storage/inspections/inspections.js';
import type { ScanRepository } from '../../../storage/scans/kysely-scans.js';
import { openManifest } from '../../../storage/scans/scan-manifests.js';
import type { Stores } from '../../../storage/stores.js';
import { Problem } from '../../contract/problems/problem.js';
import { linkedFigures } from '../page-figures.js';
import { loadAlbum } from '../pictures/thumbnails.js';
import { parseWebpSize } from '../pictures/webp-size.js';

/** A similar stored file. Each kind of holder shows what its own pages show, masked. */
export interface MatchedFile {
  fingerprintMatch: FingerprintMatch;
  holder: StoredOwner;
  inspection?: { record: InspectionRecord; report?: StoredReport | undefined };
  scan?: { id: string; record: JsonRecord };
  collection?: { collection: StoredCollection; item: CollectionItem };
  preview?: Figure | { src: string };
  /** Address of its stored manifest store, for readers who may see personal data. */
  manifest?: string;
}

export type SearchOutcome =
  | { state: 'off' | 'pending' }
  | { state: 'not-searchable'; missing: readonly MissingKind[] }
  | (Omit<SearchAnswer, 'near'> & {
      state: 'done';
      missing: readonly MissingKind[];
      partly?: readonly MissingKind[];
      /** True if files stored in the last moments may not have been searched. */
      behind: boolean;
      found: MatchedFile[];
    });

export interface MatchSearchServices {
  stores: Pick<Stores, 'inspections' | 'fingerprints' | 'collections'>;
  scans: Pick<ScanRepository, 'getByNumber' | 'record' | 'preview' | 'manifest'>;
  /** Keys that decrypt stored manifest stores; `undefined`: no keys are configured. */
  keys: () => SecretKeys | undefined;
  /** Left out: matching is off. */
  index: Matcher | undefined;
  /** Work on files whose answer was sent; fingerprints are made there. */
  tasks: Pick<AfterResponseTasks, 'isUnderWay'>;
  now: () => Date;
}

/** Number of stored files similar to one; `more`: the count was cut off. */
export interface SimilarCount {
  count: number;
  more: boolean;
}

/** Returns the digest in a scan record, brief or with its Report. */
export const sha256OfRecord = (record: JsonRecord): string | undefined =>
  asText(asRecord((asRecord(record['report']) ?? record)['asset'])?.['sha256'], 64);

/** Returns the digest of the file's bytes, if known. */
export const findSha256 = ({ inspection, scan }: MatchedFile): string | undefined =>
  inspection?.record.sha256 ?? (scan && sha256OfRecord(scan.record));

/** Returns a key that identifies the file, whichever of its fingerprints matches. */
const fileKey = (holder: StoredOwner): string => {
  if ('inspection' in holder) return holder.inspection;
  return JSON.stringify(
    'scan' in holder ? [holder.scan, fromRecordPath(holder)] : [holder.collection, holder.item],
  );
};

/** The process that computes the fingerprint may have died: after this time it no longer counts as under way. */
const PENDING_MILLIS = 120_000;

const CATCH_UP_MILLIS = 1_000;

export const DEFAULT_MATCHES = 20;
export const MAX_MATCHES = 100;
/** Upper bound over all pages of one search (`seenLimits.mostTold`). */
export const MAX_MATCHES_IN_ALL = 1_000;

export interface MatchesPage {
  limit?: number | undefined;
  /** Number of nearest matches on earlier pages. */
  from?: number | undefined;
}

/** Finds stored files that look or sound like a given one. */
export class MatchSearch {
  readonly #parts: MatchSearchServices;

  constructor(parts: MatchSearchServices) {
    this.#parts = parts;
  }

  get isEnabled(): boolean {
    return this.#parts.index !== undefined;
  }

  /** Throws `MatchError` if the search fails. */
  async searchByInspection(record: InspectionRecord, page: MatchesPage = {}): Promise<SearchOutcome> {
    if (!this.isEnabled) return { state: 'off' };
    const { tenant } = record;
    const { fingerprints } = this.#parts.stores;
    const holder = { inspection: await this.#findHolder(record) };
    const [asked, without] = await Promise.all([
      fingerprints.getForSearch(tenant, holder),
      fingerprints.listIds(tenant, holder),
    ]);
    const { sha256 } = record;
    if (asked.made.length > 0) return this.searchByFingerprints(tenant, asked, { ...page, without, sha256 });
    if (asked.missing.length > 0) return { state: 'not-searchable', missing: asked.missing };
    return this.#pendingOutcome(record);
  }

  /**
   * Returns the number of similar files without loading any; `undefined` if matching is off. Throws like
   * `searchByInspection`.
   */
  async countSimilar({
    tenant,
    id,
  }: Pick<InspectionRecord, 'tenant' | 'id'>): Promise<SimilarCount | undefined> {
    const { index: seen, stores } = this.#parts;
    const { fingerprints } = stores;
    if (seen === undefined) return undefined;
    const holder = { inspection: id };
    const [{ made }, without] = await Promise.all([
      fingerprints.getForSearch(tenant, holder),
      fingerprints.listIds(tenant, holder),
    ]);
    if (made.length === 0) return undefined;
    const { near, more } = await searchIndex(seen, tenant, made, { limit: MAX_MATCHES, without });
    const holders = await fingerprints.findOwners(
      tenant,
      near.map((one) => one.id),
    );
    // A video that matches by its frames and by its sound counts once.
    return { count: new Set([...holders.values()].map(fileKey)).size, more };
  }

  /**
   * A recheck without the file is about the same bytes as the inspection it supersedes, and has no fingerprint of its
   * own.
   */
  async #findHolder({ tenant, id, sha256, supersedes }: InspectionRecord): Promise<string> {
    const { fingerprints, inspections } = this.#parts.stores;
    if (supersedes === undefined || (await hasFingerprints(fingerprints, tenant, id))) return id;
    const before = await inspections.get(tenant, supersedes);
    return before !== undefined && sha256 !== undefined && before.sha256 === sha256 ? before.id : id;
  }

  async searchByFingerprints(
    tenant: string,
    { made, missing, partly = [] }: Fingerprints,
    {
      limit = DEFAULT_MATCHES,
      from = 0,
      without = [],
      sha256,
    }: MatchesPage & { without?: readonly number[]; sha256?: string | undefined } = {},
  ): Promise<SearchOutcome> {
    const { index: seen } = this.#parts;
    if (seen === undefined) return { state: 'off' };
    if (made.length === 0) return { state: 'not-searchable', missing };
    const { near: nearest, ...answer } = await searchIndex(seen, tenant, made, {
      limit: from + limit,
      without,
    });
    const near = nearest.slice(from);
    const holders = await this.#parts.stores.fingerprints.findOwners(
      tenant,
      near.map(({ id }) => id),
    );
    const found = await Promise.all(
      near.map(async (one) => {
        const holder = holders.get(one.id);
        // `undefined` if it was deleted after the search.
        return holder === undefined ? undefined : this.#toMatchedFile(tenant, one, holder);
      }),
    );
    const known = found.filter((one) => one !== undefined);
    return {
      ...answer,
      state: 'done',
      ...{ missing, partly },
      found: sha256 === undefined ? known : sortSameBytesFirst(known, (one) => findSha256(one) === sha256),
    };
  }

  #pendingOutcome(record: InspectionRecord): SearchOutcome {
    const { id, status, finishedAt, report } = record;
    if (!isFinal(status)) return { state: 'pending' };
    const stored = report === undefined ? undefined : parseStoredReport(report);
    const kind = stored === undefined ? 'picture' : fingerprintKindOf(stored);
    if (kind === undefined)
      return { state: 'not-searchable', missing: [{ kind: 'picture', ...fault('fingerprint.notMedia') }] };
    const age = this.#parts.now().getTime() - Date.parse(finishedAt ?? record.createdAt);
    if (status === 'done' && (this.#parts.tasks.isUnderWay(id) || age < PENDING_MILLIS))
      return { state: 'pending' };
    return { state: 'not-searchable', missing: [{ kind, ...fault('fingerprint.notMade') }] };
  }

  async #toMatchedFile(tenant: string, near: FingerprintMatch, holder: StoredOwner): Promise<MatchedFile> {
    const { scans, stores } = this.#parts;
    const { inspections, collections } = stores;
    if ('inspection' in holder) {
      const id = holder.inspection;
      const [record, album] = await Promise.all([
        inspections.get(tenant, id),
        loadAlbum(inspections, tenant, id),
      ]);
      const preview = linkedFigures(`/v1/inspections/${id}`, album)?.preview;
      return {
        ...{ fingerprintMatch: near, holder },
        ...(record === undefined
          ? {}
          : {
              inspection: {
                record,
                report: record.report === undefined ? undefined : parseStoredReport(record.report),
              },
            }),
        ...(preview === undefined ? {} : { preview }),
      };
    }
    if ('collection' in holder) {
      const [collection, item] = await Promise.all([
        collections.get(tenant, holder.collection),
        collections.item(tenant, holder.collection, holder.item),
      ]);
      if (collection === undefined || item === undefined) return { fingerprintMatch: near, holder };
      const src = `/v1/collections/${collection.id}/items/${item.id}/preview`;
      const webp = item.hasPreview ? await collections.preview(tenant, collection.id, item.id) : undefined;
      return {
        ...{ fingerprintMatch: near, holder, collection: { collection, item } },
        ...(webp === undefined ? {} : { preview: { src, ...parseWebpSize(webp) } }),
      };
    }
    const path = fromRecordPath(holder);
    const [scan, record, preview] = await Promise.all([
      scans.getByNumber(holder.scan, tenant),
      scans.record(holder.scan, path),
      scans.preview(holder.scan, path),
    ]);
    if (scan === undefined) return { fingerprintMatch: near, holder };
    const known = parseRecord(record);
    const hasManifest = ownMember(asRecord(ownMember(known, 'kept')) ?? {}, 'manifestStore') === true;
    return {
      ...{ fingerprintMatch: near, holder, scan: { id: scan.id, record: known } },
      ...(hasManifest && { manifest: `/v1/fingerprints/${near.id}/manifest` }),
      ...(preview === undefined
        ? {}
        : { preview: { src: `/v1/fingerprints/${near.id}/preview`, ...parseWebpSize(preview) } }),
    };
  }

  /** Returns the thumbnail stored with a fingerprint of a scan. */
  async preview(tenant: string, id: number): Promise<Buffer | undefined> {
    const { scans, stores } = this.#parts;
    const holder = (await stores.fingerprints.findOwners(tenant, [id])).get(id);
    if (holder === undefined || !('scan' in holder)) return undefined;
    return scans.preview(holder.scan, fromRecordPath(holder));
  }

  /** Returns the manifest store stored with a fingerprint of a scan. Throws `SecretError`. */
  async manifest(tenant: string, id: number): Promise<Buffer | undefined> {
    const { scans, stores, keys } = this.#parts;
    const holder = (await stores.fingerprints.findOwners(tenant, [id])).get(id);
    if (holder === undefined || !('scan' in holder)) return undefined;
    const path = fromRecordPath(holder);
    const [scan, sealed] = await Promise.all([
      scans.getByNumber(holder.scan, tenant),
      scans.manifest(holder.scan, path),
    ]);
    if (scan === undefined || sealed === undefined) return undefined;
    const opener = keys();
    if (opener === undefined) throw new SecretError('there is no key here');
    return openManifest(opener, { tenant, scan: scan.id, path }, sealed);
  }
}

async function searchIndex(
  seen: Matcher,
  tenant: string,
  made: readonly Fingerprint[],
  options: { limit: number; without: readonly number[] },
): Promise<SearchAnswer & { behind: boolean }> {
  try {
    const isCaughtUp = await waitForIndex(seen);
    const answer = await seen.search(tenant, made, options);
    // The file itself is in the index too, but was not compared with itself, so the count excludes it.
    const isHeld = isCaughtUp && seen.lag.notIndexed === 0 && options.without.length > 0;
    const searched = isHeld ? Math.max(0, answer.searched - made.length) : answer.searched;
    return { ...answer, searched, behind: !isCaughtUp };
  } catch (error) {
    if (!isSeenFault(error)) throw error;
    throw new Problem('matches-unavailable', { headers: { 'retry-after': '2' }, cause: error });
  }
}

/** Waits, up to a bound, until the index contains the files that were stored a moment ago. */
async function waitForIndex(seen: Matcher): Promise<boolean> {
  const over = new AbortController();
  const { signal } = over;
  const late = delay(CATCH_UP_MILLIS, false, { signal }).catch(() => false);
  const all = seen.refresh().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([all, late]);
  } finally {
    over.abort();
  }
}

const isSeenFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('fingerprint.');

const parseRecord = (text: string | undefined): JsonRecord =>
  (text === undefined ? undefined : asRecord(JSON.parse(text))) ?? {};

/** Returns the entry point through which the file came. */
export function entryPointOf({
  holder,
  inspection,
}: MatchedFile): 'inspection' | 'batch' | 'scan' | 'collection' {
  if ('scan' in holder) return 'scan';
  if ('collection' in holder) return 'collection';
  if (holder.remainder !== undefined) return holder.remainder.door;
  return inspection?.record.batchId === undefined ? 'inspection' : 'batch';
}
