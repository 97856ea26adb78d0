import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import Type from 'typebox';
import { table } from '../core/ground/table.js';
import { type Begun, HELD_MILLIS } from '../store/idempotency.js';
import { callerOf } from './access.js';
import { asProblem } from './as-problem.js';
import { Problem } from './problem.js';
import { problemAnswers } from './schemas.js';
import type { Services } from './services.js';

/**
 * `honoured`: the handler makes what it makes through `once`. `harmless`: sent twice, the request does what it does once,
 * whatever its key. A POST that says neither refuses the header, so that no client relies on what nobody keeps.
 */
export interface RouteRepeats {
  idempotencyKey: 'honoured' | 'harmless';
}

export const honoursKey: RouteRepeats = { idempotencyKey: 'honoured' };
export const harmlessTwice: RouteRepeats = { idempotencyKey: 'harmless' };

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<RouteRepeats> {}
}

const IDEMPOTENCY_KEY = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      description:
        'A word of the client’s own for this request, as a UUID: 1 to 255 printable ASCII characters, known for a ' +
        'day to this key of the API. Sent again, the request has no second effect, and is answered with what the ' +
        'first one made (`Idempotency-Replayed`). After an answer of 4xx the same key begins anew; after 5xx the same ' +
        'request goes on where the first one ended.',
    }),
  ),
};

const REPLAYED_HEADER = {
  'Idempotency-Replayed': Type.Optional(Type.String({ description: '`true`: made by an earlier request.' })),
};

const ONCE_PROBLEMS = {
  409: 'The first request with this `Idempotency-Key` is under way.',
  410: 'What the first request with this `Idempotency-Key` made was deleted.',
  422: 'The `Idempotency-Key` was used for another request.',
} as const;
/** Appended to the description where a route answers that status for reasons of its own. */
const OR_ONCE = table({
  409: '; or the first request with this `Idempotency-Key` is under way.',
  410: '; or what the first request with this `Idempotency-Key` made was deleted.',
  422: '; or the `Idempotency-Key` was used for another request.',
});
const REFUSED = 'An `Idempotency-Key` is refused (`idempotency-key-refused`): what this makes is not kept.';

const MOST_CHARACTERS = 255;
const RETRY_AFTER_SECONDS = '2';
const DAY_MILLIS = 86_400_000;
/** A form that is sent twice within so long, with the same content, was clicked twice. */
const SAME_CLICK_MILLIS = 10_000;
const LOOK_AGAIN_MILLIS = 100;

/** Sees to the header on every route: describes it, checks it before any body is read, refuses it where nobody honours it. */
export function keepRequestsApart(app: FastifyInstance): void {
  app.addHook('onRoute', describe);
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const { idempotencyKey } = request.routeOptions.config;
    if (idempotencyKey === 'honoured') {
      idempotencyKeyOf(request);
      replies.set(request, reply);
    } else if (
      idempotencyKey === undefined &&
      request.method === 'POST' &&
      request.headers['idempotency-key'] !== undefined
    )
      throw new Problem('idempotency-key-refused');
  });
}

/** Replies of routes that honour keys: `once` has the request alone and sets `Idempotency-Replayed` here. */
const replies = new WeakMap<FastifyRequest, FastifyReply>();

interface DescribedRoute {
  headers?: { properties?: object };
  response?: Record<string, { description?: string; headers?: object; content?: object }>;
  description?: string;
}

/** Adds the header, its answers and its problems to the OpenAPI description of a route. */
function describe(route: RouteOptions): void {
  if (route.schema === undefined || route.schema.hide) return;
  const schema = route.schema as DescribedRoute;
  if (route.config?.idempotencyKey !== 'honoured') {
    if (route.method === 'POST' && route.config?.idempotencyKey === undefined)
      route.schema = { ...schema, description: [schema.description, REFUSED].filter(Boolean).join(' ') };
    return;
  }
  const { headers, response = {} } = schema;
  const own = Object.entries(response).map(([status, answer]) => {
    const or = OR_ONCE[status];
    if (or !== undefined)
      return [status, { ...answer, description: `${answer.description?.replace(/\.$/, '')}${or}` }];
    if (Number(status) >= 400 || status === '300') return [status, answer];
    return [status, { ...answer, headers: { ...answer.headers, ...REPLAYED_HEADER } }];
  });
  route.schema = {
    ...schema,
    headers: { ...Type.Object({}), ...headers, properties: { ...headers?.properties, ...IDEMPOTENCY_KEY } },
    response: { ...problemAnswers(ONCE_PROBLEMS), ...Object.fromEntries(own) },
  };
}

/**
 * draft-ietf-httpapi-idempotency-key-header-07 section 2.1: a string of Structured Fields, as `"8e03978e-…"`. Most
 * clients send it bare, which means the same here.
 */
function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
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

/**
 * 64 bytes that a secret is made of, each the same again under the same key: so the answer to a lost one can be told again,
 * and no copy of it is kept. Several where the server’s own keys were changed since: which one it was, its digest tells.
 */
export type Seeds = readonly Buffer[];
const SEED_BYTES = 64;

interface Work<T> {
  /** For what is made, where this is the first request. */
  id: string;
  /** What besides method and address makes it this request: its body, or digests of its parts. */
  of: unknown;
  make(id: string, seed: Buffer): Promise<T>;
  /** The status by which the first answer is told again; undefined: it came to nothing. */
  statusOf(made: T): number | undefined;
  /** From what is kept; undefined where it is not there. `status`: of the first answer, where that was sent. */
  again(id: string, status: number | undefined, seeds: Seeds): Promise<T | undefined>;
}

export interface Once<T> {
  made: T;
  /** By an earlier request. */
  replayed: boolean;
}

interface Key {
  text: string;
  keptMillis: number;
  /** A person looks at an empty page meanwhile and would be shown a refusal; a program is told when to come again. */
  waits: boolean;
}

/**
 * The client’s own word; of a page’s form, whose browser sends none, its content for as long as a second click takes. A
 * control character cannot stand in a header, so no client’s word is ever that of a form.
 */
function keyOf(request: FastifyRequest, of: unknown): Key | undefined {
  const text = idempotencyKeyOf(request);
  if (text !== undefined) return { text, keptMillis: DAY_MILLIS, waits: false };
  if (!request.routeOptions.schema?.hide) return undefined;
  return { text: `\0${digest([request.url, of])}`, keptMillis: SAME_CLICK_MILLIS, waits: true };
}

/**
 * Makes something once for each key that a client gives its request; without a key, each time. The id of what is made is
 * chosen and kept first: whatever ends this process, or leaves open whether the database took it, the next request with
 * this key looks for that id before it makes anything, and makes it under that id, which is taken once.
 */
export async function once<T>(
  request: FastifyRequest,
  { idempotency, now, secrets }: Pick<Services, 'idempotency' | 'now' | 'secrets'>,
  work: Work<T>,
): Promise<Once<T>> {
  const key = keyOf(request, work.of);
  if (key === undefined) {
    return { made: await work.make(work.id, randomBytes(SEED_BYTES)), replayed: false };
  }
  const { tenant, keyId = '' } = callerOf(request);
  const { text, keptMillis } = key;
  const fingerprint = digest([request.method, request.url, work.of]);
  const asked = { tenant, keyId, key: text, fingerprint, subject: work.id, keptMillis };
  const begin = () => idempotency.begin(asked, now());
  const seedsOf = (id: string): Seeds => secrets.derive(JSON.stringify(['once', tenant, keyId, text, id]));
  const replayed = (made: T): Once<T> => {
    replies.get(request)?.header('idempotency-replayed', 'true');
    return { made, replayed: true };
  };

  let begun = await begin();
  for (
    let left = HELD_MILLIS;
    key.waits && begun.outcome === 'running' && left > 0;
    left -= LOOK_AGAIN_MILLIS
  ) {
    await delay(LOOK_AGAIN_MILLIS);
    begun = await begin();
  }
  if (begun.outcome !== 'begun') return replayed(await known(begun, work, seedsOf));

  const { held, subject, takenOver } = begun;
  const told = (err: unknown) => request.log.error({ err }, 'an idempotency key could not be kept');
  const beat = setInterval(() => void idempotency.renew(held, now()).catch(told), HELD_MILLIS / 3);
  try {
    const seeds = seedsOf(subject);
    const there = takenOver ? await work.again(subject, undefined, seeds) : undefined;
    const made = there ?? (await work.make(subject, seeds[0] ?? randomBytes(SEED_BYTES)));
    const status = work.statusOf(made);
    // What was made is made: where this cannot be written, the next request finds it by its id.
    if (status === undefined) await idempotency.forget(held).catch(told);
    else await idempotency.answered(held, status).catch(told);
    return there === undefined ? { made, replayed: false } : replayed(made);
  } catch (error) {
    // A refusal has made nothing. After a fault of ours nobody knows: the id stays, and whoever asks again goes on with it.
    const isRefusal = asProblem(error).status < 500;
    await (isRefusal ? idempotency.forget(held) : idempotency.letGo(held, now())).catch(told);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function known<T>(
  begun: Exclude<Begun, { outcome: 'begun' }>,
  { again }: Work<T>,
  seedsOf: (id: string) => Seeds,
): Promise<T> {
  if (begun.outcome === 'other') throw new Problem('idempotency-key-reused');
  if (begun.outcome === 'running') {
    throw new Problem('idempotency-in-progress', { headers: { 'retry-after': RETRY_AFTER_SECONDS } });
  }
  const made = await again(begun.subject, begun.status, seedsOf(begun.subject));
  if (made === undefined) throw new Problem('idempotency-gone');
  return made;
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
