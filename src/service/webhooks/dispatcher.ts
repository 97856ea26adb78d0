import { LeasedLoop } from '../../base/lease/loop.js';
import { SecretError } from '../../base/secrets/secret-keys.js';
import type { DeliveryRepository } from '../../storage/webhooks/kysely-deliveries.js';
import type { WebhookRepository } from '../../storage/webhooks/kysely-webhooks.js';
import type { Delivery, DeliveryOutcome, DueDelivery, LastAttempt } from '../../storage/webhooks/webhooks.js';
import { buildBody } from './body.js';
import { ClockWatch } from './clock-watch.js';
import { computePause } from './schedule.js';
import type { Attempt, WebhookSender } from './send.js';
import { webhookLimits as limits } from './webhook-limits.js';

interface Parts {
  webhooks: WebhookRepository;
  deliveries: DeliveryRepository;
  sender: Pick<WebhookSender, 'send'>;
  /** Reports an internal error; the work is tried again. */
  onError?(error: unknown): void;
  /** For tests, which cannot wait for days. */
  now?: () => Date;
  chance?: () => number;
}

/** Pause between polls while there is no work. */
const IDLE_MILLIS = 1_000;
const AFTER_ERROR_MILLIS = 5_000;
const SWEEP_MILLIS = 3_600_000;
const DAY_MILLIS = 86_400_000;

/** `undefined`: the delivery was deleted meanwhile, so there is nothing to record. */
type AttemptOutcome = { note: DeliveryOutcome; isGone: boolean } | undefined;

/**
 * Delivers events to webhooks. Its whole state is in the database, so a restart loses nothing; a message may arrive
 * twice, with the same id.
 */
export class WebhookDispatcher extends LeasedLoop<DueDelivery, AttemptOutcome> {
  readonly #parts: Parts;
  readonly #now: () => Date;
  readonly #chance: () => number;
  #sweptAt = 0;
  readonly #clock = new ClockWatch();
  #wasSetBack = false;

  constructor(parts: Parts) {
    super({
      slots: limits.attemptsAtOnce,
      leaseMillis: limits.leaseMillis,
      idleMillis: IDLE_MILLIS,
      afterErrorMillis: AFTER_ERROR_MILLIS,
    });
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
    this.#chance = parts.chance ?? Math.random;
  }

  protected reportError(error: unknown): void {
    this.#parts.onError?.(error);
  }

  /** Creates the deliveries of new events. */
  protected override async upkeep(): Promise<void> {
    const now = this.#now();
    await this.#correctClock(now);
    await this.#parts.deliveries.createFromEvents(limits.eventsAtOnce, now.toISOString(), buildBody);
    await this.#sweep(now);
  }

  /**
   * After the clock was set back, moves due times and leases back too: otherwise deliveries would wait for as long as
   * the step.
   */
  async #correctClock(now: Date): Promise<void> {
    this.#wasSetBack = this.#clock.wasSetBack(now) || this.#wasSetBack;
    if (!this.#wasSetBack) return;
    await this.#parts.deliveries.correctClock({
      now: now.toISOString(),
      latest: after(now, limits.clockStepMillis),
      leasedUntil: after(now, limits.leaseMillis),
    });
    this.#wasSetBack = false;
  }

  protected claim(places: number): Promise<DueDelivery[]> {
    const now = this.#now();
    return this.#parts.deliveries.leaseDue(places, now.toISOString(), after(now, limits.leaseMillis));
  }

  /** An attempt that is aborted by a shutdown counts as failed and is repeated. */
  protected async perform({ delivery, url }: DueDelivery): Promise<AttemptOutcome> {
    const began = this.#now();
    const secrets = await this.#secretsOf(delivery, began);
    // The webhook was deleted meanwhile, with its deliveries.
    if (secrets === undefined) return undefined;
    const attempt: Attempt =
      secrets instanceof SecretError
        ? { outcome: 'failed', code: secrets.code }
        : await this.#parts.sender.send(
            { id: delivery.messageId, url, secrets, body: delivery.body },
            began,
            this.stopSignal,
          );
    // If the clock was set back meanwhile, the pause counts from the new time.
    const at = new Date(Math.min(began.getTime(), this.#now().getTime()));
    return { note: this.#noteOf(delivery.attempts, attempt, at), isGone: attempt.outcome === 'gone' };
  }

  protected async settle(due: DueDelivery, ending: AttemptOutcome): Promise<void> {
    if (ending === undefined) return;
    const { deliveries, webhooks } = this.#parts;
    const { note, isGone } = ending;
    await deliveries.recordAttempt(due, note);
    if (!isGone) return;
    const { tenant, webhookId } = due.delivery;
    await webhooks.patch(tenant, webhookId, { disabled: { at: note.last.at, reason: 'gone' } });
  }

  /** If the key is missing here, it may come back, or a new secret may be made: until then the attempt counts as failed. */
  async #secretsOf(
    { tenant, webhookId }: Delivery,
    now: Date,
  ): Promise<readonly string[] | SecretError | undefined> {
    try {
      const found = await this.#parts.webhooks.getSecrets(tenant, webhookId, now.toISOString());
      return found && [found.secret, ...(found.old === undefined ? [] : [found.old.secret])];
    } catch (error) {
      if (error instanceof SecretError) return error;
      throw error;
    }
  }

  #noteOf(attempts: number, attempt: Attempt, at: Date): DeliveryOutcome {
    const last: LastAttempt = {
      at: at.toISOString(),
      ...('status' in attempt ? { status: attempt.status } : { code: attempt.code }),
    };
    if (attempt.outcome === 'delivered') return { status: 'delivered', last };
    if (attempt.outcome === 'gone') return { status: 'dead', last };
    const asked = attempt.outcome === 'refused' ? attempt.retryAfterMillis : undefined;
    const pause = computePause(attempts, this.#chance(), asked);
    if (pause === undefined) return { status: 'dead', last };
    return { status: 'pending', last, nextAt: after(at, pause) };
  }

  async #sweep(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - this.#sweptAt) < SWEEP_MILLIS) return;
    this.#sweptAt = now.getTime();
    const { deliveredDays, deadDays } = limits;
    await this.#parts.deliveries.deleteFinished(
      after(now, -deliveredDays * DAY_MILLIS),
      after(now, -deadDays * DAY_MILLIS),
    );
  }
}

const after = (at: Date, millis: number): string => new Date(at.getTime() + millis).toISOString();
