import { Rest } from '../rest.js';
import { SecretFault } from '../secrets/secret-keys.js';
import type {
  Delivery,
  DeliveryNote,
  DeliveryStore,
  DueDelivery,
  LastAttempt,
  WebhookStore,
} from '../store/webhooks.js';
import { bodyOf } from './body.js';
import { ClockWatch } from './clock-watch.js';
import { pauseAfter } from './schedule.js';
import type { Attempt, WebhookSender } from './send.js';
import { webhookLimits as limits } from './webhook-limits.js';

interface Parts {
  webhooks: WebhookStore;
  deliveries: DeliveryStore;
  sender: Pick<WebhookSender, 'send'>;
  /** What went wrong here; it is tried again. */
  onError?(error: unknown): void;
  /** For tests that do not wait for days. */
  now?: () => Date;
  chance?: () => number;
}

/** How long nothing is asked while there is nothing to do. */
const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
const SWEEP_MILLIS = 3_600_000;
const DAY_MILLIS = 86_400_000;

/**
 * Brings what happened to those who asked to be told. Everything it knows stands in the database, so that a restart
 * loses nothing; a message may arrive twice, and says by its id that it is the same.
 */
export class WebhookCourier {
  readonly #parts: Parts;
  readonly #now: () => Date;
  readonly #chance: () => number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  readonly #rest = new Rest();
  #sweptAt = 0;
  readonly #clock = new ClockWatch();
  #setBack = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
    this.#chance = parts.chance ?? Math.random;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Attempts under way are given up; they count as failed and are made again. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#rest.end();
    await this.#running;
    await Promise.all(this.#underWay);
  }

  /** Something may be due: asked at once. */
  wake(): void {
    this.#rest.wake();
  }

  /** Once through: events become deliveries, and those due are sent. Resolves when all of them have an outcome. */
  async round(): Promise<number> {
    const begun = await this.#begin();
    await Promise.all(begun);
    return begun.length;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let pause = IDLE_MILLIS;
      try {
        if ((await this.#begin()).length > 0) pause = 0;
        await this.#sweep();
      } catch (error) {
        this.#parts.onError?.(error);
        pause = AFTER_ERROR_MILLIS;
      }
      if (pause > 0) await this.#rest.take(pause);
    }
  }

  async #begin(): Promise<Promise<void>[]> {
    const { deliveries } = this.#parts;
    const now = this.#now();
    await this.#setRight(now);
    await deliveries.spread(limits.eventsAtOnce, now.toISOString(), bodyOf);
    const free = limits.attemptsAtOnce - this.#underWay.size;
    if (free <= 0) return [];
    const leasedUntil = new Date(now.getTime() + limits.leaseMillis).toISOString();
    const due = await deliveries.due(free, now.toISOString(), leasedUntil);
    return due.map((one) => {
      const attempt: Promise<void> = this.#deliver(one)
        .catch((error: unknown) => this.#parts.onError?.(error))
        .finally(() => {
          this.#underWay.delete(attempt);
          this.wake();
        });
      this.#underWay.add(attempt);
      return attempt;
    });
  }

  /** What waits for a time that was nearly there, and is far ahead again, would wait for as long as the clock was set back. */
  async #setRight(now: Date): Promise<void> {
    this.#setBack = this.#clock.wasSetBack(now) || this.#setBack;
    if (!this.#setBack) return;
    const after = (millis: number) => new Date(now.getTime() + millis).toISOString();
    await this.#parts.deliveries.setBack({
      now: after(0),
      latest: after(limits.clockStepMillis),
      leasedUntil: after(limits.leaseMillis),
    });
    this.#setBack = false;
  }

  async #deliver(due: DueDelivery): Promise<void> {
    const { deliveries, webhooks, sender } = this.#parts;
    const { delivery, url } = due;
    const began = this.#now();
    const secrets = await this.#secretsOf(delivery, began);
    // Deleted meanwhile, and its deliveries with it.
    if (secrets === undefined) return;
    const attempt: Attempt =
      secrets instanceof SecretFault
        ? { outcome: 'failed', code: secrets.code }
        : await sender.send(
            { id: delivery.messageId, url, secrets, body: delivery.body },
            began,
            this.#stop.signal,
          );
    // Set back meanwhile, it is the new time from which the pause counts.
    const at = new Date(Math.min(began.getTime(), this.#now().getTime()));
    await deliveries.note(due, this.#noteOf(delivery.attempts, attempt, at));
    if (attempt.outcome === 'gone') {
      const disabled = { at: at.toISOString(), because: 'gone' as const };
      await webhooks.patch(delivery.tenant, delivery.webhookId, { disabled });
    }
  }

  /** A key that is missing here may come back, or a new secret be made: until then it is an attempt that failed. */
  async #secretsOf(
    { tenant, webhookId }: Delivery,
    now: Date,
  ): Promise<readonly string[] | SecretFault | undefined> {
    try {
      const found = await this.#parts.webhooks.secretsOf(tenant, webhookId, now.toISOString());
      return found && [found.secret, ...(found.old === undefined ? [] : [found.old.secret])];
    } catch (error) {
      if (error instanceof SecretFault) return error;
      throw error;
    }
  }

  #noteOf(attempts: number, attempt: Attempt, at: Date): DeliveryNote {
    const last: LastAttempt = {
      at: at.toISOString(),
      ...('status' in attempt ? { status: attempt.status } : { code: attempt.code }),
    };
    if (attempt.outcome === 'delivered') return { status: 'delivered', last };
    if (attempt.outcome === 'gone') return { status: 'dead', last };
    const asked = attempt.outcome === 'refused' ? attempt.retryAfterMillis : undefined;
    const pause = pauseAfter(attempts, this.#chance(), asked);
    if (pause === undefined) return { status: 'dead', last };
    return { status: 'pending', last, nextAt: new Date(at.getTime() + pause).toISOString() };
  }

  async #sweep(): Promise<void> {
    const now = this.#now().getTime();
    if (Math.abs(now - this.#sweptAt) < SWEEP_MILLIS) return;
    this.#sweptAt = now;
    const before = (days: number) => new Date(now - days * DAY_MILLIS).toISOString();
    await this.#parts.deliveries.dropFinished(before(limits.deliveredDays), before(limits.deadDays));
  }
}
