import type { Selectable } from 'kysely';
import { EVENT_TYPES, type EventType } from '../events/events.js';
import type { WebhookDeliveriesTable, WebhooksTable } from '../schema/webhook-tables.js';
import { DELIVERY_STATUSES, type Delivery, type Webhook } from './webhooks.js';

/** Converts a row into a webhook of the contract. */

export function toWebhook(row: Selectable<WebhooksTable>): Webhook {
  const reason = row.disabled_because === 'gone' ? 'gone' : 'requested';
  return {
    id: row.id,
    tenant: row.tenant,
    url: row.url,
    ...(row.description === null ? {} : { description: row.description }),
    events: parseEventTypes(row.events),
    createdAt: row.created_at,
    ...(row.disabled_at === null ? {} : { disabled: { at: row.disabled_at, reason } }),
  };
}

export function toDelivery(row: Selectable<WebhookDeliveriesTable>): Delivery {
  return {
    id: row.id,
    tenant: row.tenant,
    webhookId: row.webhook_id,
    messageId: row.message_id,
    type: parseWord(EVENT_TYPES, row.type),
    body: row.body,
    createdAt: row.created_at,
    status: parseWord(DELIVERY_STATUSES, row.status),
    attempts: row.attempts,
    ...(row.status === 'pending' && row.next_at !== null ? { nextAt: row.next_at } : {}),
    ...(row.last_at === null
      ? {}
      : {
          last: {
            at: row.last_at,
            ...(row.last_status === null ? {} : { status: row.last_status }),
            ...(row.last_code === null ? {} : { code: row.last_code }),
          },
        }),
  };
}

/** Skips event types of a later version, for which nothing is sent. */
function parseEventTypes(text: string): EventType[] {
  const words: unknown = JSON.parse(text);
  return EVENT_TYPES.filter((type) => Array.isArray(words) && words.includes(type));
}

function parseWord<const T extends string>(words: readonly T[], text: string): T {
  const word = words.find((one) => one === text);
  if (word === undefined) throw new Error(`unknown word in the database: ${text}`);
  return word;
}
