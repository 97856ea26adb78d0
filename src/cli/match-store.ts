import { resolve } from 'node:path';
import { readConfig } from '../config.js';
import { keptFaultSaid } from '../core/ground/fault.js';
import { compact } from '../core/ground/json-shape.js';
import { pathTold } from '../core/ground/path-text.js';
import type { LikenessKind } from '../core/likeness/likeness.js';
import type { Report } from '../core/report/report.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { parseLine } from '../scan/parse.js';
import { slimOfFull } from '../scan/slim.js';
import type { CollectionItem, KeptCollection } from '../store/collections.js';
import type { KeptHolder } from '../store/fingerprints.js';
import type { InspectionRecord } from '../store/inspections.js';
import { KyselyScans } from '../store/kysely-scans.js';
import { openStores, type Stores } from '../store/stores.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import type { Against, Holding } from './match-against.js';
import { declaredIn, storeIn } from './match-results.js';

/** Rows of one question to the database. */
const AT_ONCE = 1_000;

/** What the database keeps of one tenant: inspections, scans and collections. */
export async function againstStore(tenant: string, env: Io['env']): Promise<Against> {
  const { dataDir, databaseUrl: url } = readConfig(env);
  const stores = await openStores({ dataDir, url }, { supervise: false });
  const scans = new KyselyScans(stores.database);
  const searched = new Map<LikenessKind, number>();
  const without = new Map<LikenessKind, number[]>();
  return {
    tenant,
    async *rows() {
      for (let after = 0; ; ) {
        const rows = await stores.fingerprints.follow(after, AT_ONCE);
        const last = rows.at(-1);
        // Fewer than asked for may also be as many bytes as are told at once.
        if (last === undefined) break;
        for (const row of rows) {
          if (row.tenant !== tenant || row.gone) continue;
          if (row.shelf.length === 0) noted(without, row.kind, row.id);
          else {
            searched.set(row.kind, (searched.get(row.kind) ?? 0) + 1);
            yield row;
          }
        }
        after = last.seq;
      }
      if (searched.size === 0 && without.size === 0) throw new UsageError(said('cli.match.nothingKept'));
    },
    async counts(kinds) {
      const because = new Map<string, number>();
      const ids = kinds.flatMap((kind) => without.get(kind) ?? []);
      for (let at = 0; at < ids.length; at += AT_ONCE)
        for (const { notSearchable } of (
          await stores.fingerprints.holders(tenant, ids.slice(at, at + AT_ONCE))
        ).values()) {
          const code = notSearchable?.code ?? 'likeness.none';
          because.set(code, (because.get(code) ?? 0) + 1);
        }
      return {
        searched: kinds.reduce((sum, kind) => sum + (searched.get(kind) ?? 0), 0),
        notSearchable: ids.length,
        because,
      };
    },
    async holders(ids, speech) {
      const found = await stores.fingerprints.holders(tenant, [...ids]);
      const all = new Map<number, Holding>();
      for (const [id, holder] of found) {
        const { partly } = holder;
        all.set(id, {
          ...(await holdingOf(holder, { tenant, stores, scans, speech })),
          ...(partly && { partly: { code: partly.code, said: keptFaultSaid(partly, speech) } }),
        });
      }
      return all;
    },
    async pieces(id, wish) {
      const holder = (await stores.fingerprints.holders(tenant, [id])).get(id);
      if (holder === undefined || !('scan' in holder)) return {};
      const path = pathTold(holder);
      const [scan, preview, sealed] = await Promise.all([
        scans.numbered(holder.scan, tenant),
        wish.preview ? scans.preview(holder.scan, path) : undefined,
        wish.manifest ? scans.manifest(holder.scan, path) : undefined,
      ]);
      const of = scan && { tenant, scan: scan.id, path };
      return { ...(preview && { preview }), ...(sealed && of && { manifest: storeIn(sealed, of, env) }) };
    },
    close: () => stores.close(),
  };
}

function noted(ids: Map<LikenessKind, number[]>, kind: LikenessKind, id: number): void {
  const some = ids.get(kind);
  if (some === undefined) ids.set(kind, [id]);
  else some.push(id);
}

interface Place {
  tenant: string;
  stores: Stores;
  scans: KyselyScans;
  speech: Speech;
}

async function holdingOf(holder: KeptHolder, place: Place): Promise<Holding> {
  const { tenant, stores } = place;
  if ('inspection' in holder)
    return ofInspection(holder, await stores.inspections.get(tenant, holder.inspection), place);
  if ('scan' in holder) return ofScan(holder, place);
  const { collection: id, item } = holder;
  return ofItem(
    holder,
    await stores.collections.get(tenant, id),
    await stores.collections.item(tenant, id, item),
  );
}

type OfInspection = Extract<KeptHolder, { inspection: string }>;
type OfScan = Extract<KeptHolder, { scan: number }>;
type OfItem = Extract<KeptHolder, { collection: string }>;

/** Where the report is gone: what was left of it, which names neither file nor person. */
function ofInspection(
  { inspection, at, left }: OfInspection,
  record: InspectionRecord | undefined,
  { speech }: Place,
): Holding {
  // Our own, as it was answered.
  const report = record?.report === undefined ? undefined : (JSON.parse(record.report) as Report);
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
      report === undefined ? ofLeft : declaredIn(report, report.contentCredentials.signer?.name, speech),
    seen: { at, by: record?.batchId === undefined ? 'inspection' : 'batch' },
    ...(record?.caseRef === undefined ? {} : { case: record.caseRef }),
    ...(record === undefined || record.notes.length === 0 ? {} : { notes: [...record.notes] }),
    ...(left === undefined ? {} : { reportGone: true }),
  };
}

async function ofScan(holder: OfScan, { tenant, scans, speech }: Place): Promise<Holding> {
  const { scan: number, path, pathBytes, at } = holder;
  const inside = pathTold(holder);
  const [scan, text] = await Promise.all([scans.numbered(number, tenant), scans.record(number, inside)]);
  const line = text === undefined ? undefined : parseLine(text);
  const record =
    line?.is === 'full' ? slimOfFull(line.record) : line?.is === 'slim' ? line.record : undefined;
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
          declared: declaredIn(record, record.contentCredentials.signer, speech),
          ...compact({ gone: record.gone, kept: record.kept }),
        }),
    seen: { at, by: 'scan' },
  };
}

function ofItem(
  { collection: id, item: itemId, at }: OfItem,
  collection: KeptCollection | undefined,
  item: CollectionItem | undefined,
): Holding {
  // Of this one, else of all of the collection.
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
