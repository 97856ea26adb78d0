import type { Params, Said } from '../../say/said.js';
import { codedSaid } from '../ground/fault.js';
import { compact } from '../ground/json-shape.js';
import { CARRIERS, type Carrier, couldNotLook, type ReadStatus } from '../media/carrier.js';
import type { ContentCredentials, Coverage } from './report.js';

/** How a carrier's reading ended: what evidence and the Report have in common. */
interface Ending {
  status: ReadStatus;
  code?: string;
  params?: Params;
  /** Words that a version before kept. */
  reason?: string;
}
/** One that is not named was looked at, or the format has none: records of scans name only the others. */
type Endings = Readonly<Partial<Record<Carrier, Ending>>>;

/** Facts of the streams, coding and thumbnail: no label stands there. */
const NO_LABELS: ReadonlySet<Carrier> = new Set(['streams', 'jpegCoding', 'thumbnail']);
const LABELLED = CARRIERS.filter((carrier) => !NO_LABELS.has(carrier));

/**
 * How far the file was looked into, from how each carrier's reading ended. `nothing` where not one carrier was read, not
 * even up to a fault of the file.
 */
export function coverageOf(
  reads: Endings,
  {
    said,
    bytesFault,
    bytesFaultMissing = [],
  }: Pick<ContentCredentials, 'said' | 'bytesFault' | 'bytesFaultMissing'>,
): Coverage {
  const unread: Coverage['unread'] = [];
  for (const carrier of LABELLED) {
    const read = reads[carrier];
    if (read === undefined || !couldNotLook(read)) continue;
    const { code, params, reason } = read;
    unread.push(compact({ carrier, code, params, reason }));
  }
  // A manifest store whose active manifest could not be loaded: found, and what it states is not known.
  if (bytesFaultMissing.includes('statements') && !unread.some(({ carrier }) => carrier === 'c2pa')) {
    unread.unshift({
      carrier: 'c2pa',
      code: 'c2pa.statements',
      ...(said?.bytesFault === undefined ? {} : { params: { why: said.bytesFault } }),
      ...(bytesFault === undefined ? {} : { reason: bytesFault }),
    });
  }
  if (unread.length === 0) return { state: 'complete', unread };
  const read = LABELLED.some((carrier) => READ.has(reads[carrier]?.status ?? 'absent'));
  return { state: read ? 'partial' : 'nothing', unread };
}

const READ: ReadonlySet<ReadStatus> = new Set(['found', 'absent', 'malformed']);

/** Why nothing at all of the file was read, where one fault kept every reader from it. */
export function notReadAtAll(reads: Readonly<Record<Carrier, Ending>>): { notRead?: Said } {
  const [first, ...others] = Object.values(reads);
  if (first?.status !== 'failed') return {};
  const why = codedSaid(first);
  return why !== undefined && others.every(({ status, code }) => status === 'failed' && code === first.code)
    ? { notRead: why }
    : {};
}

/** Where nothing declares an origin: `none` only after everything that can hold a label was read. */
export function silence({ state }: Pick<Coverage, 'state'>): 'none' | 'unknown' {
  return state === 'complete' ? 'none' : 'unknown';
}
