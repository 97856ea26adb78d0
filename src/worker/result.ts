import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compact } from '../core/ground/json-shape.js';
import type { Report } from '../core/report/report.js';
import type { AnswerVersions, Derivative, InspectionRecord, InspectionResult } from '../store/inspections.js';
import { answerKey } from './answer-key.js';
import { changesBetween } from './changes.js';
import type { JobFiles } from './job-files.js';

interface Finished {
  record: Pick<InspectionRecord, 'id' | 'request'>;
  /** The answer that this one is to take the place of. */
  before?: InspectionRecord | undefined;
  report: Report;
  versions: AnswerVersions;
  files: JobFiles;
  derivatives?: Derivative[];
  startedAt?: string;
}

/** What is kept of an inspection that came to a Report. */
export async function resultOf(finished: Finished): Promise<InspectionResult> {
  const { record, before, report, files, derivatives, startedAt } = finished;
  const versions = madeWith(finished.versions, report);
  return {
    report,
    versions,
    finishedAt: new Date().toISOString(),
    ...compact({ startedAt, derivatives }),
    // A file of the operator's own may be another one tomorrow, but its digest stands beside the key.
    answerKey: await keyOf(record, versions, files),
    ...(before === undefined ? {} : { changes: changesBetween(before, { report, versions }) }),
  };
}

/** Other law may have come into force while the file was read: what an answer was made with, it says itself. */
function madeWith(versions: AnswerVersions, { tool }: Report): AnswerVersions {
  const decided = new Map(versions.rulebooks.map((one) => [one.id, one.sha256]));
  if (tool.rulebooks.every(({ id, digest = '' }) => decided.get(id) === digest)) return versions;
  return {
    ...versions,
    rulebooks: tool.rulebooks.map(({ id, edition, digest = '' }) => ({ id, edition, sha256: digest })),
  };
}

/** Whether two Reports were made with the same law. */
export function haveSameLaw({ tool: one }: Report, { tool: other }: Report): boolean {
  if (one.rulebooks.length === 0 || other.rulebooks.length === 0) return true;
  return digestsIn(one) === digestsIn(other);
}

const digestsIn = ({ rulebooks }: Report['tool']): string =>
  rulebooks.map(({ id, edition, digest }) => `${id} ${edition} ${digest}`).join('\n');

/** The key of what is asked of files that lie here for it. */
export async function keyOf(
  { id, request }: Pick<InspectionRecord, 'id' | 'request'>,
  versions: AnswerVersions,
  files: JobFiles,
): Promise<string> {
  return answerKey(request, versions, {
    ...(request.hasSidecar ? { sidecarSha256: await digest(files.sidecar(id)) } : {}),
    ...(request.hasInit ? { initSha256: await digest(files.init(id)) } : {}),
  });
}

/** Bounded by what is taken as such at all (limits.sidecarBytes, limits.initSegmentBytes). */
async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
