import type { StoredReport } from '../../core/report/report.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Stores } from '../../storage/stores.js';
import { toReceivedBagFile } from './contents.js';
import type { FileSource, InspectionToSeal } from './inspection-contents.js';
import type { BundleKind } from './names.js';
import type { ReceivedFile } from './receive-bundle.js';
import { readManifestStore, readSealInput } from './stored-inspection.js';

/** File of an inspection, already open. */
export interface OpenInspectionFile {
  file: ReceivedFile;
  from: FileSource;
}

interface SealingContext {
  stores: Pick<Stores, 'inspections' | 'exchanges'>;
  /** Used to extract the manifest store from the file. */
  inspector: Pick<Inspector, 'inspect'>;
  /** Returns the current matches (`assay.matches/1`). */
  matches(record: InspectionRecord, report: StoredReport): Promise<object>;
}

/**
 * Collects a stored inspection for a bundle, alone or within a case, whose file may be gone (`had`). Returns
 * `undefined` if there is no Report, or none in a known format. The caller adds the extract of the log.
 */
export async function collectInspectionToSeal(
  record: InspectionRecord,
  { kind, had }: { kind: BundleKind; had: OpenInspectionFile | undefined },
  { stores, inspector, matches }: SealingContext,
): Promise<InspectionToSeal | undefined> {
  const whole = kind === 'full';
  const stored = await readSealInput(stores.inspections, record, { includesRevealed: whole });
  const { tenant, id, sha256 } = record;
  if (stored === undefined || sha256 === undefined) return undefined;
  const { report, versions, inspectedAt, evidence, notes } = stored;
  const of: InspectionToSeal = { kind, report, inspection: id, versions, inspectedAt };
  if (!whole) return of;
  const [store, exchanged, matchReport] = await Promise.all([
    had && readManifestStore(record, { path: had.file.path, report, inspector }),
    stores.exchanges.get(tenant, id),
    matches(record, report),
  ]);
  const { name } = record.request;
  return {
    ...{ ...of, evidence, notes, matches: matchReport, exchanges: exchanged?.warc },
    ...{ manifestStore: store?.bytes, manifestStoreFault: store?.fault },
    ...(had && {
      file: { content: toReceivedBagFile(had.file.path, { ...had.file, name }), from: had.from },
    }),
  };
}
