import { codedMessage } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import type { Message, Params } from '../../i18n/message.js';
import { CARRIERS, type Carrier, isNotRead, type ReadStatus } from '../media/carrier.js';
import type { ContentCredentials, Coverage } from './report.js';

/** Outcome of reading a carrier; common members of evidence and Report. */
interface ReadOutcome {
  status: ReadStatus;
  code?: string;
  params?: Params;
}
/** Carriers that are not named were read or do not exist in the format. Records of scans list only the others. */
type ReadOutcomes = Readonly<Partial<Record<Carrier, ReadOutcome>>>;

/** Carriers with technical facts, which cannot hold labels. */
const UNLABELLED_CARRIERS: ReadonlySet<Carrier> = new Set(['streams', 'jpegCoding', 'thumbnail']);
const LABELLED_CARRIERS = CARRIERS.filter((carrier) => !UNLABELLED_CARRIERS.has(carrier));

/**
 * Returns how completely the file was read, from the outcome of each carrier. `nothing` if no carrier was read, not
 * even up to a fault in the file.
 */
export function computeCoverage(
  reads: ReadOutcomes,
  { messages, bytesFaultMissing = [] }: Pick<ContentCredentials, 'messages' | 'bytesFaultMissing'>,
): Coverage {
  const unread: Coverage['unread'] = [];
  for (const carrier of LABELLED_CARRIERS) {
    const read = reads[carrier];
    if (read === undefined || !isNotRead(read)) continue;
    const { code, params } = read;
    unread.push(compact({ carrier, code, params }));
  }
  // The manifest store was found, but its active manifest could not be loaded, so its statements are unknown.
  if (bytesFaultMissing.includes('statements') && !unread.some(({ carrier }) => carrier === 'c2pa')) {
    unread.unshift({
      carrier: 'c2pa',
      code: 'c2pa.statements',
      ...(messages?.bytesFault === undefined ? {} : { params: { why: messages.bytesFault } }),
    });
  }
  if (unread.length === 0) return { state: 'complete', unread };
  const read = LABELLED_CARRIERS.some((carrier) => READ_STATUSES.has(reads[carrier]?.status ?? 'absent'));
  return { state: read ? 'partial' : 'nothing', unread };
}

const READ_STATUSES: ReadonlySet<ReadStatus> = new Set(['found', 'absent', 'malformed']);

/** Returns the fault that prevented every reader from reading the file, if there is one. */
export function findCommonFault(reads: Readonly<Record<Carrier, ReadOutcome>>): { notRead?: Message } {
  const [first, ...others] = Object.values(reads);
  if (first?.status !== 'failed') return {};
  const why = codedMessage(first);
  return why !== undefined && others.every(({ status, code }) => status === 'failed' && code === first.code)
    ? { notRead: why }
    : {};
}

/** Returns the origin of a file without any declaration: `none` only if everything that can hold a label was read. */
export function originWithoutDeclaration({ state }: Pick<Coverage, 'state'>): 'none' | 'unknown' {
  return state === 'complete' ? 'none' : 'unknown';
}
