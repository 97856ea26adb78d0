import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ReadFault } from '../../base/fault.js';
import type { RenameData } from '../../core/pipeline/rename.js';
import type { StoredReport } from '../../core/report/report.js';
import { inspectErrorFor } from '../files/file-check.js';
import { InspectError } from '../protocol/inspect-error.js';
import type { InspectRequest } from './inspector.js';

interface HashOptions {
  leftMillis: number;
  chunkBytes: number;
  /** Digest that is already being computed. */
  digest?: Promise<string> | undefined;
}

/**
 * Returns the Report of a file that could not be read: its name, length and hash, and the reason. Rejects with
 * `InspectError` if even the bytes cannot be read in the remaining time.
 */
export async function buildUnreadReport(
  request: InspectRequest,
  bytes: number,
  fault: ReadFault,
  hashing: HashOptions,
): Promise<{ report: StoredReport; naming: RenameData }> {
  const [
    sha256,
    { observeUnread },
    { withName: named },
    { addFindings: withFindings },
    { resolveLaw: lawFor },
  ] = await Promise.all([
    hashInTime(request.path, hashing),
    import('../../core/pipeline/analyze.js'),
    import('../../core/pipeline/rename.js'),
    import('../../core/law/findings.js'),
    import('../../core/law/law-selection.js'),
  ]);
  const observed = observeUnread({ bytes, sha256 }, fault, request);
  const { unknowable, fittingHints } = observed;
  return {
    report: withFindings(named(observed, request), lawFor(request)),
    naming: { unknowable, fittingHints },
  };
}

/** Abandons a read that never returns (a disk that does not respond) and stops a slow one. */
async function hashInTime(path: string, { leftMillis, chunkBytes, digest }: HashOptions): Promise<string> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), leftMillis);
  const gaveUp = new Promise<never>((_, reject) => {
    late.signal.addEventListener('abort', () => reject(new InspectError('not-readable')));
  });
  try {
    return await Promise.race([digest ?? hashOf(path, chunkBytes, late.signal), gaveUp]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (late.signal.aborted || typeof code !== 'string') throw error;
    throw inspectErrorFor(code);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens without blocking: the file may have become a FIFO since it was checked. */
async function hashOf(path: string, chunkBytes: number, late: AbortSignal): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new InspectError('not-a-file');
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkBytes);
    while (!late.aborted) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length);
      if (bytesRead === 0) break;
      hash.update(chunk.subarray(0, bytesRead));
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
