import { setTimeout as delay } from 'node:timers/promises';
import { fault } from '../core/ground/fault.js';
import { asRecord, asText, type JsonRecord, member } from '../core/ground/json-shape.js';
import { pathTold } from '../core/ground/path-text.js';
import type { Likeness, Likenesses } from '../core/likeness/likeness.js';
import { sameBytesFirst } from '../core/likeness/same-bytes.js';
import type { Figure } from '../core/renderers/figures.js';
import type { Report } from '../core/report/report.js';
import type { NearOne, SearchAnswer, Seen } from '../likeness/seen-types.js';
import { SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import type { CollectionItem, KeptCollection } from '../store/collections.js';
import type { KeptHolder, NotMade } from '../store/fingerprints.js';
import { type InspectionRecord, isFinal } from '../store/inspections.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import { openedManifest } from '../store/scan-manifests.js';
import type { Stores } from '../store/stores.js';
import { hasLikeness, likenessKind } from '../worker/likenesses.js';
import { storedReport } from '../worker/stored-report.js';
import { keptAlbum } from './album.js';
import { figuresByAddress } from './figures.js';
import type { PictureMaking } from './picture-making.js';
import { Problem } from './problem.js';
import { webpSize } from './webp-size.js';

/** What is known of a kept file that is near. Each holder tells of itself what its own pages do, masked. */
export interface Found {
  near: NearOne;
  holder: KeptHolder;
  inspection?: { record: InspectionRecord; report?: Report | undefined };
  scan?: { id: string; record: JsonRecord };
  collection?: { collection: KeptCollection; item: CollectionItem };
  preview?: Figure | { src: string };
  /** Address of the manifest store that is kept of it: for those who may have personal data shown. */
  manifest?: string;
}

export type Sought =
  | { state: 'off' | 'pending' }
  | { state: 'not-searchable'; missing: readonly NotMade[] }
  | (Omit<SearchAnswer, 'near'> & {
      state: 'done';
      missing: readonly NotMade[];
      partly?: readonly NotMade[];
      /** What was kept in the last moments may not have been searched. */
      behind: boolean;
      found: Found[];
    });

export interface MatchingParts {
  stores: Pick<Stores, 'inspections' | 'fingerprints' | 'collections'>;
  scans: Pick<KyselyScans, 'numbered' | 'record' | 'preview' | 'manifest'>;
  /** What kept manifest stores are opened with; undefined: there are no keys here. */
  keys: () => SecretKeys | undefined;
  /** Left out: nothing is compared here. */
  seen: Seen | undefined;
  pictures: Pick<PictureMaking, 'isComparing'>;
  now: () => Date;
}

/** Kept files that are near to one; `more`: there are more than were counted. */
export interface NearCount {
  count: number;
  more: boolean;
}

/** Of a record of a scan, brief or with its Report. */
export const sha256In = (record: JsonRecord): string | undefined =>
  asText(asRecord((asRecord(record['report']) ?? record)['asset'])?.['sha256'], 64);

/** Digest of the bytes, where they are known. */
export const bytesOf = ({ inspection, scan }: Found): string | undefined =>
  inspection?.record.sha256 ?? (scan && sha256In(scan.record));

/** What tells a file from others, whatever of it is near. */
const fileOf = (holder: KeptHolder): string => {
  if ('inspection' in holder) return holder.inspection;
  return JSON.stringify(
    'scan' in holder ? [holder.scan, pathTold(holder)] : [holder.collection, holder.item],
  );
};

/** A process that made it may have ended meanwhile: after so long nobody is believed to be at it any more. */
const PENDING_MILLIS = 120_000;

const CATCH_UP_MILLIS = 1_000;

export const USUAL_MATCHES = 20;
export const MOST_MATCHES = 100;
/** Upper bound over all pages of one search (`seenLimits.mostTold`). */
export const ALL_MATCHES = 1_000;

export interface MatchesPage {
  limit?: number | undefined;
  /** So many of the nearest were told before. */
  from?: number | undefined;
}

/** Which kept files look or sound like one. */
export class Matching {
  readonly #parts: MatchingParts;

  constructor(parts: MatchingParts) {
    this.#parts = parts;
  }

  get on(): boolean {
    return this.#parts.seen !== undefined;
  }

  /** Throws a SeenError where the search cannot be done. */
  async ofInspection(record: InspectionRecord, page: MatchesPage = {}): Promise<Sought> {
    if (!this.on) return { state: 'off' };
    const { tenant } = record;
    const { fingerprints } = this.#parts.stores;
    const holder = { inspection: await this.#holding(record) };
    const [asked, without] = await Promise.all([
      fingerprints.likenessOf(tenant, holder),
      fingerprints.idsOf(tenant, holder),
    ]);
    const { sha256 } = record;
    if (asked.made.length > 0) return this.ofLikenesses(tenant, asked, { ...page, without, sha256 });
    if (asked.missing.length > 0) return { state: 'not-searchable', missing: asked.missing };
    return this.#notYet(record);
  }

  /** How many kept files that is, without a look at any of them. Undefined where nothing is searched. Throws as `ofInspection`. */
  async countOf({ tenant, id }: Pick<InspectionRecord, 'tenant' | 'id'>): Promise<NearCount | undefined> {
    const { seen, stores } = this.#parts;
    const { fingerprints } = stores;
    if (seen === undefined) return undefined;
    const holder = { inspection: id };
    const [{ made }, without] = await Promise.all([
      fingerprints.likenessOf(tenant, holder),
      fingerprints.idsOf(tenant, holder),
    ]);
    if (made.length === 0) return undefined;
    const { near, more } = await searched(seen, tenant, made, { limit: MOST_MATCHES, without });
    const holders = await fingerprints.holders(
      tenant,
      near.map((one) => one.id),
    );
    // A video that is found by its frames and by its sound is one.
    return { count: new Set([...holders.values()].map(fileOf)).size, more };
  }

  /** A recheck without the file is of the same bytes as what it takes the place of, and has no fingerprint of its own. */
  async #holding({ tenant, id, sha256, supersedes }: InspectionRecord): Promise<string> {
    const { fingerprints, inspections } = this.#parts.stores;
    if (supersedes === undefined || (await hasLikeness(fingerprints, tenant, id))) return id;
    const before = await inspections.get(tenant, supersedes);
    return before !== undefined && sha256 !== undefined && before.sha256 === sha256 ? before.id : id;
  }

  async ofLikenesses(
    tenant: string,
    { made, missing, partly = [] }: Likenesses,
    {
      limit = USUAL_MATCHES,
      from = 0,
      without = [],
      sha256,
    }: MatchesPage & { without?: readonly number[]; sha256?: string | undefined } = {},
  ): Promise<Sought> {
    const { seen } = this.#parts;
    if (seen === undefined) return { state: 'off' };
    if (made.length === 0) return { state: 'not-searchable', missing };
    const { near: nearest, ...answer } = await searched(seen, tenant, made, { limit: from + limit, without });
    const near = nearest.slice(from);
    const holders = await this.#parts.stores.fingerprints.holders(
      tenant,
      near.map(({ id }) => id),
    );
    const found = await Promise.all(
      near.map(async (one) => {
        const holder = holders.get(one.id);
        // It was deleted between the search and now.
        return holder === undefined ? undefined : this.#found(tenant, one, holder);
      }),
    );
    const known = found.filter((one) => one !== undefined);
    return {
      ...answer,
      state: 'done',
      ...{ missing, partly },
      found: sha256 === undefined ? known : sameBytesFirst(known, (one) => bytesOf(one) === sha256),
    };
  }

  #notYet(record: InspectionRecord): Sought {
    const { id, status, finishedAt, report } = record;
    if (!isFinal(status)) return { state: 'pending' };
    const stored = report === undefined ? undefined : storedReport(report);
    const kind = stored === undefined ? 'picture' : likenessKind(stored);
    if (kind === undefined)
      return { state: 'not-searchable', missing: [{ kind: 'picture', ...fault('likeness.notMedia') }] };
    const age = this.#parts.now().getTime() - Date.parse(finishedAt ?? record.createdAt);
    if (status === 'done' && (this.#parts.pictures.isComparing(id) || age < PENDING_MILLIS))
      return { state: 'pending' };
    return { state: 'not-searchable', missing: [{ kind, ...fault('likeness.notMade') }] };
  }

  async #found(tenant: string, near: NearOne, holder: KeptHolder): Promise<Found> {
    const { scans, stores } = this.#parts;
    const { inspections, collections } = stores;
    if ('inspection' in holder) {
      const id = holder.inspection;
      const [record, album] = await Promise.all([
        inspections.get(tenant, id),
        keptAlbum(inspections, tenant, id),
      ]);
      const preview = figuresByAddress(`/v1/inspections/${id}`, album)?.preview;
      return {
        ...{ near, holder },
        ...(record === undefined
          ? {}
          : {
              inspection: {
                record,
                report: record.report === undefined ? undefined : storedReport(record.report),
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
      if (collection === undefined || item === undefined) return { near, holder };
      const src = `/v1/collections/${collection.id}/items/${item.id}/preview`;
      const webp = item.hasPreview ? await collections.preview(tenant, collection.id, item.id) : undefined;
      return {
        ...{ near, holder, collection: { collection, item } },
        ...(webp === undefined ? {} : { preview: { src, ...webpSize(webp) } }),
      };
    }
    const path = pathTold(holder);
    const [scan, record, preview] = await Promise.all([
      scans.numbered(holder.scan, tenant),
      scans.record(holder.scan, path),
      scans.preview(holder.scan, path),
    ]);
    if (scan === undefined) return { near, holder };
    const known = recordIn(record);
    const hasManifest = member(asRecord(member(known, 'kept')) ?? {}, 'manifestStore') === true;
    return {
      ...{ near, holder, scan: { id: scan.id, record: known } },
      ...(hasManifest && { manifest: `/v1/fingerprints/${near.id}/manifest` }),
      ...(preview === undefined
        ? {}
        : { preview: { src: `/v1/fingerprints/${near.id}/preview`, ...webpSize(preview) } }),
    };
  }

  /** The small picture of what a fingerprint of a scan was made of. */
  async preview(tenant: string, id: number): Promise<Buffer | undefined> {
    const { scans, stores } = this.#parts;
    const holder = (await stores.fingerprints.holders(tenant, [id])).get(id);
    if (holder === undefined || !('scan' in holder)) return undefined;
    return scans.preview(holder.scan, pathTold(holder));
  }

  /** The manifest store that is kept of what a fingerprint of a scan was made of. Throws a SecretFault. */
  async manifest(tenant: string, id: number): Promise<Buffer | undefined> {
    const { scans, stores, keys } = this.#parts;
    const holder = (await stores.fingerprints.holders(tenant, [id])).get(id);
    if (holder === undefined || !('scan' in holder)) return undefined;
    const path = pathTold(holder);
    const [scan, sealed] = await Promise.all([
      scans.numbered(holder.scan, tenant),
      scans.manifest(holder.scan, path),
    ]);
    if (scan === undefined || sealed === undefined) return undefined;
    const opener = keys();
    if (opener === undefined) throw new SecretFault('there is no key here');
    return openedManifest(opener, { tenant, scan: scan.id, path }, sealed);
  }
}

async function searched(
  seen: Seen,
  tenant: string,
  made: readonly Likeness[],
  options: { limit: number; without: readonly number[] },
): Promise<SearchAnswer & { behind: boolean }> {
  try {
    const isCaughtUp = await caughtUp(seen);
    const answer = await seen.search(tenant, made, options);
    // The file that is asked about is kept, too: it was not held against itself.
    const isHeld = isCaughtUp && seen.lag.notHeld === 0 && options.without.length > 0;
    const searched = isHeld ? Math.max(0, answer.searched - made.length) : answer.searched;
    return { ...answer, searched, behind: !isCaughtUp };
  } catch (error) {
    if (!isSeenFault(error)) throw error;
    throw new Problem('matches-unavailable', { headers: { 'retry-after': '2' }, cause: error });
  }
}

/** What was kept a moment ago is searched as well, where that takes no longer than this. */
async function caughtUp(seen: Seen): Promise<boolean> {
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
  error instanceof Error && 'code' in error && String(error.code).startsWith('likeness.');

const recordIn = (text: string | undefined): JsonRecord =>
  (text === undefined ? undefined : asRecord(JSON.parse(text))) ?? {};

/** By which door it came. */
export function doorOf({ holder, inspection }: Found): 'inspection' | 'batch' | 'scan' | 'collection' {
  if ('scan' in holder) return 'scan';
  if ('collection' in holder) return 'collection';
  if (holder.left !== undefined) return holder.left.door;
  return inspection?.record.batchId === undefined ? 'inspection' : 'batch';
}
