import type { Carrier, ReadStatus } from '../media/carrier.js';

/** Carriers whose reading was stopped when its time was over. They may be whole: another try may read them. */
const STOPPED: ReadonlySet<string> = new Set(['reader.deadline', 'reader.budget']);

type Endings = Readonly<Record<Carrier, { status: ReadStatus; code?: string }>>;

export function lateReads(reads: Endings): { late?: readonly Carrier[] } {
  const late = (Object.keys(reads) as Carrier[]).filter((carrier) => {
    const { status, code } = reads[carrier];
    return status === 'failed' && STOPPED.has(code ?? '');
  });
  return late.length === 0 ? {} : { late };
}
