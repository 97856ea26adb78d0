import type { InspectionRecord } from '../store/inspections.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';

type Parts = Pick<Services, 'stores' | 'uploads' | 'allowedPaths' | 'wake' | 'now'>;

/**
 * A failed inspection waits again, under its own id. What a file holds never makes it fail: every code of a failure speaks
 * of the service or its disks, so whatever failed may be tried again while the file is there.
 */
export async function retry(record: InspectionRecord, parts: Parts): Promise<void> {
  if (record.status !== 'failed') throw new Problem('not-failed');
  if (!(await isThere(record, parts))) throw new Problem('asset-gone');
  // Somebody else may have asked a moment before.
  if (!(await parts.stores.inspections.retry(record.tenant, record.id))) throw new Problem('not-failed');
  parts.wake();
}

/** Past its time an upload may go at any moment, even where it still lies there. */
async function isThere(record: InspectionRecord, { uploads, allowedPaths, now }: Parts): Promise<boolean> {
  const { path } = record.request;
  if (path !== undefined) return (await allowedPaths.find(path)) !== undefined;
  return mayBeTriedAgain(record, now()) && (await uploads.has(record.id));
}

/** As far as can be told without a look at the disk. */
export function mayBeTriedAgain(
  { status, request, uploadKeptUntil = '' }: InspectionRecord,
  now: Date,
): boolean {
  return status === 'failed' && (request.path !== undefined || uploadKeptUntil > now.toISOString());
}
