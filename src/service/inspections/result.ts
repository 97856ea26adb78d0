import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compact } from '../../base/json-shape.js';
import type { StoredReport } from '../../core/report/report.js';
import type {
  AnswerVersions,
  Derivative,
  FinishedInspection,
  InspectionRecord,
} from '../../storage/inspections/inspections.js';
import { computeAnswerKey } from './answer-key.js';
import { findChanges } from './changes.js';
import type { JobUploads } from './upload-files.js';

interface InspectionInputs {
  record: Pick<InspectionRecord, 'id' | 'request'>;
  /** Answer that this one replaces. */
  before?: InspectionRecord | undefined;
  report: StoredReport;
  versions: AnswerVersions;
  files: JobUploads;
  derivatives?: Derivative[];
  startedAt?: string;
}

/** Returns the data to store for an inspection that has a Report. */
export async function buildResult(finished: InspectionInputs): Promise<FinishedInspection> {
  const { record, before, report, files, derivatives, startedAt } = finished;
  const versions = actualVersions(finished.versions, report);
  return {
    report,
    versions,
    finishedAt: new Date().toISOString(),
    ...compact({ startedAt, derivatives }),
    // A file of the operator may change later, but its digest is stored with the key.
    answerKey: await answerKeyOf(record, versions, files),
    ...(before === undefined ? {} : { changes: findChanges(before, { report, versions }) }),
  };
}

/** Uses the rulebooks stated in the Report, since another law may have come into force while the file was read. */
function actualVersions(versions: AnswerVersions, { tool }: StoredReport): AnswerVersions {
  const decided = new Map(versions.rulebooks.map((one) => [one.id, one.sha256]));
  if (tool.rulebooks.every(({ id, digest = '' }) => decided.get(id) === digest)) return versions;
  return {
    ...versions,
    rulebooks: tool.rulebooks.map(({ id, edition, digest = '' }) => ({ id, edition, sha256: digest })),
  };
}

/** Returns whether two Reports were made with the same law. */
export function haveSameLaw({ tool: one }: StoredReport, { tool: other }: StoredReport): boolean {
  if (one.rulebooks.length === 0 || other.rulebooks.length === 0) return true;
  return digestsIn(one) === digestsIn(other);
}

const digestsIn = ({ rulebooks }: StoredReport['tool']): string =>
  rulebooks.map(({ id, edition, digest }) => `${id} ${edition} ${digest}`).join('\n');

/** Returns the answer key of a request with its stored companion files. */
export async function answerKeyOf(
  { id, request }: Pick<InspectionRecord, 'id' | 'request'>,
  versions: AnswerVersions,
  files: JobUploads,
): Promise<string> {
  return computeAnswerKey(request, versions, {
    ...(request.hasSidecar ? { sidecarSha256: await digest(files.sidecar(id)) } : {}),
    ...(request.hasInit ? { initSha256: await digest(files.init(id)) } : {}),
  });
}

/** Bounded by the limits for companion files (limits.sidecarBytes, limits.initSegmentBytes). */
async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
