import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { Problem } from '../contract/problems/problem.js';
import type { Services } from '../services/services.js';

type Parts = Pick<Services, 'stores' | 'uploads' | 'allowedPaths' | 'wakeWorker' | 'now'>;

/**
 * Queues a failed inspection again, under its own id. The content of a file never makes it fail: every failure code is
 * about the service or its disks, so any failed inspection may be retried while its file exists.
 */
export async function retryInspection(record: InspectionRecord, parts: Parts): Promise<void> {
  if (record.status !== 'failed') throw new Problem('not-failed');
  if (!(await isFileAvailable(record, parts))) throw new Problem('asset-gone');
  // Another request may have retried it a moment before.
  if (!(await parts.stores.inspections.retry(record.tenant, record.id))) throw new Problem('not-failed');
  parts.wakeWorker();
}

/** After its expiry an upload may be deleted at any moment, even if it still exists. */
async function isFileAvailable(
  record: InspectionRecord,
  { uploads, allowedPaths, now }: Parts,
): Promise<boolean> {
  const { path } = record.request;
  if (path !== undefined) return (await allowedPaths.find(path)) !== undefined;
  return canRetry(record, now()) && (await uploads.has(record.id));
}

/** Returns whether a retry is possible, as far as that is known without reading the disk. */
export function canRetry({ status, request, uploadKeptUntil = '' }: InspectionRecord, now: Date): boolean {
  return status === 'failed' && (request.path !== undefined || uploadKeptUntil > now.toISOString());
}
