import type { Report } from '../core/report.js';
import {
  InspectError,
  type InspectErrorCode,
  type Inspector,
  type InspectRequest,
} from '../isolation/inspector.js';

/** One file to inspect, whoever asks for it. */
export type InspectionJob = InspectRequest;

export type InspectionOutcome = { report: Report } | { error: { code: InspectErrorCode; message: string } };

/** Does one job. A file that cannot be inspected is an outcome; only a fault of ours rejects. */
export async function runInspection(
  job: InspectionJob,
  { inspector }: { inspector: Pick<Inspector, 'inspect'> },
): Promise<InspectionOutcome> {
  try {
    return { report: await inspector.inspect(job) };
  } catch (error) {
    if (!(error instanceof InspectError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}
