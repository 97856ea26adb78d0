import { EVENT_TYPES, type EventType } from '../store/events.js';

const MEANINGS: Readonly<Record<EventType, string>> = {
  'inspection.done': 'An inspection has its Report',
  'inspection.failed': 'An inspection ended without a Report',
  'inspection.superseded': 'A recheck came to another answer',
  'batch.done': 'Nothing of a batch waits or runs any more',
};

/** What a webhook is sent, in OpenAPI's words for it: the server asks, and whoever listens answers. */
export function describedWebhooks(): Record<string, unknown> {
  return Object.fromEntries(EVENT_TYPES.map((type) => [type, { post: described(type) }]));
}

function described(type: EventType) {
  return {
    operationId: `told${type.split('.').map(capital).join('')}`,
    tags: ['webhooks'],
    summary: MEANINGS[type],
    description:
      'Signed as Standard Webhooks has it, in `webhook-id`, `webhook-timestamp` and `webhook-signature`.',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/WebhookMessage' } } },
    },
    responses: {
      '2XX': { description: 'It has arrived.' },
      '410': { description: 'Nothing more is wanted: the webhook is disabled.' },
    },
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
