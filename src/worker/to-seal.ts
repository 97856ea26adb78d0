import { reportTextOfBefore } from '../core/analysis/report-of-before.js';
import type { ReadFault } from '../core/ground/fault.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import type { Inspector } from '../isolation/inspector.js';
import { partyOf } from '../isolation/party.js';
import { perform } from '../perform.js';
import { askedIn } from '../question/asked.js';
import type { Derivative, InspectionRecord } from '../store/inspections.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import type { AllowedPaths } from './allowed-paths.js';
import { evidenceAmong, keptEvidence } from './evidence.js';
import type { JobFiles } from './job-files.js';
import { storedReport } from './stored-report.js';

/** What is kept of an inspection, as a bundle holds it. */
export interface KeptToSeal {
  report: Report;
  evidence: EvidenceSheet | undefined;
  /** What people wrote; where nobody shows a key, there is no name to tell. */
  notes: readonly { text: string; by?: string; at: string }[];
  versions: InspectionRecord['versions'];
  /** RFC 3339. */
  inspectedAt: string;
}

/**
 * `whole`: with the personal data that was asked for, where it was; whether somebody may have it is for the door to say. Undefined
 * where there is no Report, or none of ours any more.
 */
export async function keptToSeal(
  inspections: Pick<KyselyInspections, 'revealed' | 'derivatives'>,
  record: InspectionRecord,
  { whole }: { whole: boolean },
): Promise<KeptToSeal | undefined> {
  const { tenant, id, versions, finishedAt, createdAt } = record;
  const notes = whole
    ? record.notes.map(({ text, by, at }) => ({ text, at, ...(by === LOCAL_TENANT ? {} : { by }) }))
    : [];
  const revealed = whole ? await inspections.revealed(tenant, id) : [];
  const of = (kind: Derivative['kind']) => revealed.find((one) => one.kind === kind);
  const shown = of('revealed-report');
  const text = shown === undefined ? record.report : reportTextOfBefore(shown.content.toString('utf8'));
  const report = text === undefined ? undefined : storedReport(text);
  if (report === undefined) return undefined;
  const evidence = whole
    ? (keptEvidence(of('revealed-evidence')) ?? evidenceAmong(await inspections.derivatives(tenant, id)))
    : undefined;
  return { report, evidence, notes, versions, inspectedAt: finishedAt ?? createdAt };
}

/**
 * Where the file may still lie: the upload that is kept, or one of the operator’s own. Undefined where it is neither. Whether
 * anything lies there, and the bytes that were inspected, is still to be seen.
 */
export async function keptPath(
  { id, request: { path } }: Pick<InspectionRecord, 'id' | 'request'>,
  files: JobFiles,
  allowed: Pick<AllowedPaths, 'find'>,
): Promise<string | undefined> {
  if (path !== undefined) return (await allowed.find(path))?.path;
  return (await files.has(id)) ? files.file(id) : undefined;
}

/** The manifest store as it stands in the file; neither member where there is none. */
export async function manifestStoreOf(
  record: InspectionRecord,
  {
    path,
    report,
    inspector,
  }: {
    path: string;
    report: Pick<Report, 'contentCredentials'>;
    inspector: Pick<Inspector, 'inspect'>;
  },
): Promise<{ bytes?: Uint8Array; fault?: ReadFault | { code: string } }> {
  if (report.contentCredentials.presence === 'absent') return {};
  const { name } = record.request;
  const request = { ...askedIn(record.request), ...{ path, name, party: partyOf(record.tenant) } };
  const done = await perform(request, request, { inspector, beside: ['manifestStore'] });
  if ('error' in done) return { fault: { code: done.error.code } };
  const { manifestStore, manifestStoreFault: fault } = done;
  return { ...(manifestStore && { bytes: manifestStore.bytes }), ...(fault && { fault }) };
}
