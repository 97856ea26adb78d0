import type { SECRET_ERROR_CODE } from '../../base/secrets/secret-keys.js';
import type { EventType } from '../events/events.js';

/** The contract of endpoints and of what is on its way to them. tests/storage/webhooks.test.ts says the rest. */

export interface Webhook {
  id: string;
  tenant: string;
  url: string;
  description?: string;
  /** If empty, all events. */
  events: EventType[];
  createdAt: string;
  /** Nothing is sent any more: the endpoint responded with 410, or its owner disabled it. */
  disabled?: { at: string; reason: 'gone' | 'requested' };
  /** No available key decrypts its secret: nothing can be signed until one does or a new secret is set. */
  secretFault?: typeof SECRET_ERROR_CODE;
}

/** Signing secrets; shown once, when created. */
export interface WebhookSecrets {
  secret: string;
  /** Previous secret until it expires, so that receivers can switch at their own pace. */
  old?: { secret: string; until: string };
}

export type NewWebhook = Omit<Webhook, 'disabled' | 'secretFault'> & Pick<WebhookSecrets, 'secret'>;

export interface WebhookPatch {
  url?: string;
  /** Null removes it. */
  description?: string | null;
  events?: EventType[];
  disabled?: { at: string; reason: 'gone' | 'requested' } | null;
}

export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead'] as const;
/** `dead`: given up; stored for examination and replay. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface Delivery {
  id: string;
  tenant: string;
  webhookId: string;
  /** `webhook-id` of every attempt: id of the event. */
  messageId: string;
  type: EventType;
  /** JSON, byte for byte as it is signed. */
  body: string;
  createdAt: string;
  status: DeliveryStatus;
  attempts: number;
  /** Present while pending. */
  nextAt?: string;
  last?: LastAttempt;
}

export interface LastAttempt {
  at: string;
  /** HTTP status of the endpoint's response. */
  status?: number;
  /** Reason if there was no response. */
  code?: string;
}

/** Delivery to attempt now. Its secret is read when it is sent and not held longer. */
export interface DueDelivery {
  delivery: Delivery;
  /** Identifies the holder of the lease. */
  lease: string;
  url: string;
}

/** Outcome of an attempt, to be recorded. */
export type DeliveryOutcome =
  | { status: 'delivered' | 'dead'; last: LastAttempt }
  | { status: 'pending'; last: LastAttempt; nextAt: string };

export interface DeliveryPage {
  items: Delivery[];
  /** Cursor of the next page; absent at the end. */
  next?: string;
}
