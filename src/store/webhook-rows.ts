import type { Selectable } from 'kysely';
import { EVENT_TYPES, type EventType } from './events.js';
import type { WebhookDeliveriesTable, WebhooksTable } from './webhook-tables.js';
import { DELIVERY_STATUSES, type Delivery, type Webhook } from './webhooks.js';

/** Between columns and what the contract speaks of. */

export function webhookOf(row: Selectable<WebhooksTable>): Webhook {
  const because = row.disabled_because === 'gone' ? 'gone' : 'asked';
  return {
    id: row.id,
    tenant: row.tenant,
    url: row.url,
    ...(row.description === null ? {} : { description: row.description }),
    events: eventTypes(row.events),
    createdAt: row.created_at,
    ...(row.disabled_at === null ? {} : { disabled: { at: row.disabled_at, because } }),
  };
}

export function deliveryOf(row: Selectable<WebhookDeliveriesTable>): Delivery {
  return {
    id: row.id,
    tenant: row.tenant,
    webhookId: row.webhook_id,
    messageId: row.message_id,
    type: oneOf(EVENT_TYPES, row.type),
    body: row.body,
    createdAt: row.created_at,
    status: oneOf(DELIVERY_STATUSES, row.status),
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

/** Words that a later version knew and this one does not are left out: nothing is sent for them. */
function eventTypes(text: string): EventType[] {
  const words: unknown = JSON.parse(text);
  return EVENT_TYPES.filter((type) => Array.isArray(words) && words.includes(type));
}

function oneOf<const T extends string>(words: readonly T[], text: string): T {
  const word = words.find((one) => one === text);
  if (word === undefined) throw new Error(`unknown word in the database: ${text}`);
  return word;
}
