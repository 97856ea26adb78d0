import type { SummaryRecord } from '../records/record.js';
import { hasReadFailure } from '../records/tally.js';
import type { RowOutcome } from './state.js';

export function rowOutcome(slim: SummaryRecord): RowOutcome {
  if (slim.gone !== undefined) return 'gone';
  if (hasReadFailure(slim)) return 'unread';
  const { presence } = slim.contentCredentials;
  return presence === 'present' || presence === 'unreadable' ? 'signed' : 'plain';
}
