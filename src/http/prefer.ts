import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type InspectionRecord, isFinal } from '../store/inspections.js';
import { httpLimits } from './limits.js';
import type { Services } from './services.js';

/** RFC 7240: how a client would rather have its answer. What cannot be understood is left aside, as the RFC has it. */

/** For OpenAPI. */
export const PreferHeadersSchema = Type.Object({
  Prefer: Type.Optional(
    Type.String({
      description:
        '`respond-async`: an answer at once, 202, and a worker inspects. `wait=N`: that answer is held back for up to N ' +
        `seconds (${httpLimits.waitSeconds} at most), in case there is a Report by then.`,
    }),
  ),
});
export const PREFERENCE_HEADER = {
  'Preference-Applied': Type.Optional(Type.String({ description: '`respond-async`, `wait=N` or both.' })),
};

export interface Preference {
  later: boolean;
  /** Seconds to wait; left out: none. */
  wait?: number;
}

export function preferenceOf({ headers }: FastifyRequest): Preference {
  const text = String(headers['prefer'] ?? '').slice(0, 1_000);
  const later = /(^|[,;\s])respond-async($|[,;\s])/i.test(text);
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?(?:$|[,;\s])/i.exec(text) ?? [];
  if (seconds === undefined) return { later };
  return { later, wait: Math.min(Number(seconds), httpLimits.waitSeconds) };
}

/** What was done of it, for `Preference-Applied`; undefined: nothing. */
export function applied({ later, wait }: Preference): string | undefined {
  const parts = [...(later ? ['respond-async'] : []), ...(wait === undefined ? [] : [`wait=${wait}`])];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The inspection once it has ended, or as it stands when the time is over, the client has gone or the server is ending. */
export async function whenEnded(
  request: FastifyRequest,
  { stores, leaving }: Pick<Services, 'stores' | 'leaving'>,
  { tenant, id, wait = 0 }: { tenant: string; id: string; wait?: number | undefined },
): Promise<InspectionRecord | undefined> {
  const until = Date.now() + wait * 1_000;
  for (;;) {
    const record = await stores.inspections.get(tenant, id);
    const over = Date.now() >= until || request.raw.destroyed || leaving.aborted;
    if (record === undefined || isFinal(record.status) || over) return record;
    await delay(Math.min(httpLimits.lookMillis, Math.max(1, until - Date.now())));
  }
}
