import { type AgainAnswer, UNTOLD } from '../core/analysis/judged-again.js';
import { faultSaid } from '../core/ground/fault.js';
import { asRecord, member } from '../core/ground/json-shape.js';
import { isObservation } from '../core/law/schema-checks.js';
import { aloneInProcess } from './alone-in-process.js';
import { Confinement } from './confinement.js';
import { InspectError } from './inspect-error.js';
import { Queue } from './queue.js';

/**
 * Judges kept inspections against the trust lists of today. Certificates that came from files are opened on the way,
 * so it is done where files are read.
 */
export interface AgainJudge {
  /** `path`: a file that holds a `KeptInspection`. Rejects with an `InspectError`. */
  judge(path: string, asOf: string): Promise<AgainAnswer>;
  close(): void;
}

export function createAgainJudge(trustDir: string, confinement = new Confinement()): AgainJudge {
  const queue = new Queue(1);
  const closing = new AbortController();
  return {
    async judge(path, asOf) {
      await queue.take();
      try {
        const around = { confinement, trustDir, interrupted: closing.signal };
        const task = { output: 'again', engine: 'auto', asOf } as const;
        const answer = await aloneInProcess(path, task, (said) => checked(said, asOf), around);
        if ('said' in answer) return answer.said;
        throw new InspectError('internal', faultSaid(answer.fault));
      } finally {
        queue.giveBack();
      }
    },
    close() {
      queue.close();
      closing.abort();
    },
  };
}

/** The process has opened certificates of files: it says what an Observation says, of the day asked about. */
function checked(said: unknown, asOf: string): AgainAnswer | undefined {
  const answer = asRecord(said) ?? {};
  const cannotTell = member(answer, 'cannotTell');
  const untold = UNTOLD.find((one) => one === cannotTell);
  if (untold !== undefined) return { cannotTell: untold };
  const observed = member(answer, 'observed');
  return isObservation(observed) && observed.report.tool.asOf === asOf ? { observed } : undefined;
}
