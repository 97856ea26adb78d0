import { Webhook } from 'standardwebhooks';
import { type Agent, request } from 'undici';
import { VERSION } from '../core/ground/version.js';
import { FetchFault } from '../trust-lists/fetch-fault.js';
import { allowedAgent, publicAgent } from './guarded-agent.js';
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

export class WebhookSender {
  readonly #allowed: AllowedHosts;
  readonly #public: Agent;
  readonly #private: Agent;

  constructor(allowed: AllowedHosts, agent: Agent = publicAgent()) {
    this.#allowed = allowed;
    this.#public = agent;
    this.#private = allowedAgent();
  }

  /** Never rejects: whatever an endpoint does is an outcome. */
  async send(message: Message, now: Date, signal?: AbortSignal): Promise<Attempt> {
    const deadline = AbortSignal.timeout(limits.attemptMillis);
    try {
      const url = targetOf(message.url, this.#allowed);
      const answer = await request(url, {
        method: 'POST',
        // undici follows no redirect by itself: where an answer points is not where the operator let us go.
        dispatcher: isAllowedHost(url, this.#allowed) ? this.#private : this.#public,
        headers: {
          ...signed(message, now),
          'content-type': 'application/json',
          'user-agent': `assay/${VERSION}`,
        },
        body: message.body,
        headersTimeout: limits.attemptMillis,
        bodyTimeout: limits.attemptMillis,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      // Whatever it says is thrown away; too much of it costs the connection and not the delivery.
      await answer.body.dump({ limit: limits.answerBytes }).catch(() => undefined);
      return outcomeOf(answer.statusCode, answer.headers['retry-after']);
    } catch (error) {
      return { outcome: 'failed', code: deadline.aborted ? 'timeout' : codeOf(error) };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#public.destroy(), this.#private.destroy()]);
  }
}

function signed({ id, secrets, body }: Message, now: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function outcomeOf(status: number, retryAfter: string | string[] | undefined): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status };
  if (status === 410) return { outcome: 'gone', status };
  const seconds =
    typeof retryAfter === 'string' && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    outcome: 'refused',
    status,
    ...(seconds === undefined ? {} : { retryAfterMillis: seconds * 1000 }),
  };
}

/** The system's and the libraries' own codes, in a form that may be shown: upper case words or ours. */
function codeOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof TargetFault) return each.code;
    if (each instanceof FetchFault) return 'target.private';
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(each.code))
      return each.code;
  }
  return 'failed';
}
