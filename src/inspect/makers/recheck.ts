import { faultMessage } from '../../base/fault.js';
import { asRecord, ownMember } from '../../base/json-shape.js';
import { isObservation } from '../../core/law/schema-checks.js';
import { type StoredRejudgeResult, UNDETERMINED_FACTS } from '../../core/pipeline/recheck.js';
import { TenantQueue } from '../pool/queue.js';
import { InspectError } from '../protocol/inspect-error.js';
import { Confinement } from '../sandbox/confinement.js';
import { runInOwnProcess } from './alone-in-process.js';

/**
 * Rejudges stored inspections against the current trust lists. This parses certificates from files, so it happens in a
 * reading process.
 */
export interface ReportRejudger {
  /** `path`: a file that contains a `KeptInspection`. Rejects with `InspectError`. */
  rejudge(path: string, asOf: string): Promise<StoredRejudgeResult>;
  close(): void;
}

export function createReportRejudger(trustDir: string, confinement = new Confinement()): ReportRejudger {
  const queue = new TenantQueue(1);
  const closing = new AbortController();
  return {
    async rejudge(path, asOf) {
      await queue.take();
      try {
        const around = { confinement, trustDir, interrupted: closing.signal };
        const task = { output: 'again', engine: 'auto', asOf } as const;
        const answer = await runInOwnProcess(path, task, (said) => parseRejudged(said, asOf), around);
        if ('answer' in answer) return answer.answer;
        throw new InspectError('internal', faultMessage(answer.fault));
      } finally {
        queue.release();
      }
    },
    close() {
      queue.close();
      closing.abort();
    },
  };
}

/** Accepts the output only if it is an Observation of the requested day; the process has parsed certificates from files. */
function parseRejudged(said: unknown, asOf: string): StoredRejudgeResult | undefined {
  const answer = asRecord(said) ?? {};
  const cannotTell = ownMember(answer, 'cannotTell');
  const untold = UNDETERMINED_FACTS.find((one) => one === cannotTell);
  if (untold !== undefined) return { cannotTell: untold };
  const observed = ownMember(answer, 'observed');
  return isObservation(observed) && observed.report.tool.asOf === asOf ? { observed } : undefined;
}
