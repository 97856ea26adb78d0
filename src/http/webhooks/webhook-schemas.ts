import Type from 'typebox';
import { SECRET_ERROR_CODE } from '../../base/secrets/secret-keys.js';
import { webhookLimits as limits } from '../../service/webhooks/webhook-limits.js';
import { EVENT_TYPES } from '../../storage/events/events.js';
import { DELIVERY_STATUSES } from '../../storage/webhooks/webhooks.js';

const Url = Type.String({
  title: 'WebhookUrl',
  maxLength: limits.urlCharacters,
  description: 'Address of the endpoint: https and public, unless the operator allows another.',
  examples: ['https://example.org/hooks/assay'],
});
const EventTypes = Type.Array(Type.Enum(EVENT_TYPES, { title: 'EventType' }), {
  uniqueItems: true,
  maxItems: EVENT_TYPES.length,
  description: 'Events that the webhook receives. Empty or absent: all except `log.head`.',
});
const Description = Type.String({
  maxLength: limits.descriptionCharacters,
  description: 'Description for people.',
});
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
      Type.Union([Type.Null(), Description], { description: 'Description for people; null removes it.' }),
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
            description:
              'Reason why the webhook is disabled. `gone`: the endpoint responded 410. `asked`: a PATCH request disabled it.',
          }),
        },
        { title: 'WebhookDisabled' },
      ),
    ),
    secretFault: Type.Optional(
      Type.Enum([SECRET_ERROR_CODE], {
        title: 'SecretFault',
        description:
          'Present only if no key of this server decrypts the webhook’s secret: messages cannot be signed and are queued. ' +
          '`POST /v1/webhooks/{id}/secret` creates a new secret, after which they are sent.',
      }),
    ),
  },
  { title: 'Webhook' },
);

const Status = Type.Integer({ description: 'HTTP status that the endpoint returned.' });
const Code = Type.String({
  description:
    'Reason why the endpoint returned no status, such as `ECONNREFUSED`, `timeout`, `target.private` or `secret.notOpened`.',
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
      description: '`dead`: the server stopped trying to deliver the message; it can be replayed.',
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
    body: Type.String({ description: 'Body of the message, exactly as signed and sent.' }),
  },
  { title: 'Delivery' },
);

const word = (description: string) => Type.Optional(Type.String({ description }));
const number = Type.Optional(Type.Integer({ minimum: 0 }));

/** Body of a webhook message. It is built by body.ts and the writers of events; a test compares them with this schema. */
export const WebhookMessageSchema = Type.Object(
  {
    type: Type.Enum([...EVENT_TYPES, 'webhook.test'], {
      description: 'Type of the event. `webhook.test`: test message requested by a client.',
    }),
    timestamp: Time,
    data: Type.Object(
      {
        id: Type.String({
          description: 'Id of the object that the event concerns; in a test message, id of the webhook.',
        }),
        origin: word('`inspection.done`: origin that the file declares, as in the Report.'),
        headline: Type.Optional(
          Type.Object(
            {
              id: Type.String(),
              params: Type.Optional(Type.Unsafe<object>({ type: 'object' })),
              text: Type.Optional(Type.String()),
            },
            { description: '`inspection.done`: headline of the Report; `text` is in English.' },
          ),
        ),
        cached: Type.Optional(
          Type.Boolean({
            description: '`inspection.done`: whether the result of an earlier inspection was reused.',
          }),
        ),
        code: word('`inspection.failed`: code of the failure.'),
        supersededBy: word('`inspection.superseded`: id of the recheck.'),
        caseRef: word('The newsroom’s own reference for the story.'),
        tags: Type.Optional(Type.Array(Type.String(), { description: 'Tags set by the newsroom.' })),
        batch: word('Id of the batch that the inspection belongs to.'),
        batchItem: Type.Optional(
          Type.Integer({ minimum: 1, description: 'Position of the inspection in the batch, from 1.' }),
        ),
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
        message: Type.Optional(
          Type.Object({
            id: Type.String(),
            params: Type.Optional(Type.Object({}, { additionalProperties: true })),
          }),
        ),
        list: Type.Optional(Type.String()),
        collection: word('`match.found`: id of the collection that contains the matching item.'),
        item: Type.Optional(Type.String()),
        kind: Type.Optional(Type.String()),
        distance: number,
        of: number,
        tier: Type.Optional(Type.String()),
        orientation: Type.Optional(Type.String()),
        size: number,
        head: word('`log.head`: signed head in the format of C2SP’s tlog-checkpoint.'),
        more: Type.Optional(
          Type.Literal(true, {
            description: '`match.found`: there are more matches than were searched or are returned.',
          }),
        ),
      },
      {
        description: `Data of the event: the id, and those other members that apply. If the message exceeds ${limits.bodyBytes} bytes, only the id is sent.`,
      },
    ),
  },
  {
    $id: 'WebhookMessage',
    title: 'WebhookMessage',
    description:
      'Event as sent to webhooks. It contains only essential data; request the rest with an API key.',
  },
);
