import type { Printer } from '../pdf/printer.js';
import type { Speech } from '../say/speech.js';
import type { BagFile } from '../seal/bag.js';
import { type InspectionToSeal, inspectionContents } from '../seal/inspection.js';
import { logTags } from '../seal/log-tags.js';
import type { Kind } from '../seal/names.js';
import type { ToSeal } from '../seal/seal.js';
import { CASE_BOUNDS, CASE_ITEM_KINDS, CaseError, type CaseItem } from '../store/cases.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { KyselyCases } from '../store/kysely-cases.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import type { EventLog } from '../store/log.js';
import { type CasePart, caseContents } from './contents.js';

export interface CaseAsked {
  tenant: string;
  id: string;
  kind: Kind;
}

interface Parts {
  stores: {
    cases: Pick<KyselyCases, 'get' | 'items'>;
    inspections: Pick<KyselyInspections, 'get'>;
    log: Pick<EventLog, 'extract'>;
  };
  speech: Speech;
  /** Left out: paper by the library. */
  printer?: Pick<Printer, 'print'> | undefined;
  mostBytes?: number;
  /**
   * An inspection as a bundle of it alone is made of; undefined where its Report is none of ours any more. `notHeld`: a code for why
   * its file is not in it.
   */
  inspectionToSeal(record: InspectionRecord): Promise<{ of: InspectionToSeal; notHeld?: string } | undefined>;
}

const ITEMS_AT_ONCE = 1_000;

/**
 * A case as it is now, as it is to be sealed; undefined where there is none. Rejects with a CaseError `case.too-large` where
 * there is more in it than a bundle holds, and with whatever `inspectionToSeal` does.
 */
export async function caseToSeal(
  { tenant, id, kind }: CaseAsked,
  { stores, speech, printer, inspectionToSeal, mostBytes = CASE_BOUNDS.sealedBytes }: Parts,
): Promise<ToSeal | undefined> {
  const kept = await stores.cases.get(tenant, id);
  if (kept === undefined) return undefined;
  if (kept.counts.inspection > CASE_BOUNDS.sealed) throw new CaseError('case.too-large');
  const items = await allItems(stores.cases, tenant, id);
  const parts: CasePart[] = [];
  const leftOut: { id: string; because: string }[] = [];
  let bytes = 0;
  for (const item of items) {
    if (item.kind !== 'inspection' || item.removed !== undefined || item.gone !== undefined) continue;
    const record = await stores.inspections.get(tenant, item.id);
    const made = record?.report === undefined ? undefined : await inspectionToSeal(record);
    if (made === undefined) {
      leftOut.push({ id: item.id, because: whyLeftOut(record) });
      continue;
    }
    const part = await partOf(item.id, made, { speech, printer });
    bytes += bytesInMemory([...part.payload, ...part.tags]);
    if (bytes > mostBytes) throw new CaseError('case.too-large');
    parts.push(part);
  }
  const { payload, tags } = caseContents({ kept, items, parts, leftOut }, { kind, speech });
  const persons = kind === 'full';
  const log = await stores.log.extract(tenant, [id, ...parts.map((one) => one.id)], { persons });
  const all = log === undefined ? tags : [...tags, ...logTags(log, { persons })];
  return { kind, identifier: `case:${id}`, payload, tags: all };
}

/** A Report that is there and was not to be had cannot be read: its status says that it was done. */
const whyLeftOut = (record: InspectionRecord | undefined): string => {
  if (record === undefined) return 'deleted';
  return record.report === undefined ? record.status : 'unreadable';
};

async function partOf(
  id: string,
  { of, notHeld }: { of: InspectionToSeal; notHeld?: string },
  { speech, printer }: { speech: Speech; printer?: Pick<Printer, 'print'> | undefined },
): Promise<CasePart> {
  const { payload, tags } = await inspectionContents(of, speech, printer);
  const part = { id, sha256: of.report.asset.sha256, payload, tags };
  if (of.kind !== 'full') return part;
  const from = of.file?.from;
  const fault = of.manifestStoreFault;
  return {
    ...part,
    file: from === undefined ? { notHeld: notHeld ?? 'notKept' } : { from },
    ...(fault === undefined ? {} : { manifestStore: { notHeld: fault.code } }),
  };
}

const bytesInMemory = (files: readonly BagFile[]): number =>
  files.reduce((sum, { content, bytes }) => sum + (Buffer.isBuffer(content) ? bytes : 0), 0);

async function allItems(cases: Pick<KyselyCases, 'items'>, tenant: string, id: string): Promise<CaseItem[]> {
  const all: CaseItem[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await cases.items(tenant, id, {
      ...{ limit: ITEMS_AT_ONCE, kinds: CASE_ITEM_KINDS },
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...(page?.items ?? []));
    cursor = page?.next;
    if (cursor === undefined) return all;
  }
}

/** What the folder in a ZIP is called, and the ZIP. */
export const caseBagName = (id: string): string => `assay-case-${id.slice(0, 8)}`;

/** A code for why the file of an inspection is not in a bundle: it is not kept, cannot be read, another one lies there, or it was not the only one. */
export const notHeldBecause = (
  { request: { hasSidecar, hasInit } }: Pick<InspectionRecord, 'request'>,
  { isOther, isUnread }: { isOther: boolean; isUnread: boolean },
): string => {
  if (hasSidecar || hasInit === true) return 'severalFiles';
  return isOther ? 'changed' : isUnread ? 'notRead' : 'notKept';
};
