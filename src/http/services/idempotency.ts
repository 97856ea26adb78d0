import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import Type from 'typebox';
import { lookupTable } from '../../base/table.js';
import { type BeginOutcome, LEASE_MILLIS } from '../../storage/access/idempotency.js';
import { callerOf } from '../contract/access.js';
import { toProblem } from '../contract/problems/as-problem.js';
import { Problem } from '../contract/problems/problem.js';
import { problemResponses } from '../contract/schemas.js';
import type { Services } from './services.js';

/**
 * `honoured`: the handler creates everything through `runOnce`. `harmless`: the request is idempotent by itself. A POST
 * that declares neither refuses the header, so that no client relies on a promise that nobody keeps.
 */
export interface RouteIdempotency {
  idempotencyKey: 'honoured' | 'harmless';
}

export const honoursKey: RouteIdempotency = { idempotencyKey: 'honoured' };
export const isIdempotent: RouteIdempotency = { idempotencyKey: 'harmless' };

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<RouteIdempotency> {}
}

const IDEMPOTENCY_KEY = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      description:
        'Id of this request chosen by the client, such as a UUID: 1 to 255 printable ASCII characters, remembered for a ' +
        'day for this API key. A repeated request has no second effect and gets the result of the ' +
        'first one (`Idempotency-Replayed`). After a 4xx response the same value starts a new request; after 5xx the same ' +
        'request continues where the first one ended.',
    }),
  ),
};

const REPLAYED_HEADER = {
  'Idempotency-Replayed': Type.Optional(
    Type.String({ description: '`true`: an earlier request created this result.' }),
  ),
};

const ONCE_PROBLEMS = {
  409: 'The first request with this `Idempotency-Key` is under way.',
  410: 'What the first request with this `Idempotency-Key` made was deleted.',
  422: 'The `Idempotency-Key` was used for another request.',
} as const;
/** Appended to the description if a route answers that status for reasons of its own. */
const OR_ONCE = lookupTable({
  409: '; or the first request with this `Idempotency-Key` is under way.',
  410: '; or what the first request with this `Idempotency-Key` made was deleted.',
  422: '; or the `Idempotency-Key` was used for another request.',
});
const REFUSED =
  'An `Idempotency-Key` is refused (`idempotency-key-refused`), because the result is not stored.';

const MAX_KEY_CHARACTERS = 255;
const RETRY_AFTER_SECONDS = '2';
const DAY_MILLIS = 86_400_000;
/** Two submissions of a form within this time with the same content count as a double click. */
const DOUBLE_CLICK_MILLIS = 10_000;
const POLL_MILLIS = 100;

/**
 * Handles the header on every route: documents it, validates it before any body is read, and refuses it where no
 * handler honours it.
 */
export function registerIdempotency(app: FastifyInstance): void {
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

/** Replies of routes that honour keys: `runOnce` only has the request, and sets `Idempotency-Replayed` here. */
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
    response: { ...problemResponses(ONCE_PROBLEMS), ...Object.fromEntries(own) },
  };
}

/**
 * draft-ietf-httpapi-idempotency-key-header-07 section 2.1: a string of Structured Fields, as `"8e03978e-…"`. Most
 * clients send it without quotes, which is accepted too.
 */
function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header).trim();
  const [, quoted] = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text) ?? [];
  const key = quoted?.replace(/\\(.)/g, '$1') ?? text;
  const bare = quoted !== undefined || !text.includes('"');
  if (!bare || !/^[\x20-\x7e]+$/.test(key) || key.length > MAX_KEY_CHARACTERS) {
    throw new Problem('idempotency-key-bad');
  }
  return key;
}

/**
 * Seeds of 64 bytes that a secret is derived from, the same for the same key: so a lost answer can be sent again
 * although no copy of the secret is stored. There are several if the server’s own keys were rotated since; the stored
 * digest identifies the right one.
 */
export type Seeds = readonly Buffer[];
const SEED_BYTES = 64;

interface Work<T> {
  /** Id for the new object, if this is the first request. */
  id: string;
  /** Content that identifies the request besides method and address: its body, or digests of its parts. */
  content: unknown;
  make(id: string, seed: Buffer): Promise<T>;
  /** Status under which the first answer is replayed; `undefined`: nothing was created. */
  statusOf(made: T): number | undefined;
  /**
   * Loads the object from the store; `undefined` if it does not exist. `status`: that of the first answer, if it was
   * sent.
   */
  reload(id: string, status: number | undefined, seeds: Seeds): Promise<T | undefined>;
}

export interface OnceResult<T> {
  made: T;
  /** The object was created by an earlier request. */
  isReplayed: boolean;
}

interface Key {
  text: string;
  lifetimeMillis: number;
  /**
   * Whether a concurrent duplicate waits for the first: a person would otherwise see a refusal, while a program is told
   * when to retry.
   */
  shouldWait: boolean;
}

/**
 * Returns the key of the client; for a page's form, whose browser sends none, a digest of its content, valid for the
 * time of a double click. Its leading control character cannot occur in a header, so no client’s key equals that of a
 * form.
 */
function resolveKey(request: FastifyRequest, of: unknown): Key | undefined {
  const text = idempotencyKeyOf(request);
  if (text !== undefined) return { text, lifetimeMillis: DAY_MILLIS, shouldWait: false };
  if (!request.routeOptions.schema?.hide) return undefined;
  return { text: `\0${digest([request.url, of])}`, lifetimeMillis: DOUBLE_CLICK_MILLIS, shouldWait: true };
}

/**
 * Creates an object once per Idempotency-Key; without a key, each time. The id of the object is chosen and stored
 * first: if this process ends, or the outcome of the database write is unknown, the next request with this key looks
 * for that id before it creates anything, and creates it under that id, which is unique.
 */
export async function runOnce<T>(
  request: FastifyRequest,
  { idempotency, now, secrets }: Pick<Services, 'idempotency' | 'now' | 'secrets'>,
  work: Work<T>,
): Promise<OnceResult<T>> {
  const key = resolveKey(request, work.content);
  if (key === undefined) {
    return { made: await work.make(work.id, randomBytes(SEED_BYTES)), isReplayed: false };
  }
  const { tenant, keyId = '' } = callerOf(request);
  const { text, lifetimeMillis: keptMillis } = key;
  const fingerprint = digest([request.method, request.url, work.content]);
  const asked = { tenant, keyId, key: text, fingerprint, subject: work.id, keptMillis };
  const begin = () => idempotency.begin(asked, now());
  const seedsOf = (id: string): Seeds => secrets.derive(JSON.stringify(['once', tenant, keyId, text, id]));
  const replayed = (made: T): OnceResult<T> => {
    replies.get(request)?.header('idempotency-replayed', 'true');
    return { made, isReplayed: true };
  };

  let begun = await begin();
  for (
    let left = LEASE_MILLIS;
    key.shouldWait && begun.outcome === 'running' && left > 0;
    left -= POLL_MILLIS
  ) {
    await delay(POLL_MILLIS);
    begun = await begin();
  }
  if (begun.outcome !== 'begun') return replayed(await loadKnown(begun, work, seedsOf));

  const { held, subject, takenOver } = begun;
  const told = (err: unknown) => request.log.error({ err }, 'an idempotency key could not be kept');
  const beat = setInterval(() => void idempotency.renew(held, now()).catch(told), LEASE_MILLIS / 3);
  try {
    const seeds = seedsOf(subject);
    const there = takenOver ? await work.reload(subject, undefined, seeds) : undefined;
    const made = there ?? (await work.make(subject, seeds[0] ?? randomBytes(SEED_BYTES)));
    const status = work.statusOf(made);
    // The object exists now: if this write fails, the next request finds it by its id.
    if (status === undefined) await idempotency.forget(held).catch(told);
    else await idempotency.complete(held, status).catch(told);
    return there === undefined ? { made, isReplayed: false } : replayed(made);
  } catch (error) {
    // A refusal has created nothing. After an internal fault the outcome is unknown: the id stays, and a retry
    // continues with it.
    const isRefusal = toProblem(error).status < 500;
    await (isRefusal ? idempotency.forget(held) : idempotency.release(held, now())).catch(told);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function loadKnown<T>(
  begun: Exclude<BeginOutcome, { outcome: 'begun' }>,
  { reload: again }: Work<T>,
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
