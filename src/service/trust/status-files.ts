import { stat } from 'node:fs/promises';
import { type CachedFile, readCachedFile } from '../../core/trust/lists/trust-file-cache.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Returns `undefined` if the file does not exist or is not usable; the folder's faults tell which. */
export const readTrustFile = (path: string): Promise<CachedFile | undefined> =>
  readCachedFile(path, trustLimits.trustFileBytes).catch(() => undefined);
