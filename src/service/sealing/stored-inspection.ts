import type { ReadFault } from '../../base/fault.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { StoredReport } from '../../core/report/report.js';
import { inspectFile } from '../../inspect/inspect-file.js';
import { pickResolvedOptions } from '../../inspect/options/resolved.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { tenantKeyOf } from '../../inspect/protocol/tenant.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { Derivative, InspectionRecord } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import type { AllowedPaths } from '../inspections/allowed-paths.js';
import { findEvidence, parseStoredEvidence } from '../inspections/evidence.js';
import { parseStoredReport } from '../inspections/stored-report.js';
import type { JobUploads } from '../inspections/upload-files.js';

/** Stored data of an inspection, for a bundle. */
export interface SealInput {
  report: StoredReport;
  evidence: EvidenceView | undefined;
  /** Notes of people; without a name if the server requires no key. */
  notes: readonly { text: string; by?: string; at: string }[];
  versions: InspectionRecord['versions'];
  /** RFC 3339. */
  inspectedAt: string;
}

/**
 * Reads the stored data. `whole`: includes revealed personal data, if any; the caller checks whether it may be shown.
 * Returns `undefined` if there is no valid Report.
 */
export async function readSealInput(
  inspections: Pick<InspectionRepository, 'listRevealed' | 'listDerivatives'>,
  record: InspectionRecord,
  { includesRevealed: whole }: { includesRevealed: boolean },
): Promise<SealInput | undefined> {
  const { tenant, id, versions, finishedAt, createdAt } = record;
  const notes = whole
    ? record.notes.map(({ text, by, at }) => ({ text, at, ...(by === LOCAL_TENANT ? {} : { by }) }))
    : [];
  const revealed = whole ? await inspections.listRevealed(tenant, id) : [];
  const of = (kind: Derivative['kind']) => revealed.find((one) => one.kind === kind);
  const shown = of('revealed-report');
  const text = shown === undefined ? record.report : shown.content.toString('utf8');
  const report = text === undefined ? undefined : parseStoredReport(text);
  if (report === undefined) return undefined;
  const evidence = whole
    ? (parseStoredEvidence(of('revealed-evidence')) ??
      findEvidence(await inspections.listDerivatives(tenant, id)))
    : undefined;
  return { report, evidence, notes, versions, inspectedAt: finishedAt ?? createdAt };
}

/**
 * Returns the path of the file: the stored upload, or a file of the operator; `undefined` if it is neither. The caller
 * has to verify that it exists and has the inspected bytes.
 */
export async function findStoredFile(
  { id, request: { path } }: Pick<InspectionRecord, 'id' | 'request'>,
  files: JobUploads,
  allowed: Pick<AllowedPaths, 'find'>,
): Promise<string | undefined> {
  if (path !== undefined) return (await allowed.find(path))?.path;
  return (await files.has(id)) ? files.file(id) : undefined;
}

/** Reads the manifest store of the file; neither member is set if there is none. */
export async function readManifestStore(
  record: InspectionRecord,
  {
    path,
    report,
    inspector,
  }: {
    path: string;
    report: Pick<StoredReport, 'contentCredentials'>;
    inspector: Pick<Inspector, 'inspect'>;
  },
): Promise<{ bytes?: Uint8Array; fault?: ReadFault | { code: string } }> {
  if (report.contentCredentials.presence === 'absent') return {};
  const { name } = record.request;
  const request = {
    ...pickResolvedOptions(record.request),
    ...{ path, name, tenant: tenantKeyOf(record.tenant) },
  };
  const done = await inspectFile(request, request, { inspector, attachments: ['manifestStore'] });
  if ('error' in done) return { fault: { code: done.error.code } };
  const { manifestStore, manifestStoreFault: fault } = done;
  return { ...(manifestStore && { bytes: manifestStore.bytes }), ...(fault && { fault }) };
}
