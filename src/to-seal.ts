import type { Report } from './core/report/report.js';
import type { Inspector } from './isolation/inspector.js';
import { receivedFile } from './seal/contents.js';
import type { FileSource, InspectionToSeal } from './seal/inspection.js';
import type { Kind } from './seal/names.js';
import type { Received } from './seal/received.js';
import type { InspectionRecord } from './store/inspections.js';
import type { Stores } from './store/stores.js';
import { keptToSeal, manifestStoreOf } from './worker/to-seal.js';

/** The file of an inspection, found open. */
export interface HeldFile {
  file: Received;
  from: FileSource;
}

interface Parts {
  stores: Pick<Stores, 'inspections' | 'exchanges'>;
  /** For the manifest store, as it stands in the file. */
  inspector: Pick<Inspector, 'inspect'>;
  /** A Report with its words. */
  told(report: Report): Report;
  /** What looks alike by now (`assay.matches/1`). */
  matches(record: InspectionRecord, report: Report): Promise<object>;
}

/**
 * A kept inspection as a bundle holds it, through whichever door: alone or within a case, whose files may be gone (`had`). Undefined
 * where there is no Report, or none of ours any more. Its extract of the log is for whoever makes the bundle.
 */
export async function inspectionToSeal(
  record: InspectionRecord,
  { kind, had }: { kind: Kind; had: HeldFile | undefined },
  { stores, inspector, told, matches }: Parts,
): Promise<InspectionToSeal | undefined> {
  const whole = kind === 'full';
  const kept = await keptToSeal(stores.inspections, record, { whole });
  const { tenant, id, sha256 } = record;
  if (kept === undefined || sha256 === undefined) return undefined;
  const inWords = told(kept.report);
  const report = { ...inWords, asset: { ...inWords.asset, sha256 } };
  const { versions, inspectedAt, evidence, notes } = kept;
  const of: InspectionToSeal = { kind, report, inspection: id, versions, inspectedAt };
  if (!whole) return of;
  const [store, exchanged, alike] = await Promise.all([
    had && manifestStoreOf(record, { path: had.file.path, report, inspector }),
    stores.exchanges.exchangesOf(tenant, id),
    matches(record, report),
  ]);
  const { name } = record.request;
  return {
    ...{ ...of, evidence, notes, matches: alike, exchanges: exchanged?.warc },
    ...{ manifestStore: store?.bytes, manifestStoreFault: store?.fault },
    ...(had && { file: { content: receivedFile(had.file.path, { ...had.file, name }), from: had.from } }),
  };
}
