import Type from 'typebox';
import { SECRET_ERROR_CODE } from '../../base/secrets/secret-keys.js';
import { webhookLimits as limits } from '../../service/webhooks/webhook-limits.js';
import { EVENT_TYPES } from '../../storage/events/events.js';
import { DELIVERY_STATUSES } from '../../storage/webhooks/webhooks.js';

const Url = Type.String({
  title: 'WebhookUrl',
  maxLength: limits.urlCharacters,
  description: 'https, and public, unless the operator allows another.',
  examples: ['https://example.org/hooks/assay'],
});
const EventTypes = Type.Array(Type.Enum(EVENT_TYPES, { title: 'EventType' }), {
  uniqueItems: true,
  maxItems: EVENT_TYPES.length,
  description: 'What to be told of. Empty or left out: everything but `log.head`.',
});
const Description = Type.String({ maxLength: limits.descriptionCharacters, description: 'For people.' });
const Time = Type.String({ description: 'RFC 3339.' });

export const NewWebhookSchema = Type.Object(
  { url: Url, events: Type.Optional(EventTypes), description: Type.Optional(Description) },
  { additionalProperties: false },
);

export const WebhookChangesSchema = Type.Object(
  {
    url: Type.Optional(Url),
    events: Type.Optional(EventTypes),
    description: Type.Optional(
      // Null first: the validator takes the first alternative that the value can be coerced to, and null could be
      // coerced to "".
      Type.Union([Type.Null(), Description], { description: 'For people; null takes it away.' }),
    ),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

export const WebhookSchema = Type.Object(
  {
    id: Type.String(),
    url: Url,
    events: EventTypes,
    description: Type.Optional(Description),
    createdAt: Time,
    enabled: Type.Boolean(),
    disabled: Type.Optional(
      Type.Object(
        {
          at: Time,
          reason: Type.Enum(['gone', 'requested'], {
            description: '`gone`: it answered 410. `asked`: by PATCH.',
          }),
        },
        { title: 'WebhookDisabled' },
      ),
    ),
    secretFault: Type.Optional(
      Type.Enum([SECRET_ERROR_CODE], {
        title: 'SecretFault',
        description:
          'Only where no key of this server opens its secret: nothing can be signed, and messages wait. ' +
          '`POST /v1/webhooks/{id}/secret` makes a new one, and they are sent.',
      }),
    ),
  },
  { title: 'Webhook' },
);

const Status = Type.Integer({ description: 'What the endpoint answered.' });
const Code = Type.String({
  description: 'Why it did not, as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.',
});

export const TestSchema = Type.Object({
  delivered: Type.Boolean(),
  status: Type.Optional(Status),
  code: Type.Optional(Code),
});

export const DeliverySchema = Type.Object(
  {
    id: Type.String(),
    messageId: Type.String({ description: '`webhook-id` of every attempt.' }),
    type: Type.Enum(EVENT_TYPES, { title: 'EventType' }),
    createdAt: Time,
    status: Type.Enum(DELIVERY_STATUSES, {
      title: 'DeliveryStatus',
      description: '`dead`: given up; it can be replayed.',
    }),
    attempts: Type.Integer({ minimum: 0 }),
    nextAt: Type.Optional(Time),
    last: Type.Optional(
      Type.Object(
        { at: Time, status: Type.Optional(Status), code: Type.Optional(Code) },
        {
          description: 'The last attempt.',
        },
      ),
    ),
    body: Type.String({ description: 'What is sent, as it is signed.' }),
  },
  { title: 'Delivery' },
);

const word = (description: string) => Type.Optional(Type.String({ description }));
const number = Type.Optional(Type.Integer({ minimum: 0 }));

/** Body of a webhook message. It is built by body.ts and the writers of events; a test compares them with this schema. */
export const WebhookMessageSchema = Type.Object(
  {
    type: Type.Enum([...EVENT_TYPES, 'webhook.test'], { description: '`webhook.test`: asked for by hand.' }),
    timestamp: Time,
    data: Type.Object(
      {
        id: Type.String({ description: 'Of what it happened to; of the webhook in a test.' }),
        origin: word('`inspection.done`: what the file declares, in the Report’s word.'),
        headline: Type.Optional(
          Type.Object(
            {
              id: Type.String(),
              params: Type.Optional(Type.Unsafe<object>({ type: 'object' })),
              text: Type.Optional(Type.String()),
            },
            { description: '`inspection.done`: what a person reads first; `text` in English.' },
          ),
        ),
        cached: Type.Optional(
          Type.Boolean({ description: '`inspection.done`: the answer was kept from an earlier one.' }),
        ),
        code: word('`inspection.failed`: why.'),
        supersededBy: word('`inspection.superseded`: id of the recheck.'),
        caseRef: word('The desk’s own word for the story.'),
        tags: Type.Optional(Type.Array(Type.String(), { description: 'The desk’s own.' })),
        batch: word('Id of the batch that the inspection belongs to.'),
        batchItem: Type.Optional(Type.Integer({ minimum: 1, description: 'Its place in the batch.' })),
        total: number,
        done: number,
        failed: number,
        cancelled: number,
        reports: number,
        judged: number,
        changed: number,
        newFindings: number,
        endedFindings: number,
        notJudged: number,
        messages: Type.Optional(
          Type.Object({
            id: Type.String(),
            params: Type.Optional(Type.Object({}, { additionalProperties: true })),
          }),
        ),
        list: Type.Optional(Type.String()),
        collection: word('`match.found`: what it is near to.'),
        item: Type.Optional(Type.String()),
        kind: Type.Optional(Type.String()),
        distance: number,
        of: number,
        tier: Type.Optional(Type.String()),
        orientation: Type.Optional(Type.String()),
        size: number,
        head: word('`log.head`: the signed head, as C2SP’s tlog-checkpoint has it.'),
        more: Type.Optional(
          Type.Literal(true, {
            description: '`match.found`: more are near than were looked at or are told.',
          }),
        ),
      },
      {
        description: `Beside the id only what there is. Above ${limits.bodyBytes} bytes in all the id stands alone.`,
      },
    ),
  },
  {
    $id: 'WebhookMessage',
    title: 'WebhookMessage',
    description: 'What happened, as webhooks are told. Thin: ask for the rest with a key.',
  },
);
