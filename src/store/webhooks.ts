import type { SECRET_NOT_OPENED } from '../secrets/secret-keys.js';
import type { Event, EventType } from './events.js';
import type { Holds } from './holds.js';

/** The contract of endpoints and of what is on its way to them. tests/store/webhooks.test.ts says the rest. */

export interface Webhook {
  id: string;
  tenant: string;
  url: string;
  description?: string;
  /** Empty: all. */
  events: EventType[];
  createdAt: string;
  /** Nothing is sent any more: it answered 410, or its owner said so. */
  disabled?: { at: string; because: 'gone' | 'asked' };
  /** None of the keys here opens its secret: nothing can be signed until one does, or it has a new secret. */
  secretFault?: typeof SECRET_NOT_OPENED;
}

/** Signs; shown once, when made. */
export interface WebhookSecrets {
  secret: string;
  /** The one before, until it runs out: receivers change over at their own pace. */
  old?: { secret: string; until: string };
}

export type NewWebhook = Omit<Webhook, 'disabled' | 'secretFault'> & Pick<WebhookSecrets, 'secret'>;

export interface WebhookPatch {
  url?: string;
  /** Null takes it away. */
  description?: string | null;
  events?: EventType[];
  disabled?: { at: string; because: 'gone' | 'asked' } | null;
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead'] as const;
/** `dead`: given up; kept to be looked at and sent again. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface Delivery {
  id: string;
  tenant: string;
  webhookId: string;
  /** `webhook-id` of every attempt: the event's. */
  messageId: string;
  type: EventType;
  /** JSON, byte for byte as it is signed. */
  body: string;
  createdAt: string;
  status: DeliveryStatus;
  attempts: number;
  /** While pending. */
  nextAt?: string;
  last?: LastAttempt;
}

export interface LastAttempt {
  at: string;
  /** What the endpoint answered. */
  status?: number;
  /** Why it did not. */
  code?: string;
}

/** A delivery whose turn has come. What signs it is asked for when it is sent, and held no longer. */
export interface DueDelivery {
  delivery: Delivery;
  /** Whose lease it is. */
  lease: string;
  url: string;
}

/** How an attempt is noted. */
export type DeliveryNote =
  | { status: 'delivered' | 'dead'; last: LastAttempt }
  | { status: 'pending'; last: LastAttempt; nextAt: string };

export interface DeliveryPage {
  items: Delivery[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}

export interface WebhookStore {
  /** False where the tenant has `most` already. */
  create(webhook: NewWebhook, most: number): Promise<boolean>;
  get(tenant: string, id: string): Promise<Webhook | undefined>;
  /** Those that sign now. Rejects with a SecretFault where no key opens them. */
  secretsOf(tenant: string, id: string, now: string): Promise<WebhookSecrets | undefined>;
  /** In the order they were made. */
  list(tenant: string): Promise<Webhook[]>;
  /** What is pending for one that is disabled by this becomes dead. `holds`: as in inspections.ts. */
  patch(
    tenant: string,
    id: string,
    patch: WebhookPatch,
    holds?: Holds<Webhook>,
  ): Promise<Webhook | undefined>;
  /** The secret of now still signs until `oldUntil`; one that cannot be opened does not, and is gone. */
  rotate(tenant: string, id: string, secret: string, oldUntil: string): Promise<boolean>;
  /** With its deliveries. */
  delete(tenant: string, id: string, holds?: Holds<Webhook>): Promise<boolean>;
}

export interface DeliveryStore {
  /**
   * Turns events of the outbox into deliveries, in one transaction: each becomes one for every endpoint that asked
   * for it, or none. Gives back how many events there were.
   */
  spread(limit: number, now: string, bodyOf: (event: Event) => string): Promise<number>;
  /** Those whose time has come, leased until then; the oldest first. */
  due(limit: number, now: string, leasedUntil: string): Promise<DueDelivery[]>;
  /**
   * After the clock was set back, or may have been: what was tried after `latest` counts as tried now, and waits for
   * its pause from here on; what was not tried yet, or is on its way, is due; no lease is longer than `leasedUntil`.
   * The same again changes nothing, so nothing is tried more often than its pauses allow. Gives back how many.
   */
  setBack(to: { now: string; latest: string; leasedUntil: string }): Promise<number>;
  /** Only where the lease is still held. */
  note(due: DueDelivery, note: DeliveryNote): Promise<boolean>;

  /** Newest first. */
  deliveries(
    tenant: string,
    webhookId: string,
    filter: { status?: DeliveryStatus },
    page: { limit: number; cursor?: string },
  ): Promise<DeliveryPage>;
  /** Dead ones, to be sent again from the first attempt on; `ids` left out: all of the endpoint. How many. */
  replay(tenant: string, webhookId: string, now: string, ids?: readonly string[]): Promise<number>;
  /**
   * Those that waited, or were given up, because they could not be signed are due, as if they had not been tried: of one
   * endpoint, or of all whose secret one of these keys opens. How many.
   */
  signAgain(of: { webhookId: string } | { keys: readonly string[] }, now: string): Promise<number>;
  /** Finished ones of before; how many went. */
  dropFinished(deliveredBefore: string, deadBefore: string): Promise<number>;
  /** Deliveries by status, of all tenants: for metrics. */
  counts(): Promise<Record<DeliveryStatus, number>>;
}
