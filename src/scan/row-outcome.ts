import type { SlimRecord } from './record.js';
import type { RowOutcome } from './state.js';
import { isUnread } from './tally.js';

export function rowOutcome(slim: SlimRecord): RowOutcome {
  if (slim.gone !== undefined) return 'gone';
  if (isUnread(slim)) return 'unread';
  const { presence } = slim.contentCredentials;
  return presence === 'present' || presence === 'unreadable' ? 'signed' : 'plain';
}
