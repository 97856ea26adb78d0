import { compact } from '../core/ground/json-shape.js';
import type { Report } from '../core/report/report.js';
import type { InspectErrorCode } from '../isolation/inspect-error.js';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
import { partyOf } from '../isolation/party.js';
import { perform } from '../perform.js';
import { askedIn } from '../question/asked.js';
import type { Said } from '../say/said.js';
import type { Derivative, InspectionAsk } from '../store/inspections.js';
import { inSpan } from '../tracing/spans.js';
import type { AllowedPaths } from './allowed-paths.js';
import { evidenceDerivative } from './evidence.js';
import type { JobFiles } from './job-files.js';
import { keptTrustDerivative } from './kept-trust.js';
import { namingDerivative } from './naming.js';
import { partDerivatives } from './parts.js';
import { haveSameLaw } from './result.js';
import { asRevealed } from './revealed.js';

export type InspectionOutcome =
  | { report: Report; derivatives: Derivative[] }
  | { error: { code: InspectErrorCode; said: Said } };

/**
 * Does one inspection. A file that cannot be inspected is an outcome; only a fault of ours rejects. Where personal data was
 * asked for, the file is read twice: what is kept for everybody comes of an inspection that was asked for none of it.
 */
export async function runInspection(
  { reveal, ...ordinary }: InspectRequest,
  parts: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  let masked = await runOnce(ordinary, parts);
  if (reveal === undefined || 'error' in masked) return masked;
  const shown = await runOnce({ ...ordinary, reveal }, parts);
  if ('error' in shown) return shown;
  // Other law came into force between the two.
  if (!haveSameLaw(masked.report, shown.report)) masked = await runOnce(ordinary, parts);
  if ('error' in masked) return masked;
  return { ...masked, derivatives: [...masked.derivatives, ...asRevealed(shown)] };
}

async function runOnce(
  request: InspectRequest,
  { inspector }: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  const { engine, deep = false } = request;
  return inSpan('inspect', { 'assay.engine': engine, 'assay.deep': deep }, async (span) => {
    const beside = ['evidence', 'naming', 'kept', 'parts'] as const;
    const done = await perform(request, request, { inspector, beside });
    if ('error' in done) return { error: { code: done.error.code, said: done.error.said } };
    const { report, evidence, naming, kept, parts = [] } = done;
    span.setAttribute('assay.isolation', report.tool.isolation ?? 'none');
    const derivatives = [
      ...(evidence === undefined ? [] : [evidenceDerivative(evidence)]),
      ...(naming === undefined ? [] : [namingDerivative(naming)]),
      ...(kept === undefined ? [] : [keptTrustDerivative(kept)]),
      ...partDerivatives(parts),
    ];
    return { report, derivatives };
  });
}

/** What was asked, about the file that lies here for it. Undefined: it names one of the operator's that may not be read. */
export async function requestOf(
  { id, tenant }: { id: string; tenant: string },
  ask: InspectionAsk,
  files: JobFiles,
  allowed: Pick<AllowedPaths, 'find'>,
): Promise<InspectRequest | undefined> {
  const path = ask.path === undefined ? files.file(id) : (await allowed.find(ask.path))?.path;
  if (path === undefined) return undefined;
  const { name, declaredMediaType, hasSidecar, hasInit, servedBy } = ask;
  return {
    ...askedIn(ask),
    ...{ path, name, party: partyOf(tenant) },
    ...compact({ declaredMediaType, servedBy }),
    ...(hasSidecar ? { sidecarPath: files.sidecar(id) } : {}),
    ...(hasInit ? { initPath: files.init(id) } : {}),
  };
}
