import type { SlimRecord } from './record.js';
import type { RowOutcome } from './state.js';
import { isUnread } from './tally.js';

export function rowOutcome(slim: SlimRecord): RowOutcome {
  if (isUnread(slim)) return 'unread';
  const { presence } = slim.contentCredentials;
  return presence === 'present' || presence === 'unreadable' ? 'signed' : 'plain';
}
