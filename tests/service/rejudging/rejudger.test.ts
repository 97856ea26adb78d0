import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { applyLawToReport } from '../../../src/core/law/reevaluate.js';
import type { Rule, Rulebook } from '../../../src/core/law/rulebook.js';
import { getLawInForce, loadRulebooks, setLawInForce } from '../../../src/core/law/rulebooks/index.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { inspect } from '../../../src/index.js';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../../src/service/inspections/versions.js';
import { Rejudger, type RejudgerParts } from '../../../src/service/rejudging/rejudger.js';
import type { StoredRequest } from '../../../src/storage/inspections/inspections.js';
import type { RejudgementOptions } from '../../../src/storage/law/rejudgements.js';
import type { Stores } from '../../../src/storage/stores.js';
import { fixture } from '../../cli/spawn-assay.js';
import { describeOnBoth } from '../../contracts/stores.js';
import { temporaryDirectory } from '../../http/posting.js';
import { BOOK } from '../law-updates/law.js';

const DAY = '2026-11-28';
const [MARKED, PLAIN, SIGNED] = [
  'labels/jpeg-iptc-trained.jpg',
  'plain/plain.png',
  'c2pa/png-c2pa-trained.png',
];

/** Reports of files that were read once; each is stored under another id. */
const seen = new Map<string, StoredReport>();
beforeAll(async () => {
  for (const name of [MARKED, PLAIN, SIGNED]) seen.set(name, toStoredReport(await inspect(fixture(name))));
});
afterAll(() => setLawInForce());

/** Installs the program's law with one clause of its rulebook for Viet Nam replaced, or without that rulebook. */
function lawWith(clause: Partial<Rule> | undefined): void {
  setLawInForce();
  const books = loadRulebooks().flatMap((book): Rulebook[] => {
    if (book.id !== BOOK) return [book];
    const [first] = book.rules;
    if (clause === undefined || first === undefined) return [];
    const { trigger: _, exceptions: __, next: ___, ...rule } = first;
    const own: Rule = { ...rule, ...CLAUSE, ...clause };
    return [{ ...book, digest: JSON.stringify(clause), rules: [own] }];
  });
  setLawInForce(new Map(books.map((book) => [book.id, book])));
}
const CLAUSE: Partial<Rule> = {
  ...{ kind: 'mark', media: ['image'], periods: [{ from: '2026-03-01' }] },
  parts: [
    { id: 'some', when: { any: [{ signal: 'file.aiMark.unsigned' }, { signal: 'file.aiMark.signed' }] } },
  ],
};
const without = (): void => lawWith(undefined);
const withIt = (): void => lawWith({});

let made = 0;

async function keep(
  { inspections }: Stores,
  name: string,
  over: Partial<StoredRequest> = {},
  tenant = 'local',
): Promise<string> {
  const id = randomUUID();
  const request: StoredRequest = {
    ...{ name: 'n', asOf: DAY, asOfSource: 'today', engine: 'auto', hasSidecar: false },
    ...over,
  };
  const report = seen.get(name);
  if (report === undefined) throw new Error(`${name} was not read`);
  made += 1;
  await inspections.createDone(
    {
      ...{ id, tenant, createdAt: `2026-11-28T10:00:${String(made % 60).padStart(2, '0')}.000Z`, request },
      ...{ tags: ['t'], caseRef: 'story' },
    },
    {
      report: applyLawToReport(report, resolveLaw(request), { asOf: request.asOf }),
      versions: await new AnswerInputs('/nowhere').now(),
      finishedAt: '2026-11-28T10:00:00.000Z',
    },
  );
  return id;
}

const rejudger = (stores: Stores, over: Partial<RejudgerParts> = {}) =>
  new Rejudger({
    ...stores,
    files: new JobUploads(join(temporaryDirectory(), 'uploads')),
    versions: new AnswerInputs('/nowhere'),
    leaseMillis: 30_000,
    onError: (error) => {
      throw error;
    },
    ...over,
  });

async function rejudged(stores: Stores, over: Partial<RejudgementOptions> = {}, tenant = 'local') {
  const { rejudgements } = stores;
  const id = randomUUID();
  const ask = { asOf: DAY, asOfSource: 'today' as const, ...over };
  const news = { id, tenant, createdAt: new Date().toISOString(), ask };
  expect(await rejudgements.create(news)).toBe(true);
  expect(await rejudger(stores).runOnce()).toBe(1);
  const done = await rejudgements.get(tenant, id);
  const { items } = await rejudgements.changes(tenant, id, { limit: 1_000 });
  return { id, done, items, counts: done?.counts };
}

describeOnBoth('kept Reports under other law', (open) => {
  it('have a new finding where a law has come, and are all counted', async () => {
    const stores = await open();
    without();
    const marked = [await keep(stores, MARKED), await keep(stores, MARKED), await keep(stores, MARKED)];
    await keep(stores, PLAIN);
    await keep(stores, PLAIN);
    const theirs = await keep(stores, MARKED, {}, 'theirs');
    const damaged = await keep(stores, MARKED);
    const asksGone = await keep(stores, MARKED, { rulebooks: ['eu-ai-act-art-50'] });
    const superseded = await keep(stores, MARKED);
    const { query } = stores.database;
    const inspection = query.updateTable('inspections');
    await query
      .updateTable('inspection_reports')
      .set({ report: '{}' })
      .where('inspection_id', '=', damaged)
      .execute();
    const request = JSON.stringify({ asOf: DAY, engine: 'auto', hasSidecar: false, rulebooks: ['gone'] });
    await inspection.set({ request }).where('id', '=', asksGone).execute();
    await inspection
      .set({ superseded_by: marked[0] ?? '' })
      .where('id', '=', superseded)
      .execute();

    withIt();
    const { done, items, counts } = await rejudged(stores);
    expect(done).toMatchObject({ status: 'done', law: getLawInForce().digest });
    expect(counts).toEqual({
      ...{ reports: 8, judged: 5, changed: 3, newFindings: 3, endedFindings: 0, otherwise: 0, onTheirDay: 0 },
      ...{ superseded: 1, notJudged: { damaged: 1, 'unknown-rulebook': 1 } },
    });
    expect(items.map(({ inspection }) => inspection)).toEqual(marked);
    for (const item of items)
      expect(item).toMatchObject({ rulebook: BOOK, after: 'answered', is: 'new', asOf: DAY });
    expect(items.some(({ before }) => before !== undefined)).toBe(false);
    expect(items.map(({ inspection }) => inspection)).not.toContain(theirs);

    // The reverse: their findings end.
    without();
    const back = await rejudged(stores);
    expect(back.counts).toMatchObject({ judged: 5, changed: 0, newFindings: 0 });
    withIt();
    const told = await keep(stores, MARKED);
    without();
    const ended = await rejudged(stores);
    expect(ended.counts).toMatchObject({ changed: 1, newFindings: 0, endedFindings: 1 });
    expect(ended.items).toMatchObject([{ inspection: told, is: 'ended', before: 'answered' }]);
  });

  it('tell each outcome where clauses were told in full', async () => {
    const stores = await open();
    withIt();
    const id = await keep(stores, MARKED, { rulebooks: [BOOK] });
    lawWith({ covers: ['video'] });
    const { items, counts } = await rejudged(stores);
    expect(items).toMatchObject([
      { inspection: id, rulebook: BOOK, after: 'outside-clause', is: 'ended', before: 'answered' },
    ]);
    expect(counts).toMatchObject({ judged: 1, changed: 1, endedFindings: 1 });
  });

  it('are asked about the day of now where they were asked about theirs, and signed ones about their own', async () => {
    const stores = await open();
    withIt();
    const first = { asOf: '2026-02-28' };
    const marked = await keep(stores, MARKED, first);
    const asked = await keep(stores, MARKED, { ...first, asOfSource: 'requested' });
    const signed = await keep(stores, SIGNED, first);
    const report = seen.get(SIGNED);
    expect(report?.contentCredentials.presence).toBe('present');
    const { items, counts } = await rejudged(stores);
    // Viet Nam's law begins between the two days.
    const days = new Map(items.map(({ inspection, asOf }) => [inspection, asOf]));
    expect(days.get(marked)).toBe(DAY);
    expect(days.has(asked)).toBe(false);
    expect(days.get(signed) ?? first.asOf).toBe(first.asOf);
    expect(counts).toMatchObject({ reports: 3, judged: 3, onTheirDay: 1 });
    const asOf = await rejudged(stores, { asOf: '2026-12-24', asOfSource: 'requested' });
    expect(new Set(asOf.items.map((one) => `${one.inspection} ${one.asOf}`))).toEqual(
      new Set([`${marked} 2026-12-24`, `${asked} 2026-12-24`]),
    );
  });

  it('stay as they were answered, or have one that takes their place', async () => {
    const stores = await open();
    const { inspections } = stores;
    without();
    const marked = await keep(stores, MARKED);
    const plain = await keep(stores, PLAIN);
    const kept = await inspections.get('local', marked);
    withIt();
    await rejudged(stores);
    expect(await inspections.get('local', marked)).toEqual(kept);

    const { items, counts } = await rejudged(stores, { apply: true });
    expect(counts).toMatchObject({ judged: 2, changed: 1 });
    const [{ replacedBy = '' } = {}] = items;
    const after = await inspections.get('local', replacedBy);
    expect(after).toMatchObject({
      ...{ supersedes: marked, caseRef: 'story', tags: ['t'], status: 'done' },
      changes: { reasons: [{ what: 'rulebook', name: BOOK }] },
    });
    const [was, is] = [kept, after].map((one): StoredReport => JSON.parse(one?.report ?? '{}'));
    expect(was?.tool.rulebooks.some(({ id }) => id === BOOK)).toBe(false);
    const { digest } = loadRulebooks([BOOK])[0] ?? {};
    expect(is?.tool.rulebooks.find(({ id }) => id === BOOK)).toMatchObject({ digest });
    expect(is?.law?.some(({ books }) => books.some(({ rulebook }) => rulebook === BOOK))).toBe(true);
    const old = await inspections.get('local', marked);
    expect(old).toEqual({ ...kept, supersededBy: replacedBy });
    expect((await inspections.get('local', plain))?.supersededBy).toBeUndefined();
    // The replacement is evaluated from then on, with the same result.
    const again = await rejudged(stores, { apply: true });
    expect(again.counts).toMatchObject({ reports: 3, judged: 2, superseded: 1, changed: 0 });
  });

  it('count once each, whoever goes on after whom, also where new ones take their place', async () => {
    const stores = await open();
    const { rejudgements, inspections } = stores;
    without();
    for (let n = 0; n < 70; n += 1) await keep(stores, MARKED);
    withIt();
    const id = randomUUID();
    const ask = { asOf: DAY, asOfSource: 'today' as const, apply: true as const };
    await rejudgements.create({ id, tenant: 'local', createdAt: new Date().toISOString(), ask });
    // The first hangs after its second batch, before it can record that, like a machine that loses power.
    let notes = 0;
    const hangs = new AbortController();
    const hanging = new Proxy(rejudgements, {
      get: (store, name) => {
        if (name === 'recordStep')
          return async (...step: Parameters<typeof store.recordStep>) => {
            notes += 1;
            if (notes === 2) await once(hangs.signal, 'abort');
            return store.recordStep(...step);
          };
        const own = Reflect.get(store, name);
        return typeof own === 'function' ? own.bind(store) : own;
      },
    });
    const first = rejudger(stores, { rejudgements: hanging }).runOnce();
    await expect.poll(() => notes, { timeout: 60_000 }).toBe(2);
    expect((await rejudgements.get('local', id))?.counts).toMatchObject({ judged: 50 });
    await stores.database.query.updateTable('rejudgements').set({ leased_until: '2000' }).execute();
    expect(await rejudger(stores).runOnce()).toBe(1);
    // It resumes, and overwrites nothing of the other's work.
    hangs.abort();
    await first;
    const done = await rejudgements.get('local', id);
    expect(done).toMatchObject({ status: 'done', counts: { reports: 70, judged: 70, newFindings: 70 } });
    const { items } = await rejudgements.changes('local', id, { limit: 1_000 });
    expect(new Set(items.map(({ inspection }) => inspection)).size).toBe(70);
    expect(items).toHaveLength(70);
    expect((await inspections.countByStatus('local', {})).done).toBe(140);
  });

  it('begin anew where the law becomes another one meanwhile', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    without();
    for (let n = 0; n < 60; n += 1) await keep(stores, MARKED);
    const id = randomUUID();
    const ask = { asOf: DAY, asOfSource: 'today' as const };
    await rejudgements.create({ id, tenant: 'local', createdAt: new Date().toISOString(), ask });
    let looks = 0;
    const law = {
      follow: async () => {
        looks += 1;
        if (looks === 2) withIt();
      },
    };
    await rejudger(stores, { law }).runOnce();
    expect(await rejudgements.get('local', id)).toMatchObject({
      ...{ status: 'done', law: getLawInForce().digest },
      counts: { reports: 60, judged: 60, newFindings: 60 },
    });
  });

  it('are asked by themselves, once for each law and tenant, where the operator says so', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    without();
    await keep(stores, MARKED);
    await keep(stores, MARKED, {}, 'theirs');
    const byItself = () => ({ expiresAt: '2999-01-01T00:00:00.000Z' });
    withIt();
    const two = [rejudger(stores, { automatic: byItself }), rejudger(stores, { automatic: byItself })];
    for (let turn = 0; turn < 3; turn += 1) for (const one of two) await one.runOnce();
    for (const tenant of ['local', 'theirs']) {
      const { items } = await rejudgements.list(tenant, { limit: 10 });
      expect(items).toMatchObject([{ status: 'done', counts: { judged: 1, newFindings: 1 } }]);
    }
    await rejudger(stores).runOnce();
    expect((await rejudgements.list('local', { limit: 10 })).items).toHaveLength(1);
  });
});
