import { Webhook } from 'standardwebhooks';
import { VERSION } from '../core/ground/version.js';
import { AddressCheck } from '../guarded/address-check.js';
import { FetchFault } from '../guarded/fetch-fault.js';
import { type Connect, guardedConnect } from '../guarded/guarded-connect.js';
import type { Resolve } from '../guarded/guarded-lookup.js';
import { type Answer, post } from './post.js';
import { type AllowedHosts, isAllowedHost, TargetFault, targetOf } from './target.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** One signed message to one endpoint. */
export interface Message {
  /** The same in every attempt: receivers know by it what they have had. */
  id: string;
  url: string;
  /** `whsec_…`, the newest first; each signs. */
  secrets: readonly string[];
  body: string;
}

/** How an attempt ended. `code` says why nothing was answered; stable. */
export type Attempt =
  | { outcome: 'delivered'; status: number }
  | { outcome: 'gone'; status: number }
  | { outcome: 'refused'; status: number; retryAfterMillis?: number }
  | { outcome: 'failed'; code: string };

interface Parts {
  resolve?: Resolve;
  /** PEM of an authority in place of those that Node knows. */
  ca?: string;
}

export class WebhookSender {
  readonly #allowed: AllowedHosts;
  readonly #denied: readonly string[];
  readonly #toPublic: Connect;
  readonly #toAllowed: Connect;
  /** Attempts under way, by what ends them. */
  readonly #open = new Set<AbortController>();

  /** `denied`: networks that not even named hosts may be in. */
  constructor(allowed: AllowedHosts, denied: readonly string[] = [], parts: Parts = {}) {
    const check = new AddressCheck(denied);
    this.#allowed = allowed;
    this.#denied = denied;
    this.#toPublic = guardedConnect(() => check.public, parts);
    this.#toAllowed = guardedConnect((host) => check.named(host), parts);
  }

  /** Never rejects: whatever an endpoint does is an outcome. */
  async send(message: Message, now: Date, signal?: AbortSignal): Promise<Attempt> {
    const deadline = AbortSignal.timeout(limits.attemptMillis);
    const ended = new AbortController();
    this.#open.add(ended);
    const givenUp = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
    const until = AbortSignal.any([deadline, givenUp]);
    try {
      const url = targetOf(message.url, this.#allowed, this.#denied);
      const connect = isAllowedHost(url, this.#allowed) ? this.#toAllowed : this.#toPublic;
      const headers = {
        ...signed(message, now),
        'content-type': 'application/json',
        'user-agent': `assay/${VERSION}`,
      };
      return outcomeOf(await post(await connect(url, until), url, headers, message.body, until));
    } catch (error) {
      if (deadline.aborted) return { outcome: 'failed', code: 'timeout' };
      // That we gave up says nothing of the endpoint.
      return { outcome: 'failed', code: givenUp.aborted ? 'failed' : codeOf(error) };
    } finally {
      this.#open.delete(ended);
    }
  }

  /** Gives up what is under way. */
  close(): void {
    for (const one of this.#open) one.abort();
  }
}

function signed({ id, secrets, body }: Message, now: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function outcomeOf({ status, retryAfter }: Answer): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status };
  if (status === 410) return { outcome: 'gone', status };
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    outcome: 'refused',
    status,
    ...(seconds === undefined ? {} : { retryAfterMillis: seconds * 1000 }),
  };
}

/** The system's and Node's own codes, in a form that may be shown: upper case words or ours. */
function codeOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof TargetFault) return each.code;
    if (each instanceof FetchFault) return 'target.private';
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(each.code))
      return each.code;
  }
  return 'failed';
}
