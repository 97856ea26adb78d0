import type { Report } from '../core/report/report.js';
import { InspectError, type InspectErrorCode } from '../isolation/inspect-error.js';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
import { partyOf } from '../isolation/party.js';
import type { Said } from '../say/said.js';
import type { Derivative, InspectionAsk } from '../store/inspections.js';
import { inSpan } from '../tracing/spans.js';
import type { AllowedPaths } from './allowed-paths.js';
import { evidenceDerivative } from './evidence.js';
import type { JobFiles } from './job-files.js';
import { keptTrustDerivative } from './kept-trust.js';
import { namingDerivative } from './naming.js';
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
  const masked = await runOnce(ordinary, parts);
  if (reveal === undefined || 'error' in masked) return masked;
  const shown = await runOnce({ ...ordinary, reveal }, parts);
  if ('error' in shown) return shown;
  return { ...masked, derivatives: [...masked.derivatives, ...asRevealed(shown)] };
}

async function runOnce(
  request: InspectRequest,
  { inspector }: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  const { engine, deep = false } = request;
  try {
    return await inSpan('inspect', { 'assay.engine': engine, 'assay.deep': deep }, async (span) => {
      const derivatives: Derivative[] = [];
      const report = await inspector.inspect(request, {
        takeEvidence: (sheet) => derivatives.push(evidenceDerivative(sheet)),
        takeNaming: (naming) => derivatives.push(namingDerivative(naming)),
        keep: (kept) => derivatives.push(keptTrustDerivative(kept)),
      });
      span.setAttribute('assay.isolation', report.tool.isolation ?? 'none');
      return { report, derivatives };
    });
  } catch (error) {
    if (!(error instanceof InspectError)) throw error;
    return { error: { code: error.code, said: error.said } };
  }
}

/** What was asked, about the file that lies here for it. Undefined: it names one of the operator's that may not be read. */
export async function requestOf(
  { id, tenant }: { id: string; tenant: string },
  ask: InspectionAsk,
  files: JobFiles,
  allowed: Pick<AllowedPaths, 'find'>,
): Promise<InspectRequest | undefined> {
  const path = ask.path === undefined ? files.file(id) : (await allowed.find(ask.path))?.path;
  return path === undefined ? undefined : { ...questionOf(id, ask, files), path, party: partyOf(tenant) };
}

function questionOf(id: string, ask: InspectionAsk, files: JobFiles): Omit<InspectRequest, 'path'> {
  const { name, declaredMediaType, asOf, asOfBecause, rulebooks, roles, engine, deep, reveal } = ask;
  return {
    name,
    asOf,
    asOfBecause,
    engine,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(rulebooks === undefined ? {} : { rulebooks }),
    ...(roles === undefined ? {} : { roles }),
    ...(deep === undefined ? {} : { deep }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(ask.hasSidecar ? { sidecarPath: files.sidecar(id) } : {}),
  };
}
