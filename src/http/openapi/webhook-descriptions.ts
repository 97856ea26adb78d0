import { message } from '../../i18n/message.js';
import { EVENT_TYPES, type EventType } from '../../storage/events/events.js';

const MEANINGS: Readonly<Record<EventType, string>> = {
  'inspection.done': 'An inspection has finished with a Report',
  'inspection.failed': 'An inspection ended without a Report',
  'inspection.superseded': 'A recheck came to a different result',
  'batch.done': 'All inspections of a batch have ended',
  'law.rejudged': 'Stored Reports were evaluated under changed law',
  'match.found':
    'An inspected file looks or sounds like an item of a watched collection; with `more` and no `item`, the search could not be completed',
  'log.head': 'The log has a new signed head; only webhooks that name this event receive it',
};

const WORDS = { caseRef: 'the harbour story', tags: ['front page'] };
const [INSPECTION, RECHECK, BATCH, REJUDGEMENT, COLLECTION, ITEM] = [
  ...['8d4c1a52', 'b07e93f6', '2f61c8d0', '51a7e0c4', 'e2b94d17', '96c03fa8'],
].map((start) => `${start}-6f0e-4c3b-9a57-3d1e8b24c690`);

/** Example data of each event, for an inspection with a case and tags; a test compares them with what the program sends. */
const EXAMPLES: Readonly<Record<EventType, object>> = {
  'inspection.done': {
    id: INSPECTION,
    origin: 'ai-generated',
    headline: {
      id: 'headline.generated',
      params: { what: 'this', by: 'tool', tool: { id: 'text.quoted', params: { text: 'GPT-4o' } } },
      text: 'Says it was made with AI (“GPT-4o”)',
    },
    ...WORDS,
    batch: BATCH,
    batchItem: 1,
  },
  'inspection.failed': { id: INSPECTION, code: 'attempts-exhausted', ...WORDS, batch: BATCH, batchItem: 2 },
  'inspection.superseded': { id: INSPECTION, supersededBy: RECHECK, ...WORDS },
  'batch.done': { id: BATCH, total: 2, done: 1, failed: 1, cancelled: 0, ...WORDS },
  'law.rejudged': {
    id: REJUDGEMENT,
    ...{ reports: 1_206, judged: 1_204, changed: 5, newFindings: 3, endedFindings: 1, notJudged: 2 },
    message: message('rejudged.found', { found: 3, reports: 1_204 }),
    list: `/v1/law/rejudgements/${REJUDGEMENT}`,
  },
  'match.found': {
    id: INSPECTION,
    ...{ collection: COLLECTION, item: ITEM, kind: 'picture', distance: 7, of: 256, tier: 'same' },
    ...WORDS,
  },
  'log.head': {
    id: 'assay.example.org/desk',
    size: 4_096,
    head: 'assay.example.org/desk\n4096\nY2hlY2twb2ludCByb290IG9mIHRoaXMgZXhhbXBsZSE=\n\n— assay.example.org/desk AAAA\n',
  },
};

/** Returns the webhook messages in OpenAPI's terms: the server sends the request, and the receiver answers. */
export function describeWebhooks(): Record<string, unknown> {
  return Object.fromEntries(EVENT_TYPES.map((type) => [type, { post: describeEvent(type) }]));
}

function describeEvent(type: EventType) {
  return {
    operationId: `told${type.split('.').map(capital).join('')}`,
    tags: ['webhooks'],
    summary: MEANINGS[type],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/WebhookMessage' },
          examples: {
            [type]: { value: { type, timestamp: '2026-11-26T12:00:00.000Z', data: EXAMPLES[type] } },
          },
        },
      },
    },
    responses: {
      '2XX': { description: 'The message was received.' },
      '410': { description: 'The receiver wants no further messages; the webhook is disabled.' },
    },
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
