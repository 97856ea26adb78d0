import type { ScanRecord } from '../records/record.js';
import { hasReadFailure } from '../records/tally.js';
import type { RowOutcome } from './state.js';

export function rowOutcome(record: ScanRecord): RowOutcome {
  if (record.gone !== undefined) return 'gone';
  if (hasReadFailure(record)) return 'unread';
  const { presence } = record.contentCredentials;
  return presence === 'present' || presence === 'unreadable' ? 'signed' : 'plain';
}
