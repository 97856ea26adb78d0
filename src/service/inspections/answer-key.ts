import { createHash } from 'node:crypto';
import { pickResolvedOptions } from '../../inspect/options/resolved.js';
import type { AnswerVersions, NewInspection, StoredRequest } from '../../storage/inspections/inspections.js';

/** Digests of companion files. */
export interface CompanionDigests {
  sidecarSha256?: string | undefined;
  initSha256?: string | undefined;
}

/**
 * Returns the key of an answer: digest of the request under the same versions. The file's bytes are a separate part of
 * the lookup; name and declared type are excluded, since they are replaced for each inspection.
 */
export function computeAnswerKey(
  ask: StoredRequest,
  versions: AnswerVersions,
  beside: CompanionDigests = {},
): string {
  const { deep = false, visible = false, ...asked } = pickResolvedOptions(ask);
  const sidecar = ask.hasSidecar ? (beside.sidecarSha256 ?? 'unknown') : null;
  const init = ask.hasInit ? [beside.initSha256 ?? 'unknown'] : [];
  const question = [Object.entries({ ...asked, deep, visible }).sort(), sidecar, ...init];
  return createHash('sha256')
    .update(JSON.stringify([question, versions]))
    .digest('hex');
}

/** Returns the request without companion files. */
export function withoutCompanions({ hasInit: _, ...ask }: StoredRequest): StoredRequest {
  return { ...ask, hasSidecar: false };
}

/**
 * Returns whether a stored answer may be reused. A recheck must not reuse one, since it asks whether the answer has
 * changed.
 */
export function canReuseAnswer({
  request,
  supersedes,
}: Pick<NewInspection, 'request' | 'supersedes'>): boolean {
  return request.anew !== true && supersedes === undefined;
}
