import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Begun, HELD_MILLIS } from '../store/idempotency.js';
import { callerOf } from './access.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';

/** For OpenAPI; checked by `idempotencyKeyOf`. */
export const IdempotencyHeadersSchema = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      description:
        'A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a ' +
        'day to this key of the API. Sent again, the request has no second effect, and is answered with what the ' +
        'first one made (`Idempotency-Replayed`). Errors are not kept: after one the same key begins anew.',
    }),
  ),
});

export const REPLAYED_HEADER = {
  'Idempotency-Replayed': Type.Optional(Type.String({ description: '`true`: made by an earlier request.' })),
};

/** Problems of every route that takes the header. */
export const ONCE_PROBLEMS = {
  409: 'The first request with this `Idempotency-Key` is under way.',
  410: 'What the first request with this `Idempotency-Key` made was deleted.',
  422: 'The `Idempotency-Key` was used for another request.',
} as const;

const MOST_CHARACTERS = 255;
const RETRY_AFTER_SECONDS = '2';

/**
 * draft-ietf-httpapi-idempotency-key-header-07 section 2.1: a string of Structured Fields, as `"8e03978e-…"`. Most
 * clients send it bare, which means the same here.
 */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header).trim();
  const [, quoted] = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text) ?? [];
  const key = quoted?.replace(/\\(.)/g, '$1') ?? text;
  const bare = quoted !== undefined || !text.includes('"');
  if (!bare || !/^[\x20-\x7e]+$/.test(key) || key.length > MOST_CHARACTERS) {
    throw new Problem('idempotency-key-bad');
  }
  return key;
}

interface Work<T> {
  /** For what is made, where this is the first request. */
  id: string;
  /** What besides method and address makes it this request: its body, or digests of its parts. */
  of: unknown;
  make(id: string): Promise<T>;
  /** The status by which the first answer is told again; undefined: it came to nothing. */
  statusOf(made: T): number | undefined;
  /** From what is kept; undefined where it is not there. `status`: of the first answer, where that was sent. */
  again(id: string, status: number | undefined): Promise<T | undefined>;
}

export interface Once<T> {
  made: T;
  /** By an earlier request. */
  replayed: boolean;
}

/** Makes something once for each key that a client gives its request; without a key, each time. */
export async function once<T>(
  request: FastifyRequest,
  { idempotency, now }: Pick<Services, 'idempotency' | 'now'>,
  work: Work<T>,
): Promise<Once<T>> {
  const key = idempotencyKeyOf(request);
  if (key === undefined) return { made: await work.make(work.id), replayed: false };
  const { tenant, keyId = '' } = callerOf(request);
  const fingerprint = digest([request.method, request.url, work.of]);
  const begun = await idempotency.begin({ tenant, keyId, key, fingerprint, subject: work.id }, now());
  if (begun.outcome !== 'begun') return { made: await known(begun, work), replayed: true };

  const { held, subject, takenOver } = begun;
  const told = (err: unknown) => request.log.error({ err }, 'an idempotency key could not be kept');
  const beat = setInterval(() => void idempotency.renew(held, now()).catch(told), HELD_MILLIS / 3);
  try {
    const there = takenOver ? await work.again(subject, undefined) : undefined;
    const made = there ?? (await work.make(subject));
    const status = work.statusOf(made);
    // What was made is made: where this cannot be written, the next request finds it by its id.
    if (status === undefined) await idempotency.forget(held).catch(told);
    else await idempotency.answered(held, status).catch(told);
    return { made, replayed: there !== undefined };
  } catch (error) {
    await idempotency.forget(held).catch(told);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function known<T>(begun: Exclude<Begun, { outcome: 'begun' }>, { again }: Work<T>): Promise<T> {
  if (begun.outcome === 'other') throw new Problem('idempotency-key-reused');
  if (begun.outcome === 'running') {
    throw new Problem('idempotency-in-progress', { headers: { 'retry-after': RETRY_AFTER_SECONDS } });
  }
  const made = await again(begun.subject, begun.status);
  if (made === undefined) throw new Problem('idempotency-gone');
  return made;
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
