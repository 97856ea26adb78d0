import { resolve } from 'node:path';
import { storedFaultMessage } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import { fromRecordPath } from '../../base/path-text.js';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { FingerprintKind } from '../../matching/fingerprint.js';
import { parseLine } from '../../scan/lines/parse.js';
import { parseStoredReport } from '../../service/inspections/stored-report.js';
import type { CollectionItem, StoredCollection } from '../../storage/fingerprints/collections.js';
import type { StoredOwner } from '../../storage/fingerprints/fingerprints.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { ScanRepository } from '../../storage/scans/kysely-scans.js';
import { openStores, type Stores } from '../../storage/stores.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import type { MatchOwner, MatchSource } from './match-against.js';
import { declaredFacts, openManifestStore } from './match-results.js';

/** Rows read per database query. */
const PAGE_SIZE = 1_000;

/** Returns a source over one tenant's entries in the database: inspections, scans and collections. */
export async function matchSourceOfStore(tenant: string, env: Io['env']): Promise<MatchSource> {
  const { dataDir, databaseUrl: url } = readConfig(env);
  const stores = await openStores({ dataDir, url }, { supervise: false });
  const scans = new ScanRepository(stores.database);
  const searched = new Map<FingerprintKind, number>();
  const notSearchableIds = new Map<FingerprintKind, number[]>();
  return {
    tenant,
    async *rows() {
      for (let after = 0; ; ) {
        const rows = await stores.fingerprints.follow(after, PAGE_SIZE);
        const last = rows.at(-1);
        // A page may be short because of its bytes, so only an empty page is the end.
        if (last === undefined) break;
        for (const row of rows) {
          if (row.tenant !== tenant || row.gone) continue;
          if (row.shelf.length === 0) addId(notSearchableIds, row.kind, row.id);
          else {
            searched.set(row.kind, (searched.get(row.kind) ?? 0) + 1);
            yield row;
          }
        }
        after = last.seq;
      }
      if (searched.size === 0 && notSearchableIds.size === 0)
        throw new UsageError(message('cli.match.nothingStored'));
    },
    async counts(kinds) {
      const reasonCounts = new Map<string, number>();
      const ids = kinds.flatMap((kind) => notSearchableIds.get(kind) ?? []);
      for (let at = 0; at < ids.length; at += PAGE_SIZE)
        for (const { notSearchable } of (
          await stores.fingerprints.findOwners(tenant, ids.slice(at, at + PAGE_SIZE))
        ).values()) {
          const code = notSearchable?.code ?? 'fingerprint.none';
          reasonCounts.set(code, (reasonCounts.get(code) ?? 0) + 1);
        }
      return {
        searched: kinds.reduce((sum, kind) => sum + (searched.get(kind) ?? 0), 0),
        notSearchable: ids.length,
        reasons: reasonCounts,
      };
    },
    async owners(ids, speech) {
      const found = await stores.fingerprints.findOwners(tenant, [...ids]);
      const all = new Map<number, MatchOwner>();
      for (const [id, holder] of found) {
        const { partly } = holder;
        all.set(id, {
          ...(await ownerOf(holder, { tenant, stores, scans, speech })),
          ...(partly && { partly: { code: partly.code, userMessage: storedFaultMessage(partly, speech) } }),
        });
      }
      return all;
    },
    async attachments(id, wish) {
      const holder = (await stores.fingerprints.findOwners(tenant, [id])).get(id);
      if (holder === undefined || !('scan' in holder)) return {};
      const path = fromRecordPath(holder);
      const [scan, preview, sealed] = await Promise.all([
        scans.getByNumber(holder.scan, tenant),
        wish.preview ? scans.preview(holder.scan, path) : undefined,
        wish.manifest ? scans.manifest(holder.scan, path) : undefined,
      ]);
      const of = scan && { tenant, scan: scan.id, path };
      return {
        ...(preview && { preview }),
        ...(sealed && of && { manifest: openManifestStore(sealed, of, env) }),
      };
    },
    close: () => stores.close(),
  };
}

function addId(ids: Map<FingerprintKind, number[]>, kind: FingerprintKind, id: number): void {
  const some = ids.get(kind);
  if (some === undefined) ids.set(kind, [id]);
  else some.push(id);
}

interface OwnerContext {
  tenant: string;
  stores: Stores;
  scans: ScanRepository;
  speech: Translator;
}

async function ownerOf(holder: StoredOwner, place: OwnerContext): Promise<MatchOwner> {
  const { tenant, stores } = place;
  if ('inspection' in holder)
    return ownerOfInspection(holder, await stores.inspections.get(tenant, holder.inspection), place);
  if ('scan' in holder) return ownerOfScan(holder, place);
  const { collection: id, item } = holder;
  return ownerOfItem(
    holder,
    await stores.collections.get(tenant, id),
    await stores.collections.item(tenant, id, item),
  );
}

type InspectionHolder = Extract<StoredOwner, { inspection: string }>;
type ScanHolder = Extract<StoredOwner, { scan: number }>;
type ItemHolder = Extract<StoredOwner, { collection: string }>;

/** If the report is gone, its remains are used, which name neither file nor person. */
function ownerOfInspection(
  { inspection, at, remainder: left }: InspectionHolder,
  record: InspectionRecord | undefined,
  { speech }: OwnerContext,
): MatchOwner {
  const report = record?.report === undefined ? undefined : parseStoredReport(record.report);
  const { headline, signer } = left ?? {};
  const ofLeft = {
    ...(headline === undefined ? {} : { headline: { id: headline } }),
    ...(signer === undefined ? {} : { signer }),
  };
  const name = record?.request.name;
  return {
    who: { inspection, ...(name === undefined ? {} : { name }) },
    name: name ?? inspection,
    where: 'inspection',
    ...(record?.sha256 === undefined ? {} : { sha256: record.sha256 }),
    declared:
      report === undefined ? ofLeft : declaredFacts(report, report.contentCredentials.signer?.name, speech),
    seen: { at, by: record?.batchId === undefined ? 'inspection' : 'batch' },
    ...(record?.caseRef === undefined ? {} : { case: record.caseRef }),
    ...(record === undefined || record.notes.length === 0 ? {} : { notes: [...record.notes] }),
    ...(left === undefined ? {} : { reportDeleted: true }),
  };
}

async function ownerOfScan(holder: ScanHolder, { tenant, scans, speech }: OwnerContext): Promise<MatchOwner> {
  const { scan: number, path, pathBytes, at } = holder;
  const inside = fromRecordPath(holder);
  const [scan, text] = await Promise.all([scans.getByNumber(number, tenant), scans.record(number, inside)]);
  const line = text === undefined ? undefined : parseLine(text);
  const record = line?.is === 'record' ? line.record : undefined;
  return {
    who: {
      path,
      ...(pathBytes === undefined ? {} : { pathBytes }),
      ...(scan === undefined ? {} : { scan: scan.id }),
    },
    name: path,
    where: 'scan',
    path: resolve(inside),
    ...(record === undefined
      ? {}
      : {
          sha256: record.asset.sha256,
          declared: declaredFacts(record, record.contentCredentials.signer, speech),
          ...compact({ gone: record.gone, kept: record.kept }),
        }),
    seen: { at, by: 'scan' },
  };
}

function ownerOfItem(
  { collection: id, item: itemId, at }: ItemHolder,
  collection: StoredCollection | undefined,
  item: CollectionItem | undefined,
): MatchOwner {
  // The item's finding takes precedence over the collection's.
  const finding = item?.finding ?? collection?.finding;
  const names = [collection?.name ?? id, item?.name ?? itemId];
  return {
    who: { collection: id, item: itemId, ...(item === undefined ? {} : { name: item.name }) },
    name: names.join(': '),
    where: 'collection',
    seen: { at, by: 'collection' },
    ...(item?.note === undefined ? {} : { notes: [{ text: item.note }] }),
    ...(finding === undefined ? {} : { finding }),
  };
}
