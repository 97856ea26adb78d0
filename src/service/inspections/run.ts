import { compact } from '../../base/json-shape.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Message } from '../../i18n/message.js';
import { inspectFile } from '../../inspect/inspect-file.js';
import { pickResolvedOptions } from '../../inspect/options/resolved.js';
import type { Inspector, InspectRequest } from '../../inspect/pool/inspector.js';
import type { InspectErrorCode } from '../../inspect/protocol/inspect-error.js';
import { tenantKeyOf } from '../../inspect/protocol/tenant.js';
import type { Derivative, StoredRequest } from '../../storage/inspections/inspections.js';
import { runInSpan } from '../ops/spans.js';
import type { AllowedPaths } from './allowed-paths.js';
import { toEvidenceDerivative } from './evidence.js';
import { toNamingDerivative } from './naming.js';
import { toPartDerivatives } from './parts.js';
import { haveSameLaw } from './result.js';
import { toRevealedDerivatives } from './revealed.js';
import { toTrustDerivative } from './stored-trust.js';
import type { JobUploads } from './upload-files.js';

export type InspectionOutcome =
  | { report: StoredReport; derivatives: Derivative[] }
  | { error: { code: InspectErrorCode; userMessage: Message } };

/**
 * Runs one inspection. A file that cannot be inspected is an outcome; rejects only on an internal error. If personal
 * data is to be revealed, the file is read twice: the masked result comes from an inspection without it.
 */
export async function runInspection(
  { reveal, ...ordinary }: InspectRequest,
  parts: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  let masked = await runOnce(ordinary, parts);
  if (reveal === undefined || 'error' in masked) return masked;
  const shown = await runOnce({ ...ordinary, reveal }, parts);
  if ('error' in shown) return shown;
  // Another law came into force between the two.
  if (!haveSameLaw(masked.report, shown.report)) masked = await runOnce(ordinary, parts);
  if ('error' in masked) return masked;
  return { ...masked, derivatives: [...masked.derivatives, ...toRevealedDerivatives(shown)] };
}

async function runOnce(
  request: InspectRequest,
  { inspector }: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  const { engine, deep = false } = request;
  return runInSpan('inspect', { 'assay.engine': engine, 'assay.deep': deep }, async (span) => {
    const beside = ['evidence', 'renameData', 'storedTrust', 'parts'] as const;
    const done = await inspectFile(request, request, { inspector, attachments: beside });
    if ('error' in done) return { error: { code: done.error.code, userMessage: done.error.userMessage } };
    const { report, evidence, renameData: naming, storedTrust: kept, parts = [] } = done;
    span.setAttribute('assay.isolation', report.tool.isolation ?? 'none');
    const derivatives = [
      ...(evidence === undefined ? [] : [toEvidenceDerivative(evidence)]),
      ...(naming === undefined ? [] : [toNamingDerivative(naming)]),
      ...(kept === undefined ? [] : [toTrustDerivative(kept)]),
      ...toPartDerivatives(parts),
    ];
    return { report, derivatives };
  });
}

/** Returns the request for the stored file. `undefined` if it names a file of the operator that may not be read. */
export async function buildRequest(
  { id, tenant }: { id: string; tenant: string },
  ask: StoredRequest,
  files: JobUploads,
  allowed: Pick<AllowedPaths, 'find'>,
): Promise<InspectRequest | undefined> {
  const path = ask.path === undefined ? files.file(id) : (await allowed.find(ask.path))?.path;
  if (path === undefined) return undefined;
  const { name, declaredMediaType, hasSidecar, hasInit, servedBy } = ask;
  return {
    ...pickResolvedOptions(ask),
    ...{ path, name, tenant: tenantKeyOf(tenant) },
    ...compact({ declaredMediaType, servedBy }),
    ...(hasSidecar ? { sidecarPath: files.sidecar(id) } : {}),
    ...(hasInit ? { initPath: files.init(id) } : {}),
  };
}
