import type { Confinement } from './confinement.js';
import type { Held } from './held.js';
import { isolationLimits } from './isolation-limits.js';
import { builtChild } from './pool.js';
import { ProcessStock } from './process-stock.js';

/** How reading processes are held here, from one that is started for this alone. Rejects with an InspectError where none starts. */
export async function proveHeld(confinement: Confinement): Promise<Held | undefined> {
  const stock = new ProcessStock(builtChild(), isolationLimits, confinement);
  try {
    await stock.take('small', isolationLimits.taskMillis);
    return confinement.held;
  } finally {
    await stock.close();
  }
}
