import { createInspector } from '../inspect/pool/create-inspector.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { Confinement } from '../inspect/sandbox/confinement.js';

/** Inspectors by folder of lists. Calls with the same folder share reading processes, which then go on to the next file. */
const inspectors = new Map<string, Inspector>();

export function getSharedInspector(isolation: 'auto' | 'sandbox', trustDir: string | undefined): Inspector {
  const key = JSON.stringify([isolation, trustDir]);
  const known = inspectors.get(key);
  if (known !== undefined) return known;
  if (inspectors.size === 0) process.once('beforeExit', closeAll);
  const made = createInspector({
    ...(trustDir === undefined ? {} : { trustDir }),
    confinement: new Confinement({ sandbox: isolation === 'sandbox' ? 'require' : 'auto' }),
  });
  inspectors.set(key, made);
  return made;
}

/**
 * Ends the reading processes and deletes their temporary data when nothing else is left to do; idle processes do not
 * keep the program running. After `process.exit` they end on their own together with their parent.
 */
function closeAll(): void {
  const all = [...inspectors.values()];
  inspectors.clear();
  for (const inspector of all) void inspector.close();
}
