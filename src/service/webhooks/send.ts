import { Webhook } from 'standardwebhooks';
import { AddressPolicy } from '../../base/net/address-check.js';
import { FetchFault } from '../../base/net/fetch-fault.js';
import { type Connect, guardedConnect } from '../../base/net/guarded-connect.js';
import type { LookupAll } from '../../base/net/guarded-lookup.js';
import { VERSION } from '../../base/version.js';
import { type EndpointResponse, sendPost } from './post.js';
import { type AllowedHosts, isAllowedHost, parseTarget, TargetFault } from './target.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** One signed message to one endpoint. */
export interface WebhookMessage {
  /** Same id in every attempt, by which receivers recognize duplicates. */
  id: string;
  url: string;
  /** `whsec_…`, the newest first; each one signs. */
  secrets: readonly string[];
  body: string;
}

/** Outcome of an attempt. `code` is a stable reason why no answer came. */
export type Attempt =
  | { outcome: 'delivered'; status: number }
  | { outcome: 'gone'; status: number }
  | { outcome: 'refused'; status: number; retryAfterMillis?: number }
  | { outcome: 'failed'; code: string };

interface Parts {
  resolve?: LookupAll;
  /** PEM of an authority that replaces those that Node trusts. */
  ca?: string;
}

export class WebhookSender {
  readonly #allowed: AllowedHosts;
  readonly #denied: readonly string[];
  readonly #toPublic: Connect;
  readonly #toAllowed: Connect;
  /** Attempts under way, by the controller that aborts them. */
  readonly #open = new Set<AbortController>();

  /** `denied`: networks that even named hosts must not be in. */
  constructor(allowed: AllowedHosts, denied: readonly string[] = [], parts: Parts = {}) {
    const check = new AddressPolicy(denied);
    this.#allowed = allowed;
    this.#denied = denied;
    this.#toPublic = guardedConnect(() => check.allowsPublic, parts);
    this.#toAllowed = guardedConnect((host) => check.guardForNamed(host), parts);
  }

  /** Sends the message. Never rejects: every failure of an endpoint is an outcome. */
  async send(message: WebhookMessage, now: Date, signal?: AbortSignal): Promise<Attempt> {
    const deadline = AbortSignal.timeout(limits.attemptMillis);
    const ended = new AbortController();
    this.#open.add(ended);
    const givenUp = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
    const until = AbortSignal.any([deadline, givenUp]);
    try {
      const url = parseTarget(message.url, this.#allowed, this.#denied);
      const connect = isAllowedHost(url, this.#allowed) ? this.#toAllowed : this.#toPublic;
      const headers = {
        ...signedHeaders(message, now),
        'content-type': 'application/json',
        'user-agent': `assay/${VERSION}`,
      };
      return toAttempt(await sendPost(await connect(url, until), url, headers, message.body, until));
    } catch (error) {
      if (deadline.aborted) return { outcome: 'failed', code: 'timeout' };
      // An attempt that this server aborted says nothing about the endpoint.
      return { outcome: 'failed', code: givenUp.aborted ? 'failed' : findErrorCode(error) };
    } finally {
      this.#open.delete(ended);
    }
  }

  /** Aborts the attempts under way. */
  close(): void {
    for (const one of this.#open) one.abort();
  }
}

function signedHeaders({ id, secrets, body }: WebhookMessage, now: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function toAttempt({ status, retryAfter }: EndpointResponse): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status };
  if (status === 410) return { outcome: 'gone', status };
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    outcome: 'refused',
    status,
    ...(seconds === undefined ? {} : { retryAfterMillis: seconds * 1000 }),
  };
}

/** Returns the error code of the system or of Node, if it is safe to show: only upper-case words or Assay's own codes. */
function findErrorCode(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof TargetFault) return each.code;
    if (each instanceof FetchFault) return 'target.private';
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(each.code))
      return each.code;
  }
  return 'failed';
}
