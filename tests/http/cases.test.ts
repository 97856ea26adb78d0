import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inChinese } from '../i18n/english.js';
import { BROWSER, onePart, type TestApp, testApp, upload } from './harness.js';
import { type Alike, alikeApp, fingerprint, turnedBits } from './similar-pictures.js';
import { bearer, guarded, newKey } from './with-keys.js';

const FINDING = {
  claim: 'Taken last week',
  conclusion: 'Taken in 2014,\nby somebody else',
  rating: 'Wrong year',
  url: 'https://example.org/check',
  published: '2026-11-28',
  author: 'Fact desk',
  authorType: 'organization',
  claimant: 'A post',
  appearance: 'https://example.org/post',
};

type App = Pick<TestApp, 'app'>;
type Body = Record<string, unknown>;

const ask = async (
  { app }: App,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
) => app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });

const idOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  String(headers['location']).split('/').at(-1) ?? '';

const inspected = async ({ app }: App, caseRef?: string): Promise<string> =>
  idOf(
    await upload(app, [onePart(), ...(caseRef === undefined ? [] : [{ name: 'caseRef', content: caseRef }])]),
  );

async function called(test: App, caseRef: string): Promise<Body & { id: string }> {
  const url = `/v1/cases?${new URLSearchParams({ caseRef })}`;
  return (await ask(test, 'GET', url)).json().cases[0];
}

const form = ({ app }: App, url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

const pageOf = async ({ app }: App, url: string): Promise<string> =>
  (await app.inject({ url, headers: BROWSER })).body;

describe('cases over the API', () => {
  it('begin with a caseRef, wherever it comes from, and stay in step with it', async () => {
    const test = await testApp();
    const first = await inspected(test, 'Harbour fire');
    const kept = await called(test, 'Harbour fire');
    expect(kept).toMatchObject({ name: 'Harbour fire', caseRef: 'Harbour fire', former: 0 });
    expect(kept.counts).toMatchObject({ inspection: 1 });
    const second = await inspected(test);
    await ask(test, 'PATCH', `/v1/inspections/${second}`, { caseRef: 'Harbour fire' });
    const third = await inspected(test);
    const added = await ask(test, 'POST', `/v1/cases/${kept.id}/items`, {
      kind: 'inspection',
      inspection: third,
    });
    expect(added.statusCode).toBe(201);
    const { inspections } = (await ask(test, 'GET', '/v1/inspections?caseRef=Harbour+fire')).json();
    expect(inspections.map(({ id }: Body) => id).sort()).toEqual([first, second, third].sort());
    const { items } = (await ask(test, 'GET', `/v1/cases/${kept.id}`)).json();
    expect(items.map(({ id, kind }: Body) => [id, kind]).sort()).toEqual(
      [first, second, third].map((id) => [id, 'inspection']).sort(),
    );
    // A recheck belongs to the same case.
    await ask(test, 'POST', `/v1/inspections/${first}/recheck`);
    // After it is renamed, programs still use the same reference.
    const renamed = await ask(test, 'PATCH', `/v1/cases/${kept.id}`, {
      name: 'Fire in the port',
      closed: true,
    });
    expect(renamed.json()).toMatchObject({ name: 'Fire in the port', caseRef: 'Harbour fire' });
    expect(renamed.json().closedAt).toBeDefined();
    await inspected(test, 'Harbour fire');
    expect((await called(test, 'Harbour fire')).name).toBe('Fire in the port');
    expect((await ask(test, 'DELETE', `/v1/cases/${kept.id}/items/${first}`)).statusCode).toBe(204);
    expect((await ask(test, 'GET', `/v1/inspections/${first}`)).json()).not.toHaveProperty('caseRef');
    expect((await ask(test, 'DELETE', `/v1/cases/${kept.id}`)).statusCode).toBe(204);
    expect((await ask(test, 'GET', '/v1/inspections?caseRef=Harbour+fire')).json().inspections).toEqual([]);
    expect((await ask(test, 'GET', `/v1/cases/${kept.id}`)).json().code).toBe('case-not-found');
  });

  it('keep what people wrote as theirs, and give findings as ClaimReview, with no word of ours', async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test, { name: 'photo desk', scopes: ['inspect', 'read'] }));
    const post = (url: string, payload: object) => test.app.inject({ method: 'POST', url, headers, payload });
    const { id } = (await post('/v1/cases', { name: 'Flood' })).json();
    const at = `/v1/cases/${id}/items`;
    const note = (await post(at, { kind: 'note', text: 'Ask the port\u202e' })).json();
    expect(note).toMatchObject({ kind: 'note', text: 'Ask the port', by: 'photo desk' });
    await post(at, { kind: 'link', link: 'https://example.org/post', text: 'First seen' });
    expect((await post(at, { kind: 'finding', finding: FINDING })).json().finding).toEqual(FINDING);
    await post(at, { kind: 'finding', finding: { claim: 'c', conclusion: 'd' } });
    const reviews = await test.app.inject({ url: `/v1/cases/${id}/claim-review?lang=en`, headers });
    expect(reviews.headers['content-type']).toContain('application/ld+json');
    const [bare, full] = reviews.json()['@graph'];
    expect(reviews.json()['@context']).toBe('https://schema.org');
    expect(full).toEqual({
      '@type': 'ClaimReview',
      url: FINDING.url,
      claimReviewed: FINDING.claim,
      reviewBody: FINDING.conclusion,
      author: { '@type': 'Organization', name: 'Fact desk' },
      datePublished: '2026-11-28',
      reviewRating: { '@type': 'Rating', alternateName: 'Wrong year' },
      itemReviewed: {
        '@type': 'Claim',
        author: { name: 'A post' },
        appearance: { '@type': 'CreativeWork', url: FINDING.appearance },
      },
      dateCreated: expect.any(String),
      creditText: expect.stringMatching(
        /^The words of photo desk, kept with Assay on .* Assay gives no rating\.$/,
      ),
    });
    expect(Object.keys(bare).sort()).toEqual([
      '@type',
      'claimReviewed',
      'creditText',
      'dateCreated',
      'reviewBody',
    ]);
    const theirs = bearer(await newKey(test, { tenant: 'theirs', name: 'theirs', scopes: ['read'] }));
    expect((await test.app.inject({ url: `/v1/cases/${id}`, headers: theirs })).statusCode).toBe(404);
    const same = bearer(await newKey(test, { name: 'reader', scopes: ['read'] }));
    const refused = await test.app.inject({
      method: 'POST',
      url: at,
      headers: same,
      payload: { kind: 'note', text: 'x' },
    });
    expect(refused.json().code).toBe('scope-missing');
    const page = await test.app.inject({ url: `/v1/cases/${id}?kind=finding&limit=1`, headers });
    expect(page.json()).toMatchObject({ items: [{ kind: 'finding' }], next: expect.any(String) });
    await test.app.inject({ method: 'DELETE', url: `${at}/${note.id}`, headers });
    const after = await test.app.inject({ url: `/v1/cases/${id}?kind=note`, headers });
    expect(after.json().items).toEqual([
      {
        ...{ id: note.id, kind: 'note', at: note.at, by: 'photo desk' },
        removed: { at: expect.any(String), by: 'photo desk' },
      },
    ]);
  });

  it('are begun once under one Idempotency-Key', async () => {
    const test = await testApp();
    const headers = { 'idempotency-key': randomUUID() };
    const begin = (name: string) =>
      test.app.inject({ method: 'POST', url: '/v1/cases', payload: { name }, headers });
    const [made, again] = [await begin('Flood'), await begin('Flood')];
    expect([made.statusCode, made.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect([again.body, again.headers.location]).toEqual([made.body, made.headers.location]);
    expect((await begin('Fire')).json().code).toBe('idempotency-key-reused');
    // Without the idempotency key the name is a duplicate.
    expect((await ask(test, 'POST', '/v1/cases', { name: 'Flood' })).json().code).toBe('case-there');
    await ask(test, 'DELETE', String(made.headers.location));
    expect((await begin('Flood')).json().code).toBe('idempotency-gone');
  });

  it('take a match as this server finds it, and nothing that a client says of one', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const copy = await test.seen('copy.jpg', turnedBits(own, 7));
    const signed = await test.seen('signed.png', own);
    const { id } = (await ask(test, 'POST', '/v1/cases', { name: 'Flood' })).json();
    const at = `/v1/cases/${id}/items`;
    const match = { inspection: signed };
    const kept = await ask(test, 'POST', at, { kind: 'match', inspection: copy, match, text: 'The same' });
    expect(kept.json()).toMatchObject({
      ...{ kind: 'match', inspection: copy, text: 'The same' },
      match: {
        ...{ inspection: signed, tier: 'same', distance: 7, backing: 'inferred', name: 'signed.png' },
        declared: { signer: 'Example Studio <b>', headline: { text: expect.any(String) } },
      },
    });
    const chinese = (await ask(test, 'GET', `/v1/cases/${id}?lang=zh-Hans`)).json().items[0].match.declared;
    expect(chinese.headline.text).not.toBe(kept.json().match.declared.headline.text);
    const none = await ask(test, 'POST', at, {
      kind: 'match',
      inspection: copy,
      match: { inspection: copy },
    });
    expect(none.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer: '/match' }] });
    // When the other inspection is deleted, its data in the case is deleted too.
    await ask(test, 'DELETE', `/v1/inspections/${signed}`);
    const [gone] = (await ask(test, 'GET', `/v1/cases/${id}`)).json().items;
    expect(gone).toMatchObject({ gone: { reason: 'deleted' } });
    expect(JSON.stringify(gone)).not.toContain('Example Studio');
  });

  it('refuse what is no entry, or not of its kind, and name the member', async () => {
    const wrong: [string, object, string][] = [
      ['a note without text', { kind: 'note' }, '/text'],
      ['a note with a link', { kind: 'note', text: 'x', link: 'https://example.org' }, '/link'],
      ['a note of nothing that shows', { kind: 'note', text: '\u200e' }, '/text'],
      ['a link that would run', { kind: 'link', link: 'javascript:alert(1)' }, '/link'],
      ['a match of nothing', { kind: 'match', match: { inspection: randomUUID() } }, '/inspection'],
      [
        'a finding without a claim',
        { kind: 'finding', finding: { claim: ' ', conclusion: 'x' } },
        '/finding~1claim',
      ],
      [
        'a day that no calendar has',
        { kind: 'finding', finding: { claim: 'c', conclusion: 'd', published: '2026-02-30' } },
        '/finding~1published',
      ],
      [
        'a member that is none',
        { kind: 'finding', finding: { claim: 'c', conclusion: 'd', verdict: 'x' } },
        '/finding',
      ],
    ];
    const test = await testApp();
    const { id } = (await ask(test, 'POST', '/v1/cases', { name: 'Flood' })).json();
    for (const [what, item, pointer] of wrong) {
      const answer = await ask(test, 'POST', `/v1/cases/${id}/items`, item);
      expect([what, answer.statusCode, answer.json().errors[0].pointer]).toEqual([
        ...[what, 400, expect.stringContaining(pointer)],
      ]);
    }
    expect((await ask(test, 'GET', `/v1/cases/${id}`)).json().items).toEqual([]);
  });

  it('change nothing that was changed since it was read', async () => {
    const test = await testApp();
    const { id } = (await ask(test, 'POST', '/v1/cases', { name: 'Flood' })).json();
    const { headers } = await ask(test, 'GET', `/v1/cases/${id}`);
    await ask(test, 'PATCH', `/v1/cases/${id}`, { name: 'Flood of 2026' });
    for (const method of ['PATCH', 'DELETE'] as const) {
      const answer = await test.app.inject({
        ...{ method, url: `/v1/cases/${id}`, headers: { 'if-match': String(headers['etag']) } },
        ...(method === 'PATCH' ? { payload: { name: 'x' } } : {}),
      });
      expect(answer.statusCode).toBe(412);
    }
  });
});

describe('cases as pages, without script', () => {
  it('show what is in them, whose words they are, and take more', async () => {
    const test = await testApp();
    const inspection = await inspected(test, 'Harbour <i>fire');
    const { id } = await called(test, 'Harbour <i>fire');
    expect(await pageOf(test, '/cases')).toContain('Harbour &lt;i&gt;fire');
    const led = await test.app.inject({ url: '/cases?caseRef=Harbour+%3Ci%3Efire', headers: BROWSER });
    expect([led.statusCode, led.headers['location']]).toEqual([303, `/cases/${id}`]);
    expect(await pageOf(test, `/inspections/${inspection}`)).toContain('/cases?caseRef=Harbour+%3Ci%3Efire');
    expect(await pageOf(test, '/inspections?caseRef=Harbour+%3Ci%3Efire')).toContain('Open this case');

    const add = (fields: Record<string, string>) => form(test, `/cases/${id}/items`, fields);
    const done = await add({ kind: 'note', text: 'Ask <b>the port' });
    expect([done.statusCode, done.headers['location']]).toEqual([303, `/cases/${id}#note`]);
    await add({ kind: 'finding', ...FINDING });
    await add({ kind: 'link', link: 'https://example.org/post', text: '' });
    const other = await inspected(test);
    await add({ kind: 'inspection', inspection: `http://localhost/inspections/${other}?lang=en` });
    const page = await pageOf(test, `/cases/${id}`);
    for (const words of [
      'Ask &lt;b&gt;the port',
      'Taken in 2014,<br>by somebody else',
      'Wrong year',
      'Fact desk',
    ])
      expect(page).toContain(words);
    expect(page).toContain('Assay checks none of it and adds no rating.');
    expect(page).toContain(`href="/inspections/${other}"`);
    // A rejected entry is returned with its reason, and is not stored.
    const wrong = await add({ kind: 'finding', claim: 'Kept in the field', conclusion: '', url: 'x' });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('Kept in the field</textarea>');
    expect(wrong.body).toContain('role="alert"');

    const { items } = (await ask(test, 'GET', `/v1/cases/${id}?kind=note`)).json();
    await form(test, `/cases/${id}/items/${items[0].id}/remove`, {});
    await form(test, `/cases/${id}/name`, { name: 'Fire' });
    await form(test, `/cases/${id}/closed`, { closed: 'on' });
    const after = await pageOf(test, `/cases/${id}?lang=zh-Hans`);
    expect(after).toContain(inChinese('form.cases.was.note'));
    expect(after).toContain('结案：');
    expect(after).not.toContain('the port');
    const gone = await form(test, `/cases/${id}/delete`, {});
    expect(gone.headers['location']).toBe('/cases');
    expect(await pageOf(test, '/cases')).toContain('There is no case yet.');
  });

  it('lead whoever begins one that is there to it, and keep a match from a report’s page', async () => {
    const test: Alike = await alikeApp();
    const own = fingerprint();
    const copy = await test.seen('copy.jpg', turnedBits(own, 7));
    await test.seen('signed.png', own);
    expect(await pageOf(test, `/inspections/${copy}`)).not.toContain('Keep this match');
    const made = await form(test, '/cases', { name: 'Flood' });
    expect((await form(test, '/cases', { name: 'Flood' })).headers['location']).toBe(
      made.headers['location'],
    );
    await form(test, `/inspections/${copy}/case`, { caseRef: 'Flood', tags: '' });
    const report = await pageOf(test, `/inspections/${copy}`);
    const [, action = '', fields = ''] =
      /<form action="([^"]*\/match)" method="post">(.*?)<button/.exec(report) ?? [];
    const [, name = '', value = ''] = /name="(\w+)" value="([^"]*)"/.exec(fields) ?? [];
    const kept = await form(test, action, { [name]: value });
    expect(kept.headers['location']).toBe(`${made.headers['location']}#match`);
    const page = await pageOf(test, String(made.headers['location']));
    expect(page).toContain('Compared with: <a href');
    expect(page).toContain('looks like this one (7 of 256 bits differ):');
    expect(page).toContain('Its Content Credentials name');
    expect((await form(test, '/cases', { name: ' ' })).body).toContain('role="alert"');
  });
});
