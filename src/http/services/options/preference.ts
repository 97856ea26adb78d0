import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type InspectionRecord, isFinal } from '../../../storage/inspections/inspections.js';
import { httpLimits } from '../../contract/limits.js';
import type { Services } from '../services.js';

/** RFC 7240: the client's preferences for its answer. Unknown ones are ignored, as the RFC says. */

/** For OpenAPI. */
export const PreferHeadersSchema = Type.Object({
  Prefer: Type.Optional(
    Type.String({
      description:
        '`respond-async`: the server responds at once with 202, and a worker inspects the file. `wait=N`: the server delays that response for up to N ' +
        `seconds (${httpLimits.waitSeconds} at most), in case the Report is ready by then.`,
    }),
  ),
});
export const PREFERENCE_HEADER = {
  'Preference-Applied': Type.Optional(Type.String({ description: '`respond-async`, `wait=N` or both.' })),
};

export interface Preference {
  respondAsync: boolean;
  /** Seconds to wait; left out: none. */
  wait?: number;
}

export function parsePreference({ headers }: FastifyRequest): Preference {
  const text = String(headers['prefer'] ?? '').slice(0, 1_000);
  const later = /(^|[,;\s])respond-async($|[,;\s])/i.test(text);
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?(?:$|[,;\s])/i.exec(text) ?? [];
  if (seconds === undefined) return { respondAsync: later };
  return { respondAsync: later, wait: Math.min(Number(seconds), httpLimits.waitSeconds) };
}

/** Returns the preferences that were honoured, for `Preference-Applied`; `undefined` if none. */
export function appliedPreferences({ respondAsync: later, wait }: Preference): string | undefined {
  const parts = [...(later ? ['respond-async'] : []), ...(wait === undefined ? [] : [`wait=${wait}`])];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/**
 * Waits for the inspection to end; returns its present state if the time is over, the client has gone or the server
 * shuts down.
 */
export async function waitForEnd(
  request: FastifyRequest,
  { stores, shuttingDown: leaving }: Pick<Services, 'stores' | 'shuttingDown'>,
  { tenant, id, wait = 0 }: { tenant: string; id: string; wait?: number | undefined },
): Promise<InspectionRecord | undefined> {
  const until = Date.now() + wait * 1_000;
  for (;;) {
    const record = await stores.inspections.get(tenant, id);
    const over = Date.now() >= until || request.raw.destroyed || leaving.aborted;
    if (record === undefined || isFinal(record.status) || over) return record;
    await delay(Math.min(httpLimits.pollMillis, Math.max(1, until - Date.now())));
  }
}
