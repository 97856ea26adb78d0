import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import { doneRecord } from '../../src/storage/inspections/inspection-rows.js';
import type {
  AnswerVersions,
  FinishedInspection,
  InspectionStatus,
  NewInspection,
} from '../../src/storage/inspections/inspections.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth } from '../contracts/stores.js';
import { oldTexts } from '../core/renderers/report-literal.js';
import { NOTHING_STATED, shellReport } from '../http/shell-report.js';

const WHOLE = { ...NOTHING_STATED, coverage: { state: 'complete' as const, unread: [] } };

const AT = '2026-11-25T10:00:00.000Z';
const LATER = '2026-11-25T10:00:01.000Z';

const VERSIONS: AnswerVersions = {
  tool: '0.2.0',
  engines: ['native 0.8.0 (c2pa-rs 0.90.1)'],
  lists: [{ name: 'C2PA-TRUST-LIST.pem', sha256: 'a'.repeat(64), date: '2026-08-05' }],
  rulebooks: [{ id: 'eu-ai-act', edition: '2026-11-01', sha256: 'b'.repeat(64) }],
  programs: ['ffmpeg'],
};

function news(over: Partial<NewInspection> = {}): NewInspection {
  return {
    id: randomUUID(),
    tenant: 'local',
    createdAt: AT,
    request: {
      name: 'ünïcode “name”.png',
      asOf: '2026-11-25',
      asOfSource: 'today',
      engine: 'auto',
      hasSidecar: false,
    },
    ...over,
  };
}

function report(over: Partial<StoredReport> = {}, bytes = 'bytes'): StoredReport {
  return { ...shellReport({ name: 'ünïcode “name”.png', asOf: '2026-11-25' }, Buffer.from(bytes)), ...over };
}

function result(over: Partial<FinishedInspection> = {}): FinishedInspection {
  return { report: report(), versions: VERSIONS, finishedAt: LATER, ...over };
}

/** Queues, takes and finishes an inspection as a worker does. */
async function done(
  stores: Stores,
  one: NewInspection,
  over: Partial<FinishedInspection> = {},
): Promise<void> {
  await stores.inspections.create(one);
  const job = await stores.queue.take(60_000);
  expect(job?.id).toBe(one.id);
  await stores.inspections.start(one.tenant, one.id, AT);
  expect(await stores.inspections.finish(one.tenant, one.id, result(over))).toBe(true);
  if (job) await stores.queue.complete(job);
}

async function events(stores: Stores) {
  return stores.database.query.transaction().execute((inside) => stores.events.next(inside, 1000));
}

describeOnBoth('the store of inspections', (open) => {
  describe('accepting', () => {
    it('has the inspection and its job once it is accepted', async () => {
      const stores = await open();
      const one = news({
        sizeBytes: 5 * 1024 ** 3,
        caseRef: 'story',
        tags: ['war', '戦'],
        batchId: 'b',
        expiresAt: LATER,
      });
      await stores.inspections.create(one);
      expect(await stores.inspections.get('local', one.id)).toEqual({
        ...one,
        status: 'queued',
        attempts: 0,
        notes: [],
      });
      expect(await stores.queue.depth()).toEqual({ waiting: 1, running: 0 });
      expect(await stores.queue.oldestWaitingSeconds()).toBeGreaterThanOrEqual(0);
      expect(await stores.queue.take(1000)).toMatchObject({ id: one.id, tenant: 'local' });
      expect(await stores.queue.oldestWaitingSeconds()).toBeUndefined();
    });

    it('has neither where the transaction around it fails', async () => {
      const stores = await open();
      const one = news();
      const failing = stores.database.query.transaction().execute(async (inside) => {
        await stores.inspections.create([one, news()], inside);
        throw new Error('the caller’s own');
      });
      await expect(failing).rejects.toThrow('the caller’s own');
      expect(await stores.inspections.get('local', one.id)).toBeUndefined();
      expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    it('takes a batch of more rows than one statement holds', async () => {
      const stores = await open();
      const all = Array.from({ length: 1_201 }, () => news({ batchId: 'many', tags: ['t'] }));
      await stores.inspections.create(all);
      expect(await stores.inspections.countByStatus('local', { batchId: 'many' })).toMatchObject({
        queued: 1_201,
      });
      expect(await stores.queue.depth()).toEqual({ waiting: 1_201, running: 0 });
    });

    it('takes no id that is none of its own', async () => {
      const { inspections } = await open();
      for (const id of ['', '..', '../../etc/passwd', 'x'.repeat(10_000), '__proto__', 'a\0b']) {
        await expect(inspections.create(news({ id }))).rejects.toMatchObject({ code: 'store.bad-id' });
        await expect(inspections.createDone(news({ id }), result())).rejects.toMatchObject({
          code: 'store.bad-id',
        });
        expect(await inspections.get('local', id)).toBeUndefined();
        expect(await inspections.delete('local', id)).toBe(false);
      }
    });
  });

  describe('results', () => {
    it('gives back the Report byte for byte, with what decided it', async () => {
      const stores = await open();
      const one = news();
      const answer = report({
        summary: {
          ...WHOLE,
          origin: 'none',
          ...oldTexts({ sentence: 'NUL \0, a half \ud800 and “quotes”' }),
        },
      });
      await done(stores, one, { report: answer });
      const record = await stores.inspections.get('local', one.id);
      expect(record).toMatchObject({
        status: 'done',
        attempts: 1,
        startedAt: AT,
        finishedAt: LATER,
        versions: VERSIONS,
        sha256: answer.asset.sha256,
        sizeBytes: 5,
      });
      expect(record?.report).toBe(JSON.stringify(answer));
      expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    it('keeps one that is done at once as it says beforehand, once for each kind', async () => {
      const stores = await open();
      const one = news({ sha256: 'c'.repeat(64), sizeBytes: 5, caseRef: 'Desk', tags: ['a'] });
      const [first, last] = ['{"old":1}', '{"new":1}'].map((text) => ({
        kind: 'evidence' as const,
        mediaType: 'application/json',
        content: Buffer.from(text),
      }));
      if (first === undefined || last === undefined) throw new Error('two were made');
      const made = result({ startedAt: AT, answerKey: 'key', derivatives: [first, last] });
      await stores.inspections.createDone(one, made);
      const kept = await stores.inspections.get('local', one.id);
      expect(kept).toEqual({ ...doneRecord(one, made), report: JSON.stringify(made.report) });
      expect(await stores.inspections.getDerivative('local', one.id, 'evidence')).toMatchObject({
        content: last.content,
      });
      expect(await events(stores)).toEqual([
        expect.objectContaining({
          type: 'inspection.done',
          data: expect.objectContaining({ caseRef: 'Desk', tags: ['a'] }),
        }),
      ]);
      expect((await stores.inspections.list('local', { tag: 'a' }, { limit: 5 })).items).toHaveLength(1);
    });

    it('keeps one result of a job that runs twice, and says so to the second', async () => {
      const stores = await open();
      const one = news();
      await stores.inspections.create(one);
      expect(await stores.inspections.start('local', one.id, AT)).toMatchObject({
        status: 'running',
        attempts: 1,
      });
      expect(await stores.inspections.start('local', one.id, AT)).toMatchObject({
        status: 'running',
        attempts: 2,
      });
      const first = result({ report: report({}, 'first') });
      expect(await stores.inspections.finish('local', one.id, first)).toBe(true);
      expect(await stores.inspections.finish('local', one.id, result())).toBe(false);
      expect(
        await stores.inspections.fail(
          'local',
          one.id,
          { code: 'late', message: message('text.asWritten', { text: '' }) },
          AT,
        ),
      ).toBe(false);
      expect(await stores.inspections.start('local', one.id, AT)).toBeUndefined();
      expect((await stores.inspections.get('local', one.id))?.report).toBe(JSON.stringify(first.report));
      expect((await events(stores)).map(({ type }) => type)).toEqual(['inspection.done']);
    });

    it('keeps one result where two finish at the same time', async () => {
      const stores = await open();
      const one = news();
      await stores.inspections.create(one);
      const ends = await Promise.all([
        stores.inspections.finish('local', one.id, result()),
        stores.inspections.finish('local', one.id, result()),
        stores.inspections.fail(
          'local',
          one.id,
          { code: 'c', message: message('text.asWritten', { text: 'm' }) },
          AT,
        ),
      ]);
      expect(ends.filter((end) => end)).toHaveLength(1);
      expect(await events(stores)).toHaveLength(1);
    });

    it('says why it failed', async () => {
      const stores = await open();
      const one = news();
      await stores.inspections.create(one);
      await stores.inspections.start('local', one.id, AT);
      const error = {
        code: 'attempts-exhausted',
        message: message('text.asWritten', { text: 'It took four workers down.' }),
      };
      expect(await stores.inspections.fail('local', one.id, error, LATER)).toBe(true);
      expect(await stores.inspections.get('local', one.id)).toMatchObject({
        status: 'failed',
        error: { code: error.code, userMessage: error.message },
        finishedAt: LATER,
      });
      expect(await events(stores)).toMatchObject([
        { type: 'inspection.failed', subject: one.id, tenant: 'local', data: { code: 'attempts-exhausted' } },
      ]);
    });

    it('keeps what was answered at once, without a job', async () => {
      const stores = await open();
      const one = news();
      await stores.inspections.createDone(one, result());
      expect(await stores.inspections.get('local', one.id)).toMatchObject({
        status: 'done',
        finishedAt: LATER,
      });
      expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    it('goes back to the queue uncounted when the worker was told to stop', async () => {
      const { inspections } = await open();
      const one = news();
      await inspections.create(one);
      await inspections.start('local', one.id, AT);
      await inspections.requeue('local', one.id, 'uncounted');
      expect(await inspections.get('local', one.id)).toMatchObject({ status: 'queued', attempts: 0 });
    });
  });

  describe('tries', () => {
    it('counts starts that never came to an end, and no others', async () => {
      const { inspections } = await open();
      const one = news();
      await inspections.create(one);
      expect((await inspections.start('local', one.id, AT))?.interrupted).toBeUndefined();
      await inspections.requeue('local', one.id, 'uncounted');
      expect((await inspections.start('local', one.id, AT))?.interrupted).toBeUndefined();
      expect(await inspections.start('local', one.id, AT)).toMatchObject({ interrupted: 1, attempts: 2 });
      await inspections.requeue('local', one.id, 'counted');
      expect(await inspections.start('local', one.id, AT)).toMatchObject({ interrupted: 1, faults: 1 });
    });

    it('tells whoever begins what happened before, and leaves it queued where they then do not', async () => {
      const { inspections } = await open();
      const one = news();
      await inspections.create(one);
      const told: object[] = [];
      const start = (begins: boolean) =>
        inspections.start('local', one.id, AT, (tries) => {
          told.push(tries);
          return begins;
        });
      await start(true);
      const put = await start(false);
      expect(put).toMatchObject({ status: 'queued', interrupted: 1, attempts: 1 });
      expect(put?.startedAt).toBeUndefined();
      expect(await start(true)).toMatchObject({ status: 'running', attempts: 2, startedAt: AT });
      expect(told).toEqual([
        { interrupted: 0, died: false },
        { interrupted: 1, died: true },
        { interrupted: 1, died: false },
      ]);
      expect(await inspections.finish('local', one.id, result())).toBe(true);
      expect(await start(true)).toBeUndefined();
    });

    it('tries one that failed again as if it had never been begun, and nothing else', async () => {
      const stores = await open();
      const { inspections, queue } = stores;
      const [one, other] = [news({ expiresAt: LATER, tags: ['t'] }), news()];
      await inspections.create(one);
      expect(await inspections.retry('local', one.id)).toBe(false);
      const lost = await queue.take(60_000);
      await inspections.start('local', one.id, AT);
      await inspections.start('local', one.id, AT);
      const failure = {
        code: 'internal',
        message: message('text.asWritten', { text: 'm' }),
        uploadKeptUntil: LATER,
      };
      await inspections.fail('local', one.id, failure, AT);
      expect(await inspections.get('local', one.id)).toMatchObject({ uploadKeptUntil: LATER });
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0 });
      for (const id of [other.id, 'x']) expect(await inspections.retry('local', id)).toBe(false);
      expect(await inspections.retry('theirs', one.id)).toBe(false);

      const both = await Promise.all([
        inspections.retry('local', one.id),
        inspections.retry('local', one.id),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await inspections.get('local', one.id)).toEqual({
        ...one,
        status: 'queued',
        attempts: 0,
        notes: [],
      });
      // The earlier owner of a failed job takes nothing away from the present one.
      if (lost) await queue.complete(lost);
      const again = await queue.take(60_000);
      expect(again).toMatchObject({ id: one.id });
      if (lost) await queue.complete(lost);
      if (lost) await queue.release(lost, 0);
      expect(await queue.depth()).toEqual({ waiting: 0, running: 1 });
      await inspections.start('local', one.id, AT);
      expect(await inspections.finish('local', one.id, result())).toBe(true);
      expect((await events(stores)).map(({ type }) => type)).toEqual([
        'inspection.failed',
        'inspection.done',
      ]);
    });
  });

  describe('cancelling and deleting', () => {
    it('cancels what waits or runs, with its job, once', async () => {
      const stores = await open();
      const one = news();
      await stores.inspections.create(one);
      expect(await stores.inspections.cancel('other', one.id, LATER)).toBe(false);
      expect(await stores.inspections.cancel('local', one.id, LATER)).toBe(true);
      expect(await stores.inspections.cancel('local', one.id, LATER)).toBe(false);
      expect(await stores.queue.take(1000)).toBeUndefined();
      expect(await stores.inspections.start('local', one.id, AT)).toBeUndefined();
      expect(await stores.inspections.finish('local', one.id, result())).toBe(false);
      expect(await stores.inspections.get('local', one.id)).toMatchObject({ status: 'cancelled' });
    });

    it('cancels the unfinished of a batch and names them', async () => {
      const stores = await open();
      const [first, second, third] = [news({ batchId: 'b' }), news({ batchId: 'b' }), news({ batchId: 'c' })];
      await done(stores, first);
      await stores.inspections.create([second, third]);
      expect(await stores.inspections.cancelBatch('other', 'b', LATER)).toEqual([]);
      expect(await stores.inspections.cancelBatch('local', 'b', LATER)).toEqual([second.id]);
      expect(await stores.queue.depth()).toEqual({ waiting: 1, running: 0 });
      expect(await stores.inspections.countByStatus('local', { batchId: 'b' })).toEqual({
        queued: 0,
        running: 0,
        done: 1,
        failed: 0,
        cancelled: 1,
      });
    });

    it('counts origins, of those asked for, and those without an answer apart', async () => {
      const stores = await open();
      await done(stores, news({ caseRef: 'case' }));
      await done(stores, news());
      await stores.inspections.create(news({ caseRef: 'case' }));
      const { origin } = report().summary;
      expect(await stores.inspections.countByOrigin('local', {})).toEqual(
        new Map([
          [origin, 2],
          [undefined, 1],
        ]),
      );
      expect(await stores.inspections.countByOrigin('local', { caseRef: 'case' })).toEqual(
        new Map([
          [origin, 1],
          [undefined, 1],
        ]),
      );
      expect(await stores.inspections.countByOrigin('other', {})).toEqual(new Map());
    });

    it('deletes everything there is of it', async () => {
      const stores = await open();
      const one = news({ tags: ['tag'] });
      await done(stores, one, {
        derivatives: [{ kind: 'preview', mediaType: 'image/webp', content: Buffer.from('preview') }],
      });
      const waiting = news();
      await stores.inspections.create(waiting);
      expect(await stores.inspections.delete('other', one.id)).toBe(false);
      for (const { id } of [one, waiting]) {
        expect(await stores.inspections.delete('local', id)).toBe(true);
        expect(await stores.inspections.delete('local', id)).toBe(false);
        expect(await stores.inspections.get('local', id)).toBeUndefined();
      }
      const { query } = stores.database;
      for (const table of [
        'inspections',
        'inspection_reports',
        'inspection_facts',
        'inspection_derivatives',
        'inspection_jobs',
      ] as const) {
        expect(await query.selectFrom(table).selectAll().execute()).toEqual([]);
      }
      expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    });

    it('names what is past its day', async () => {
      const { inspections } = await open();
      const [past, kept, forever] = [
        news({ expiresAt: AT }),
        news({ expiresAt: '2027-01-01T00:00:00.000Z', tenant: 'b' }),
        news(),
      ];
      await inspections.create([past, kept, forever]);
      expect(await inspections.listExpired(LATER, 10)).toEqual([{ tenant: 'local', id: past.id }]);
      expect(await inspections.listExpired('2027-01-01T00:00:00.000Z', 1)).toHaveLength(1);
    });

    it('knows which uploads are still needed', async () => {
      const stores = await open();
      const [first, second] = [news(), news({ tenant: 'b' })];
      await done(stores, first);
      await stores.inspections.create(second);
      const [kept, over, gone] = [news(), news(), news()];
      await stores.inspections.create([kept, over, gone]);
      const error = { code: 'internal', message: message('text.asWritten', { text: 'm' }) };
      await stores.inspections.fail('local', kept.id, { ...error, uploadKeptUntil: LATER }, AT);
      await stores.inspections.fail('local', over.id, { ...error, uploadKeptUntil: AT }, AT);
      await stores.inspections.fail('local', gone.id, error, AT);
      const asked = [first.id, second.id, kept.id, over.id, gone.id, randomUUID()];
      expect(await stores.inspections.needingUpload(asked, AT)).toEqual(new Set([second.id, kept.id]));
    });
  });

  describe('tenants', () => {
    it('do not meet', async () => {
      const stores = await open();
      const one = news({ tenant: 'a', caseRef: 'case' });
      await done(stores, one, {
        answerKey: 'key',
        derivatives: [{ kind: 'crjson', mediaType: 'application/json', content: Buffer.from('{}') }],
      });
      const { inspections } = stores;
      expect(await inspections.get('b', one.id)).toBeUndefined();
      expect((await inspections.list('b', {}, { limit: 10 })).items).toEqual([]);
      expect(await inspections.countByStatus('b', {})).toMatchObject({ done: 0 });
      expect(await inspections.findCached('b', report().asset.sha256, 'key')).toBeUndefined();
      expect(await inspections.createCached(news({ tenant: 'b' }), { from: one.id, at: LATER })).toBe(false);
      expect(await inspections.patch('b', one.id, { caseRef: 'theirs' })).toBeUndefined();
      expect(await inspections.getDerivative('b', one.id, 'crjson')).toBeUndefined();
      expect(await inspections.listDerivatives('b', one.id)).toEqual([]);
      await inspections.putDerivatives('b', one.id, [
        { kind: 'crjson', mediaType: 'text/plain', content: Buffer.from('theirs') },
      ]);
      expect(await inspections.getDerivative('a', one.id, 'crjson')).toMatchObject({
        mediaType: 'application/json',
      });
      expect(await inspections.start('b', one.id, AT)).toBeUndefined();
      expect(await inspections.get('a', one.id)).toMatchObject({ caseRef: 'case' });
    });
  });

  describe('reuse', () => {
    it('finds the answer to the same question about the same bytes', async () => {
      const stores = await open();
      const one = news();
      await done(stores, one, { answerKey: 'key' });
      const { sha256 } = report().asset;
      expect(await stores.inspections.findCached('local', sha256, 'key')).toMatchObject({ id: one.id });
      expect(await stores.inspections.findCached('local', sha256, 'other')).toBeUndefined();
      expect(await stores.inspections.findCached('local', 'f'.repeat(64), 'key')).toBeUndefined();
      await stores.inspections.delete('local', one.id);
      expect(await stores.inspections.findCached('local', sha256, 'key')).toBeUndefined();
    });

    it('gives it again with all that belongs to it, and says whose it is', async () => {
      const stores = await open();
      const one = news({ tags: ['first'] });
      const signals: StoredReport['signals'] = [{ id: 'camera.exif', backing: 'unsigned', basis: [] }];
      await done(stores, one, {
        answerKey: 'key',
        report: report({ signals }),
        derivatives: [{ kind: 'preview', mediaType: 'image/webp', content: Buffer.from([0, 255, 1]) }],
      });
      const again = news({ tags: ['again'] });
      expect(await stores.inspections.createCached(again, { from: one.id, at: LATER })).toBe(true);
      const [before, after] = [
        await stores.inspections.get('local', one.id),
        await stores.inspections.get('local', again.id),
      ];
      expect(after).toMatchObject({
        status: 'done',
        cachedFrom: one.id,
        tags: ['again'],
        versions: VERSIONS,
      });
      expect(after?.report).toBe(before?.report);
      expect(await stores.inspections.getDerivative('local', again.id, 'preview')).toEqual({
        kind: 'preview',
        mediaType: 'image/webp',
        content: Buffer.from([0, 255, 1]),
      });
      const found = await stores.inspections.list('local', { signal: 'camera.exif' }, { limit: 10 });
      expect(found.items).toHaveLength(2);
      expect((await stores.inspections.list('local', { tag: 'first' }, { limit: 10 })).items).toHaveLength(1);
      expect(await stores.inspections.createCached(news(), { from: randomUUID(), at: LATER })).toBe(false);
    });

    it('gives it under another name, with nothing of the one before', async () => {
      const stores = await open();
      const { inspections } = stores;
      const [one, created, ended] = [news(), news(), news()];
      const kept = (kind: 'crjson' | 'evidence', text: string) =>
        ({ kind, mediaType: 'application/json', content: Buffer.from(text) }) as const;
      const named = (name: string, id: 'camera.exif' | 'file.mediaTypeMismatch') =>
        report({
          asset: { ...report().asset, name },
          summary: {
            ...report().summary,
            messages: { sentence: [message('text.asWritten', { text: `About ${name}.` })] },
          },
          signals: [{ id, backing: 'inferred', basis: [] }],
        });
      await done(stores, one, {
        report: named('before.png', 'file.mediaTypeMismatch'),
        derivatives: [kept('crjson', '{}'), kept('evidence', 'before.png')],
      });
      const own = named('after.png', 'camera.exif');
      const cached = { from: one.id, at: LATER, report: { report: own, text: JSON.stringify(own) } };
      const evidence = kept('evidence', 'after.png');
      expect(await inspections.createCached(created, { ...cached, derivatives: [evidence] })).toBe(true);
      await inspections.create(ended);
      expect(await inspections.finishCached('local', ended.id, cached)).toBe(true);
      for (const { id } of [created, ended]) {
        expect((await inspections.get('local', id))?.report).toBe(cached.report.text);
      }
      expect(await inspections.listDerivatives('local', created.id)).toEqual([
        kept('crjson', '{}'),
        evidence,
      ]);
      expect(await inspections.listDerivatives('local', ended.id)).toEqual([kept('crjson', '{}')]);
      const listed = async (signal: 'camera.exif' | 'file.mediaTypeMismatch') =>
        (await inspections.list('local', { signal }, { limit: 10 })).items.map(({ summary }) =>
          summary?.messages?.sentence.map(({ params }) => params?.['text']).join(''),
        );
      expect(await listed('camera.exif')).toEqual(['About after.png.', 'About after.png.']);
      expect(await listed('file.mediaTypeMismatch')).toEqual(['About before.png.']);
    });

    it('ends one that waits or runs with the answer of another, once', async () => {
      const stores = await open();
      const { inspections } = stores;
      const [one, waiting, cancelled] = [news(), news({ tags: ['own'] }), news()];
      const preview = { kind: 'preview', mediaType: 'image/webp', content: Buffer.from([1]) } as const;
      const crJson = { kind: 'crjson', mediaType: 'application/json', content: Buffer.from('{}') } as const;
      await done(stores, one, { answerKey: 'key', derivatives: [preview] });
      await inspections.create([waiting, cancelled]);
      await inspections.cancel('local', cancelled.id, AT);
      await inspections.start('local', waiting.id, AT);
      const cached = { from: one.id, at: LATER, derivatives: [crJson] };
      expect(await inspections.finishCached('local', waiting.id, { ...cached, from: randomUUID() })).toBe(
        false,
      );
      expect(await inspections.finishCached('b', waiting.id, cached)).toBe(false);
      expect(await inspections.get('local', waiting.id)).toMatchObject({ status: 'running' });
      for (const id of [waiting.id, waiting.id, cancelled.id]) {
        expect(await inspections.finishCached('local', id, cached)).toBe(true);
      }
      expect(await inspections.get('local', waiting.id)).toMatchObject({
        status: 'done',
        cachedFrom: one.id,
        tags: ['own'],
        startedAt: AT,
        finishedAt: LATER,
        report: (await inspections.get('local', one.id))?.report,
      });
      expect(await inspections.listDerivatives('local', waiting.id)).toEqual([crJson, preview]);
      expect(await inspections.get('local', cancelled.id)).toMatchObject({ status: 'cancelled' });
      const told = (await events(stores)).filter(({ subject }) => subject === waiting.id);
      expect(told).toMatchObject([{ type: 'inspection.done', data: { origin: 'none', cached: true } }]);
      expect(await inspections.findCached('local', report().asset.sha256, 'key')).toBeDefined();
    });

    it('marks the old answer superseded where a recheck came to another, and tells it', async () => {
      const stores = await open();
      const [old, same, other] = [news(), news(), news()];
      await done(stores, old, { answerKey: 'key' });
      await done(stores, { ...same, supersedes: old.id }, { changes: { reasons: [], answer: [] } });
      expect((await stores.inspections.get('local', old.id))?.supersededBy).toBeUndefined();
      const changes = {
        reasons: [{ what: 'list', name: 'C2PA-TRUST-LIST.pem', before: 'a', after: 'b' } as const],
        answer: [{ pointer: '/contentCredentials/signer/trust', before: 'unlisted', after: 'official' }],
      };
      await done(stores, { ...other, supersedes: old.id }, { changes });
      expect(await stores.inspections.get('local', old.id)).toMatchObject({ supersededBy: other.id });
      expect(await stores.inspections.get('local', other.id)).toMatchObject({ supersedes: old.id, changes });
      expect((await events(stores)).filter(({ type }) => type === 'inspection.superseded')).toMatchObject([
        { subject: old.id, data: { supersededBy: other.id } },
      ]);
      expect(await stores.inspections.findCached('local', report().asset.sha256, 'key')).toBeUndefined();
    });
  });

  describe('notes of the desk', () => {
    it('sets and takes away the case, replaces tags, adds notes', async () => {
      const { inspections } = await open();
      const one = news({ tags: ['old'] });
      await inspections.createDone(one, result());
      const note = (text: string) => ({ text, by: 'desk', at: AT });
      await inspections.patch('local', one.id, {
        caseRef: 'case',
        tags: ['a', 'b', 'a'],
        note: note('first'),
      });
      expect(await inspections.patch('local', one.id, { note: note('second') })).toMatchObject({
        caseRef: 'case',
        notes: [note('first'), note('second')],
      });
      expect(
        (await inspections.list('local', { tag: 'a', caseRef: 'case' }, { limit: 5 })).items,
      ).toHaveLength(1);
      expect((await inspections.list('local', { tag: 'old' }, { limit: 5 })).items).toEqual([]);
      const bare = await inspections.patch('local', one.id, { caseRef: null, tags: [] });
      expect(bare?.caseRef).toBeUndefined();
      expect(bare?.tags).toEqual([]);
    });

    it('adds a note once under its id', async () => {
      const { inspections } = await open();
      const one = news();
      await inspections.create(one);
      const note = { id: randomUUID(), text: 'first', by: 'desk', at: AT };
      await inspections.patch(one.tenant, one.id, { note });
      const again = await inspections.patch(one.tenant, one.id, { note, tags: ['set'] });
      expect(again).toMatchObject({ notes: [note], tags: ['set'] });
    });

    it('loses none of two notes written at once', async () => {
      const { inspections } = await open();
      const one = news();
      await inspections.createDone(one, result());
      const texts = Array.from({ length: 8 }, (_, number) => `note ${number}`);
      await Promise.all(
        texts.map((text) => inspections.patch('local', one.id, { note: { text, by: 'desk', at: AT } })),
      );
      const record = await inspections.get('local', one.id);
      expect(record?.notes.map(({ text }) => text).sort()).toEqual(texts);
    });

    it('knows nothing of what is not there', async () => {
      const { inspections } = await open();
      expect(await inspections.patch('local', randomUUID(), { tags: [] })).toBeUndefined();
      expect(await inspections.patch('local', 'no id', { tags: [] })).toBeUndefined();
    });
  });

  describe('lists', () => {
    it('walk all, newest first, whatever is added or deleted on the way', async () => {
      const { inspections } = await open();
      const all = Array.from({ length: 7 }, (_, number) =>
        news({ createdAt: `2026-11-25T10:00:0${number < 4 ? 0 : number}.000Z` }),
      );
      await inspections.create(all);
      const expected = [...all].sort((a, b) =>
        a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
      );
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await inspections.list('local', {}, { limit: 2, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
        await inspections.create(news({ createdAt: '2026-12-01T00:00:00.000Z' }));
        await inspections.delete('local', seen.at(-1) ?? '');
      } while (cursor !== undefined);
      expect(seen).toEqual(expected.map(({ id }) => id));
    });

    it('refuse a cursor that is none of theirs', async () => {
      const { inspections } = await open();
      const path = Buffer.from(`${AT} ../../etc`).toString('base64url');
      for (const cursor of ['', 'x', 'Zm9v', '%', path, 'A'.repeat(5_000)]) {
        await expect(inspections.list('local', {}, { limit: 2, cursor })).rejects.toMatchObject({
          code: 'store.bad-cursor',
        });
      }
    });

    it('find by each thing a Report says', async () => {
      const stores = await open();
      const finding = (rulebook: string, outcome: StoredReport['findings'][number]['outcome']) =>
        ({ rulebook, outcome }) as StoredReport['findings'][number];
      const plain = report();
      const signed = report(
        {
          asset: { ...plain.asset, sha256: 'c'.repeat(64), kind: 'image' },
          summary: {
            ...WHOLE,
            origin: 'ai-generated',
            backing: 'trusted',
            ...oldTexts({ sentence: 'It says so.' }),
          },
          contentCredentials: { presence: 'present', signer: { name: 'Google\0 LLC', trust: 'official' } },
          signals: [
            {
              id: 'gb45438.label',
              backing: 'unsigned',
              basis: [],
            } as unknown as StoredReport['signals'][number],
            { id: 'camera.exif', backing: 'unsigned', basis: [] },
          ],
          findings: [finding('cn', 'answered'), finding('cn', 'answered'), finding('eu', 'no-signal-found')],
        },
        'signed',
      );
      const [one, two] = [
        news({ createdAt: '2026-11-26T00:00:00.000Z', batchId: 'b' }),
        news({ caseRef: 'c' }),
      ];
      await done(stores, one, { report: signed });
      await done(stores, two, { report: plain });
      const filters = [
        { sha256: 'c'.repeat(64) },
        { origin: 'ai-generated' },
        { backing: 'trusted' },
        { signal: 'camera.exif' },
        { label: 'gb45438' },
        { outcome: 'answered' },
        { rulebook: 'eu' },
        { rulebook: 'cn', outcome: 'answered' },
        { signer: 'Google\uFFFD LLC' },
        { kind: 'image' },
        { from: '2026-11-26T00:00:00.000Z' },
        { batchId: 'b' },
        { origin: 'ai-generated', kind: 'image', status: 'done' },
      ] as const;
      for (const filter of filters) {
        const { items } = await stores.inspections.list('local', filter, { limit: 10 });
        expect(
          items.map(({ id }) => id),
          JSON.stringify(filter),
        ).toEqual([one.id]);
        const others = { ...filter, to: '2026-11-26T00:00:00.000Z' };
        expect((await stores.inspections.list('local', others, { limit: 10 })).items).toEqual([]);
      }
      const none = { rulebook: 'eu', outcome: 'answered' } as const;
      expect((await stores.inspections.list('local', none, { limit: 10 })).items).toEqual([]);
      const { items } = await stores.inspections.list('local', { caseRef: 'c' }, { limit: 10 });
      expect(items).toMatchObject([{ id: two.id, summary: { origin: 'none', kind: 'other' } }]);
      expect(items[0]).not.toHaveProperty('report');
    });

    it('find by what a person remembers of the name, the signer or the case, and by nothing else', async () => {
      const stores = await open();
      const named = (name: string, over: Partial<NewInspection> = {}) =>
        news({ ...over, request: { ...news().request, name } });
      const signed = { presence: 'present', signer: { name: 'Google LLC', trust: 'official' } } as const;
      const ways = [
        named('Harbour_1 100%.PNG'),
        named('b.png', { caseRef: 'Flood “2026” \\' }),
        named('c.png'),
      ];
      for (const one of ways) await stores.inspections.create(one);
      await stores.inspections.finish(
        'local',
        ways[2]?.id ?? '',
        result({ report: report({ contentCredentials: signed }) }),
      );
      const found = async (words: string) =>
        (await stores.inspections.list('local', { words }, { limit: 10 })).items.map(
          ({ request }) => request.name,
        );
      expect(await found('harbour')).toEqual(['Harbour_1 100%.PNG']);
      expect(await found('100%')).toEqual(['Harbour_1 100%.PNG']);
      expect(await found('r_1')).toEqual(['Harbour_1 100%.PNG']);
      expect(await found('FLOOD “')).toEqual(['b.png']);
      expect(await found('\\')).toEqual(['b.png']);
      expect(await found('google')).toEqual(['c.png']);
      // Neither wildcards nor other columns of the row match.
      for (const words of ['b_png', '%b%', '2026-11-25', 'asOf', "' or 1=1 --"])
        expect(await found(words)).toEqual([]);
    });

    it('tell of which a picture was made, to their tenant alone', async () => {
      const { inspections } = await open();
      const [one, two] = [news(), news()];
      for (const each of [one, two]) await inspections.create(each);
      const picture = { kind: 'preview', mediaType: 'image/webp', content: Buffer.from('x') } as const;
      await inspections.putDerivatives('local', one.id, [picture]);
      const ids = [one.id, two.id];
      expect([...(await inspections.withDerivative('local', ids, 'preview'))]).toEqual([one.id]);
      const names = await inspections.fileNames('local', [...ids, randomUUID()]);
      expect([...names.keys()].sort()).toEqual([...ids].sort());
      expect(names.get(one.id)).toBe(one.request.name);
      expect((await inspections.fileNames('other', ids)).size).toBe(0);
      expect((await inspections.withDerivative('local', ids, 'thumbnail')).size).toBe(0);
      expect((await inspections.withDerivative('other', ids, 'preview')).size).toBe(0);
      expect((await inspections.withDerivative('local', [], 'preview')).size).toBe(0);
    });
  });

  it('says that a row is damaged, never that it is not there', async () => {
    const stores = await open();
    const one = news();
    await stores.inspections.createDone(one, result());
    const { query } = stores.database;
    for (const broken of [{ request: '{"name' }, { status: 'odd' as InspectionStatus }]) {
      await query.updateTable('inspections').set(broken).where('id', '=', one.id).execute();
      await expect(stores.inspections.get('local', one.id)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'store.corrupt',
      });
    }
    expect(await stores.inspections.delete('local', one.id)).toBe(true);
  });

  it('takes many at once', async () => {
    const stores = await open();
    const all = Array.from({ length: 20 }, () => news());
    await Promise.all(all.map((one) => stores.inspections.create(one)));
    expect(await stores.queue.depth()).toEqual({ waiting: 20, running: 0 });
  });
});
