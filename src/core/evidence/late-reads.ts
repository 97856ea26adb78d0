import type { Carrier, ReadStatus } from '../media/carrier.js';

/**
 * Codes of carriers whose reading was stopped by a time limit. They may be undamaged, and another attempt may read
 * them.
 */
const TIMEOUT_CODES: ReadonlySet<string> = new Set(['reader.deadline', 'reader.budget']);

type ReadOutcomes = Readonly<Record<Carrier, { status: ReadStatus; code?: string }>>;

export function findTimedOutReads(reads: ReadOutcomes): { late?: readonly Carrier[] } {
  const late = (Object.keys(reads) as Carrier[]).filter((carrier) => {
    const { status, code } = reads[carrier];
    return status === 'failed' && TIMEOUT_CODES.has(code ?? '');
  });
  return late.length === 0 ? {} : { late };
}
