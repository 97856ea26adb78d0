import { compact } from '../../base/json-shape.js';
import type { Actor, LogEvent } from '../../core/transparency-log/leaf.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { NewInspection } from './inspections.js';

/** Appends audit events to the log, in the transaction of the change. */
export interface AuditEvents {
  append(inside: StoreTransaction, event: LogEvent | readonly LogEvent[]): Promise<void>;
}

/** Returns the actor's members for a log event; none if the change was made by a worker or by expiry. */
export const actorMembers = (actor: Actor | undefined): Partial<LogEvent> => actor ?? {};

/**
 * Returns the events for a received file, and for a recheck also the event of the request. `sha256`: if it is already
 * known.
 */
export function receivedEvents(news: NewInspection, sha256 = news.sha256): LogEvent[] {
  const { id, tenant, createdAt: at, supersedes, batchId, sizeBytes } = news;
  const by = actorMembers(news.by);
  const received: LogEvent = {
    tenant,
    at,
    action: 'inspection.received',
    subject: id,
    ...by,
    facts: {
      ...compact({ sha256, bytes: sizeBytes, batch: batchId, recheckOf: supersedes }),
    },
  };
  if (supersedes === undefined) return [received];
  const again = { tenant, at, action: 'inspection.rechecked', subject: supersedes, ...by, facts: { by: id } };
  return [again, received];
}
