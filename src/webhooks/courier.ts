import { LeasedLoop } from '../lease/loop.js';
import { SecretFault } from '../secrets/secret-keys.js';
import type { KyselyDeliveries } from '../store/kysely-deliveries.js';
import type { KyselyWebhooks } from '../store/kysely-webhooks.js';
import type { Delivery, DeliveryNote, DueDelivery, LastAttempt } from '../store/webhooks.js';
import { bodyOf } from './body.js';
import { ClockWatch } from './clock-watch.js';
import { pauseAfter } from './schedule.js';
import type { Attempt, WebhookSender } from './send.js';
import { webhookLimits as limits } from './webhook-limits.js';

interface Parts {
  webhooks: KyselyWebhooks;
  deliveries: KyselyDeliveries;
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

/** Undefined: deleted meanwhile, and there is nothing to note. */
type Ending = { note: DeliveryNote; isGone: boolean } | undefined;

/**
 * Brings what happened to those who asked to be told. Everything it knows stands in the database, so that a restart
 * loses nothing; a message may arrive twice, and says by its id that it is the same.
 */
export class WebhookCourier extends LeasedLoop<DueDelivery, Ending> {
  readonly #parts: Parts;
  readonly #now: () => Date;
  readonly #chance: () => number;
  #sweptAt = 0;
  readonly #clock = new ClockWatch();
  #setBack = false;

  constructor(parts: Parts) {
    super({
      places: limits.attemptsAtOnce,
      leaseMillis: limits.leaseMillis,
      idleMillis: IDLE_MILLIS,
      afterErrorMillis: AFTER_ERROR_MILLIS,
    });
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
    this.#chance = parts.chance ?? Math.random;
  }

  protected tell(error: unknown): void {
    this.#parts.onError?.(error);
  }

  /** Events become deliveries. */
  protected override async upkeep(): Promise<void> {
    const now = this.#now();
    await this.#setRight(now);
    await this.#parts.deliveries.spread(limits.eventsAtOnce, now.toISOString(), bodyOf);
    await this.#sweep(now);
  }

  /** What waits for a time that was nearly there, and is far ahead again, would wait for as long as the clock was set back. */
  async #setRight(now: Date): Promise<void> {
    this.#setBack = this.#clock.wasSetBack(now) || this.#setBack;
    if (!this.#setBack) return;
    await this.#parts.deliveries.setBack({
      now: now.toISOString(),
      latest: after(now, limits.clockStepMillis),
      leasedUntil: after(now, limits.leaseMillis),
    });
    this.#setBack = false;
  }

  protected claim(places: number): Promise<DueDelivery[]> {
    const now = this.#now();
    return this.#parts.deliveries.due(places, now.toISOString(), after(now, limits.leaseMillis));
  }

  /** Given up where we stop: that counts as failed, and is made again. */
  protected async perform({ delivery, url }: DueDelivery): Promise<Ending> {
    const began = this.#now();
    const secrets = await this.#secretsOf(delivery, began);
    // Deleted meanwhile, and its deliveries with it.
    if (secrets === undefined) return undefined;
    const attempt: Attempt =
      secrets instanceof SecretFault
        ? { outcome: 'failed', code: secrets.code }
        : await this.#parts.sender.send(
            { id: delivery.messageId, url, secrets, body: delivery.body },
            began,
            this.stopping,
          );
    // Set back meanwhile, it is the new time from which the pause counts.
    const at = new Date(Math.min(began.getTime(), this.#now().getTime()));
    return { note: this.#noteOf(delivery.attempts, attempt, at), isGone: attempt.outcome === 'gone' };
  }

  protected async settle(due: DueDelivery, ending: Ending): Promise<void> {
    if (ending === undefined) return;
    const { deliveries, webhooks } = this.#parts;
    const { note, isGone } = ending;
    await deliveries.note(due, note);
    if (!isGone) return;
    const { tenant, webhookId } = due.delivery;
    await webhooks.patch(tenant, webhookId, { disabled: { at: note.last.at, because: 'gone' } });
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
    return { status: 'pending', last, nextAt: after(at, pause) };
  }

  async #sweep(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - this.#sweptAt) < SWEEP_MILLIS) return;
    this.#sweptAt = now.getTime();
    const { deliveredDays, deadDays } = limits;
    await this.#parts.deliveries.dropFinished(
      after(now, -deliveredDays * DAY_MILLIS),
      after(now, -deadDays * DAY_MILLIS),
    );
  }
}

const after = (at: Date, millis: number): string => new Date(at.getTime() + millis).toISOString();
