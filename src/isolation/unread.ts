import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Naming } from '../core/analysis/named.js';
import type { ReadFault } from '../core/ground/fault.js';
import type { Report } from '../core/report/report.js';
import { inspectErrorFor } from './file-check.js';
import { InspectError } from './inspect-error.js';
import type { InspectRequest } from './inspector.js';

interface Hashing {
  leftMillis: number;
  chunkBytes: number;
  /** Where it is at work already. */
  digest?: Promise<string> | undefined;
}

/**
 * The Report of a file whose reading came to nothing: what it is called, how long it is, its hash, and why.
 * Rejects with an InspectError when not even the bytes can be had in the time left.
 */
export async function unreadReport(
  request: InspectRequest,
  bytes: number,
  fault: ReadFault,
  hashing: Hashing,
): Promise<{ report: Report; naming: Naming }> {
  const [sha256, { observeUnread }, { named }, { withFindings }, { lawFor }] = await Promise.all([
    hashInTime(request.path, hashing),
    import('../core/analysis/analyze.js'),
    import('../core/analysis/named.js'),
    import('../core/law/with-findings.js'),
    import('../core/law/asked-law.js'),
  ]);
  const observed = observeUnread({ bytes, sha256 }, fault, request);
  const { unknowable, fittingHints } = observed;
  return {
    report: withFindings(named(observed, request), lawFor(request)),
    naming: { unknowable, fittingHints },
  };
}

/** A read that never returns (a disk that does not answer) is left behind; one that is slow is given up. */
async function hashInTime(path: string, { leftMillis, chunkBytes, digest }: Hashing): Promise<string> {
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

/** Opened without waiting: it may have become a FIFO since it was looked at. */
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
