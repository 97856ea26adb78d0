import type { Translator } from '../../i18n/translator.js';
import { CASE_ITEM_KINDS, CaseError, type CaseItem } from '../../storage/cases/cases.js';
import type { CaseRepository } from '../../storage/cases/kysely-cases.js';
import { CASE_BOUNDS } from '../../storage/inspections/case-bounds.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import type { EventLog } from '../../storage/log/log.js';
import type { Printer } from '../pdf/printer.js';
import type { BagFile } from '../sealing/bag.js';
import { buildInspectionContents, type InspectionToSeal } from '../sealing/inspection-contents.js';
import { buildLogFiles } from '../sealing/log-tags.js';
import type { BundleKind } from '../sealing/names.js';
import type { BagToSeal } from '../sealing/seal.js';
import { buildCaseContents, type CaseInspectionFiles } from './contents.js';

export interface CaseSealRequest {
  tenant: string;
  id: string;
  kind: BundleKind;
}

interface CaseSealServices {
  stores: {
    cases: Pick<CaseRepository, 'get' | 'items'>;
    inspections: Pick<InspectionRepository, 'get'>;
    log: Pick<EventLog, 'extract'>;
  };
  speech: Translator;
  /** Left out: the PDF library alone prints the documents. */
  printer?: Pick<Printer, 'print'> | undefined;
  maxBytes?: number;
  /**
   * Collects the parts of a bundle of this inspection; `undefined` if its Report can no longer be read. `notHeld`: a
   * code for why its file is not in the bundle.
   */
  inspectionToSeal(record: InspectionRecord): Promise<{ of: InspectionToSeal; notHeld?: string } | undefined>;
}

const ITEMS_AT_ONCE = 1_000;

/**
 * Collects the present state of a case for sealing; `undefined` if the case does not exist. Rejects with a CaseError
 * `case.too-large` if the case exceeds the bound of a bundle, and with any error of `inspectionToSeal`.
 */
export async function collectCaseToSeal(
  { tenant, id, kind }: CaseSealRequest,
  {
    stores,
    speech,
    printer,
    inspectionToSeal,
    maxBytes: mostBytes = CASE_BOUNDS.sealedBytes,
  }: CaseSealServices,
): Promise<BagToSeal | undefined> {
  const caseRecord = await stores.cases.get(tenant, id);
  if (caseRecord === undefined) return undefined;
  if (caseRecord.counts.inspection > CASE_BOUNDS.sealed) throw new CaseError('case.too-large');
  const items = await readAllItems(stores.cases, tenant, id);
  const parts: CaseInspectionFiles[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  let bytes = 0;
  for (const item of items) {
    if (item.kind !== 'inspection' || item.removed !== undefined || item.gone !== undefined) continue;
    const record = await stores.inspections.get(tenant, item.id);
    const made = record?.report === undefined ? undefined : await inspectionToSeal(record);
    if (made === undefined) {
      leftOut.push({ id: item.id, reason: leftOutReason(record) });
      continue;
    }
    const part = await buildInspectionFiles(item.id, made, { speech, printer });
    bytes += bytesInMemory([...part.payload, ...part.tags]);
    if (bytes > mostBytes) throw new CaseError('case.too-large');
    parts.push(part);
  }
  const { payload, tags } = buildCaseContents({ kept: caseRecord, items, parts, leftOut }, { kind, speech });
  const persons = kind === 'full';
  const log = await stores.log.extract(tenant, [id, ...parts.map((one) => one.id)], { persons });
  const all = log === undefined ? tags : [...tags, ...buildLogFiles(log, { persons })];
  return { kind, identifier: `case:${id}`, payload, tags: all };
}

/** A record that has a Report which could still not be collected is `unreadable`: its status only says that it was done. */
const leftOutReason = (record: InspectionRecord | undefined): string => {
  if (record === undefined) return 'deleted';
  return record.report === undefined ? record.status : 'unreadable';
};

async function buildInspectionFiles(
  id: string,
  { of, notHeld }: { of: InspectionToSeal; notHeld?: string },
  { speech, printer }: { speech: Translator; printer?: Pick<Printer, 'print'> | undefined },
): Promise<CaseInspectionFiles> {
  const { payload, tags } = await buildInspectionContents(of, speech, printer);
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

async function readAllItems(
  cases: Pick<CaseRepository, 'items'>,
  tenant: string,
  id: string,
): Promise<CaseItem[]> {
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

/** Returns the name of the folder in the ZIP, and of the ZIP. */
export const caseBagName = (id: string): string => `assay-case-${id.slice(0, 8)}`;

/**
 * Returns a code for why the file of an inspection is not in a bundle: it is not stored, cannot be read, was replaced
 * by another file, or was not inspected alone.
 */
export const notHeldReason = (
  { request: { hasSidecar, hasInit } }: Pick<InspectionRecord, 'request'>,
  { isOther, isUnread }: { isOther: boolean; isUnread: boolean },
): string => {
  if (hasSidecar || hasInit === true) return 'severalFiles';
  return isOther ? 'changed' : isUnread ? 'notRead' : 'notKept';
};
