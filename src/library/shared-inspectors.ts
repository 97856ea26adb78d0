import { Confinement } from '../isolation/confinement.js';
import type { Inspector } from '../isolation/inspector.js';
import { createInspector } from '../isolation/pool.js';

/** Reading processes go on to the next file: calls that are made with the same folder of lists share them. */
const inspectors = new Map<string, Inspector>();

export function sharedInspector(isolation: 'auto' | 'sandbox', trustDir: string | undefined): Inspector {
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
 * Idle processes keep nobody from ending, and when nothing else is to be done they are ended with what they were shown.
 * Whoever calls `process.exit` leaves that to the processes themselves, which end with their parent.
 */
function closeAll(): void {
  const all = [...inspectors.values()];
  inspectors.clear();
  for (const inspector of all) void inspector.close();
}
