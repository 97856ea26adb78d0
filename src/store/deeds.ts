import { compact } from '../core/ground/json-shape.js';
import type { Actor, LogEvent } from '../core/log/leaf.js';
import type { Inside } from './inside.js';
import type { NewInspection } from './inspections.js';

/** Where the log is told of a deed, in the transaction that does it. */
export interface Deeds {
  append(inside: Inside, event: LogEvent | readonly LogEvent[]): Promise<void>;
}

/** As a log takes it; nothing where nobody is named: a worker did it, or its day had come. */
export const actedBy = (actor: Actor | undefined): Partial<LogEvent> => actor ?? {};

/** A file that came in; of a recheck, what was asked again too. `sha256`: where it is known by now. */
export function receivedLeaves(news: NewInspection, sha256 = news.sha256): LogEvent[] {
  const { id, tenant, createdAt: at, supersedes, batchId, sizeBytes } = news;
  const by = actedBy(news.by);
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
