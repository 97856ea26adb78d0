import { stat } from 'node:fs/promises';
import { type CachedFile, cachedFile } from '../core/trust/trust-file-cache.js';
import { trustLimits } from '../core/trust/trust-limits.js';

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Undefined where it is not there or cannot be used; which of the two the folder's faults tell. */
export const read = (path: string): Promise<CachedFile | undefined> =>
  cachedFile(path, trustLimits.trustFileBytes).catch(() => undefined);
