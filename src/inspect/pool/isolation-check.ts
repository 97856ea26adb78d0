import { isolationLimits } from '../protocol/isolation-limits.js';
import type { IsolationStatus } from '../protocol/isolation-status.js';
import type { Confinement } from '../sandbox/confinement.js';
import { readerProgramPath } from './create-inspector.js';
import { ProcessPool } from './process-pool.js';

/** Starts a reading process only to determine the isolation on this machine. Rejects with `InspectError` if none starts. */
export async function detectIsolation(confinement: Confinement): Promise<IsolationStatus | undefined> {
  const stock = new ProcessPool(readerProgramPath(), isolationLimits, confinement);
  try {
    await stock.take('small', isolationLimits.taskMillis);
    return confinement.status;
  } finally {
    await stock.close();
  }
}
