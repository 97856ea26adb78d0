import { randomUUID } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { describeWebhooks } from '../../../src/http/openapi/webhook-descriptions.js';
import { WebhookMessageSchema } from '../../../src/http/webhooks/webhook-schemas.js';
import { message } from '../../../src/i18n/message.js';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../../src/service/inspections/versions.js';
import { Rejudger } from '../../../src/service/rejudging/rejudger.js';
import { buildBody } from '../../../src/service/webhooks/body.js';
import { createSecret } from '../../../src/service/webhooks/secret.js';
import { newInspectionId } from '../../../src/storage/engine/record-id.js';
import { MatchWatchProgress } from '../../../src/storage/fingerprints/match-watch.js';
import type { NewInspection } from '../../../src/storage/inspections/inspections.js';
import type { Stores } from '../../../src/storage/stores.js';
import { DeliveryRepository } from '../../../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../../../src/storage/webhooks/kysely-webhooks.js';
import { describeOnBoth } from '../../contracts/stores.js';
import { shellReport } from '../../http/shell-report.js';
import { inEnglish } from '../../i18n/english.js';
import { TEST_KEYS } from '../../support/secret-keys.js';

const NOW = '2026-11-26T12:00:00.000Z';
const isMessage = Compile(WebhookMessageSchema);
const WORDS = { caseRef: 'the harbour story', tags: ['front page', '头版'] };

const news = (over: Partial<NewInspection> = {}): NewInspection => ({
  ...{ id: newInspectionId(), tenant: 'a', createdAt: NOW },
  request: {
    ...{ name: 'SECRET-name.png', engine: 'auto', asOf: '2026-11-25' },
    ...{ asOfSource: 'requested', hasSidecar: false },
  },
  ...over,
});
const shell = shellReport({ name: 'SECRET-name.png', asOf: '2026-11-25' }, Buffer.from('x'));
const ANSWER = {
  origin: 'none',
  headline: { id: 'headline.nothing', text: inEnglish('headline.nothing') },
};
const result = (answer: string[] = []) => ({
  report: { ...shell, summary: { ...shell.summary, headline: message('headline.nothing') } },
  versions: { tool: '1', engines: [], lists: [], rulebooks: [], programs: [] },
  finishedAt: NOW,
  changes: { reasons: [], answer: answer.map((pointer) => ({ pointer })) },
});

interface Message {
  type: string;
  data: Record<string, unknown>;
}

/** Returns the example of such an event from the API's description. */
function exampleOf(message: Message | undefined): Message {
  const described = describeWebhooks()[message?.type ?? ''] as {
    post: { requestBody: { content: Record<string, { examples: Record<string, { value: Message }> }> } };
  };
  const [example, ...others] = Object.values(
    described.post.requestBody.content['application/json']?.examples ?? {},
  );
  if (example === undefined || others.length > 0) throw new Error(`no one example of ${message?.type}`);
  expect([...isMessage.Errors(example.value)]).toEqual([]);
  return example.value;
}

/** Returns the members in order, each with the kind of its value; ids, texts and numbers may differ. */
const shapeOf = (message: Message | undefined) => [
  ...[Object.keys(message ?? {}), message?.type],
  ...Object.entries(message?.data ?? {}).map(([name, value]) => [name, Array.isArray(value) || typeof value]),
];

describeOnBoth('what webhooks are told', (open) => {
  async function told(happen: (stores: Stores) => Promise<unknown>) {
    const stores = await open();
    const webhooks = new WebhookRepository(stores.database, TEST_KEYS);
    const id = randomUUID();
    const hook = { id, tenant: 'a', url: 'https://example.org/', events: [], createdAt: NOW };
    await webhooks.create({ ...hook, secret: createSecret() }, 9);
    await happen(stores);
    const deliveries = new DeliveryRepository(stores.database, stores.events);
    await deliveries.createFromEvents(100, NOW, buildBody);
    const { items } = await deliveries.deliveries('a', id, {}, { limit: 100 });
    return items.map(({ body }) => {
      expect(body).not.toContain('SECRET');
      const message: Message = JSON.parse(body);
      expect([...isMessage.Errors(message)]).toEqual([]);
      return message;
    });
  }

  it('has case, tags, batch and place of an inspection, done or failed, and of the batch', async () => {
    const batch = newInspectionId();
    const items = [1, 2].map((batchItem) => news({ ...WORDS, batchId: batch, batchItem }));
    const [one, other] = items.map(({ id }) => id);
    const messages = await told(async ({ batches, inspections }) => {
      await batches.create({
        ...{ id: batch, tenant: 'a', createdAt: NOW, ...WORDS },
        ...{ inspections: items, uploads: [] },
      });
      await inspections.finish('a', one ?? '', result());
      await inspections.fail(
        'a',
        other ?? '',
        { code: 'attempts-exhausted', message: message('text.asWritten', { text: 'no' }) },
        NOW,
      );
    });
    expect(messages).toHaveLength(3);
    for (const message of messages) expect(shapeOf(message)).toEqual(shapeOf(exampleOf(message)));
    expect(messages).toEqual(
      expect.arrayContaining([
        {
          ...{ type: 'inspection.done', timestamp: NOW },
          data: { id: one, ...ANSWER, ...WORDS, batch, batchItem: 1 },
        },
        {
          ...{ type: 'inspection.failed', timestamp: NOW },
          data: { id: other, code: 'attempts-exhausted', ...WORDS, batch, batchItem: 2 },
        },
        {
          ...{ type: 'batch.done', timestamp: NOW },
          data: { id: batch, total: 2, done: 1, failed: 1, cancelled: 0, ...WORDS },
        },
      ]),
    );
  });

  it('leaves out what there is not, and has the words of now', async () => {
    const [plain, named] = [news(), news({ tags: ['before'] })];
    const again = news({ supersedes: named.id });
    const messages = await told(async ({ inspections }) => {
      await inspections.createDone(plain, result());
      await inspections.create(named);
      await inspections.patch('a', named.id, { tags: WORDS.tags, caseRef: WORDS.caseRef });
      await inspections.finish('a', named.id, result());
      await inspections.createDone(again, result(['/summary/origin']));
    });
    expect(messages).toEqual(
      expect.arrayContaining([
        { type: 'inspection.done', timestamp: NOW, data: { id: plain.id, ...ANSWER, tags: [] } },
        { type: 'inspection.done', timestamp: NOW, data: { id: named.id, ...ANSWER, ...WORDS } },
        {
          ...{ type: 'inspection.superseded', timestamp: NOW },
          data: { id: named.id, supersededBy: again.id, ...WORDS },
        },
      ]),
    );
    const superseded = messages.find(({ type }) => type === 'inspection.superseded');
    expect(shapeOf(superseded)).toEqual(shapeOf(exampleOf(superseded)));
  });

  it('has of kept Reports that were asked again their counts and the sentence by its id', async () => {
    const id = newInspectionId();
    const messages = await told(async (stores) => {
      await stores.inspections.createDone(news(), result());
      const ask = { asOf: '2026-11-28', asOfSource: 'today' as const };
      const createdAt = new Date().toISOString();
      await stores.rejudgements.create({ id, tenant: 'a', createdAt, ask });
      const files = new JobUploads('/nowhere');
      const versions = new AnswerInputs('/nowhere');
      await new Rejudger({ ...stores, files, versions, leaseMillis: 30_000 }).runOnce();
    });
    const sent = messages.find(({ type }) => type === 'law.rejudged');
    expect(shapeOf(sent)).toEqual(shapeOf(exampleOf(sent)));
    expect(sent?.data).toMatchObject({
      ...{ id, reports: 1, judged: 1, newFindings: 0 },
      message: message('rejudged.found', { found: 0, reports: 1 }),
    });
  });

  it('has of an item of a watched collection where it is and how near, and no word of either file', async () => {
    const [id, collection, item] = [newInspectionId(), randomUUID(), randomUUID()];
    const messages = await told(async ({ inspections, database, events }) => {
      await inspections.createDone(news({ id, ...WORDS }), result());
      const { position } = await database.query
        .selectFrom('match_watch')
        .selectAll()
        .executeTakeFirstOrThrow();
      const match = { collection, item, kind: 'picture', distance: 7, of: 256, tier: 'same' };
      const step = {
        kind: 'inspections' as const,
        from: Number(position),
        to: Number(position) + 1,
        rows: [],
      };
      const watch = new MatchWatchProgress(database, events);
      expect(await watch.advance(step, [{ tenant: 'a', inspection: id, data: match }], NOW)).toBe(true);
      // A watcher that repeats a step that was done meanwhile reports nothing.
      expect(await watch.advance(step, [{ tenant: 'a', inspection: id, data: match }], NOW)).toBe(false);
    });
    const [message, ...more] = messages.filter(({ type }) => type === 'match.found');
    expect(more).toEqual([]);
    expect(shapeOf(message)).toEqual(shapeOf(exampleOf(message)));
    expect(message?.data).toMatchObject({ id, collection, item, distance: 7, tier: 'same' });
  });
});

it('a message stays below what receivers take, with as many words as a desk may give', () => {
  const tags = Array.from({ length: 50 }, (_, number) => `${number}`.padEnd(64, '字'));
  const body = buildBody({
    type: 'inspection.done',
    at: NOW,
    subject: 'x',
    data: { caseRef: '字'.repeat(200), tags },
  });
  expect(JSON.parse(body).data).toMatchObject({ id: 'x', tags });
  const most = buildBody({
    type: 'inspection.done',
    at: NOW,
    subject: 'x',
    data: { caseRef: 'y'.repeat(20_000) },
  });
  expect(JSON.parse(most).data).toEqual({ id: 'x' });
});
