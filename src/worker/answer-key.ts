import { createHash } from 'node:crypto';
import { askedIn } from '../question/asked.js';
import type { AnswerVersions, InspectionAsk, NewInspection } from '../store/inspections.js';

/** Digests of what came with a file. */
export interface Beside {
  sidecarSha256?: string | undefined;
  initSha256?: string | undefined;
}

/**
 * One key for one answer: the same question about a file, asked under the same versions. The file's own bytes stand apart,
 * and what it is called or declared to be is no part of it: that is said anew (naming.ts).
 */
export function answerKey(ask: InspectionAsk, versions: AnswerVersions, beside: Beside = {}): string {
  const { deep = false, ...asked } = askedIn(ask);
  const sidecar = ask.hasSidecar ? (beside.sidecarSha256 ?? 'unknown') : null;
  const init = ask.hasInit ? [beside.initSha256 ?? 'unknown'] : [];
  const question = [Object.entries({ ...asked, deep }).sort(), sidecar, ...init];
  return createHash('sha256')
    .update(JSON.stringify([question, versions]))
    .digest('hex');
}

/** The same of nothing that lies here. */
export function withoutFiles({ hasInit: _, ...ask }: InspectionAsk): InspectionAsk {
  return { ...ask, hasSidecar: false };
}

/** A recheck is what asks whether the answer is still the same. */
export function mayBeOfAnother({
  request,
  supersedes,
}: Pick<NewInspection, 'request' | 'supersedes'>): boolean {
  return request.anew !== true && supersedes === undefined;
}
