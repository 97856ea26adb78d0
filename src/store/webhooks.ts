import type { SECRET_NOT_OPENED } from '../secrets/secret-keys.js';
import type { EventType } from './events.js';

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
