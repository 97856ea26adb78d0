import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rgbScene } from '../../fixtures/build/pixel-makers.js';
import type { CheckedPictures } from '../../src/inspect/checks/pictures-check.js';
import { createPictureMaker } from '../../src/inspect/makers/pictures.js';
import type { Fingerprint } from '../../src/matching/fingerprint.js';
import { ORIENTATIONS } from '../../src/matching/pdq.js';
import { MatchWatcher } from '../../src/service/matches/match-watcher.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { MatchWatchProgress } from '../../src/storage/fingerprints/match-watch.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { BROWSER, multipart, onePart, testApp, upload } from './harness.js';
import { alikeApp, fingerprint, looksLike, picture, turnedBits } from './similar-pictures.js';
import { bearer, newKey } from './with-keys.js';

const AT = '2026-11-25T10:00:00.000Z';
const matches = (id: string): string => `/v1/inspections/${id}/matches`;

describe('matches of an inspection', () => {
  it('tell what the other file declared, as its own, and when it was seen', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const signed = await test.seen('signed.png', own, { caseRef: 'harbour' });
    const note = { note: 'Sent by the agency.' };
    await test.app.inject({ method: 'PATCH', url: `/v1/inspections/${signed}`, payload: note });
    await test.seen('other.png', fingerprint());
    const copy = await test.seen('IMG-WA0001.jpg', turnedBits(own, 7));

    const answer = await test.app.inject({ url: matches(copy) });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      schema: 'assay.matches/1',
      inspection: copy,
      ...{ state: 'done', searched: 2, notSearchable: 0, more: false },
      matches: [
        {
          inspection: signed,
          name: 'signed.png',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          ...{ kind: 'picture', distance: 7, of: 256, tier: 'same', backing: 'inferred' },
          declared: {
            headline: {
              id: 'headline.recordedEdits',
              params: { tool: { id: 'text.quoted', params: { text: 'GIMP' } }, name: 'other' },
              text: 'Program “GIMP” recorded edits; origin not stated',
            },
            ...{ origin: 'none', presence: 'present', integrity: 'intact', signer: 'Example Studio <b>' },
          },
          case: 'harbour',
          notes: [{ text: 'Sent by the agency.', at: expect.any(String) }],
          seen: { at: AT, by: 'inspection' },
        },
      ],
    });
    const tag = String(answer.headers.etag);
    const again = await test.app.inject({ url: matches(copy), headers: { 'if-none-match': tag } });
    expect(again.statusCode).toBe(304);
    // The Report does not contain it.
    const { body } = await test.app.inject({ url: `/v1/inspections/${copy}/report.json` });
    expect(body).not.toContain('signed.png');
    const { links } = (await test.app.inject({ url: `/v1/inspections/${copy}` })).json();
    expect(links.matches).toBe(matches(copy));
  });

  it('are told with the very same bytes first: another picture may differ in no bit either', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const ids: string[] = [];
    for (const [filename, content] of [
      ['recoded.png', 'other bytes'],
      ['same.png', 'the bytes'],
      ['asked.png', 'the bytes'],
    ] as const) {
      const { headers } = await upload(test.app, [{ name: 'file', filename, type: 'image/png', content }]);
      ids.push(String(headers['location']).split('/').at(-1) ?? '');
      await looksLike(test.stores, ids.at(-1) ?? '', own);
    }
    await test.search.refresh();
    const answer = await test.app.inject({ url: matches(ids[2] ?? '') });
    const told = answer.json().matches.map(({ name, distance }: Record<string, unknown>) => [name, distance]);
    expect(told).toEqual([
      ['same.png', 0],
      ['recoded.png', 0],
    ]);
    const page = await test.app.inject({ url: `/inspections/${ids[2]}`, headers: BROWSER });
    const at = ['byte for byte', 'recoded.png'].map((words) => page.body.indexOf(words));
    expect(at[0]).toBeGreaterThan(0);
    expect(at[1]).toBeGreaterThan(at[0] ?? 0);
  });

  it('are of two tiers, and nothing beyond; mirrored ones too', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    for (const bits of [31, 32, 60, 61]) await test.seen(`${bits}.png`, turnedBits(own, bits));
    const asked = await test.seen('asked.png', own);
    const found = (await test.app.inject({ url: matches(asked) })).json().matches;
    const told = found.map(({ name, tier }: { name: string; tier: string }) => `${name} ${tier}`);
    expect(told).toEqual(['31.png same', '32.png similar', '60.png similar']);

    const mirrored = fingerprint();
    const kept = await test.seen('kept.png', mirrored);
    const { query } = picture(fingerprint());
    // The fifth of its orientations.
    mirrored.copy(query as Buffer, 5 * 32);
    const asking = await test.seen('turned.png', fingerprint());
    await test.stores.fingerprints.put([
      {
        ...{ tenant: LOCAL_TENANT, holder: { inspection: asking }, at: AT },
        fingerprint: picture(fingerprint(), { query }),
      },
    ]);
    const [match] = (await test.app.inject({ url: matches(asking) })).json().matches;
    expect(match).toMatchObject({ inspection: kept, distance: 0, orientation: 'mirrored' });
  });

  it('are of the asker’s own tenant', async () => {
    const test = await alikeApp({ env: { ASSAY_KEYS: 'required' } });
    const own = fingerprint();
    const ids: string[] = [];
    for (const name of ['first', 'second']) {
      const headers = bearer(await newKey(test, { tenant: name, name }));
      const made = await upload(test.app, undefined, { headers });
      const id = String(made.headers['location']).split('/').at(-1) ?? '';
      await looksLike(test.stores, id, own, name);
      await test.search.refresh();
      ids.push(id);
      const told = (await test.app.inject({ url: matches(id), headers })).json();
      expect(told).toMatchObject({ state: 'done', searched: 0, matches: [] });
      const [before] = ids;
      const other = await test.app.inject({ url: matches(String(before)), headers });
      expect(other.statusCode).toBe(name === 'first' ? 200 : 404);
    }
  });

  it('say why there are none: off, not yet, nothing to see, no picture', async () => {
    const off = await testApp();
    const posted = await upload(off.app);
    const told = (await off.app.inject({ url: `${posted.headers['location']}/matches` })).json();
    expect(told).toMatchObject({ state: 'off', searched: 0, matches: [] });

    const test = await alikeApp({ now: () => new Date() });
    const made = await upload(test.app);
    const id = String(made.headers['location']).split('/').at(-1) ?? '';
    const pending = await test.app.inject({ url: matches(id) });
    expect([pending.json().state, pending.headers['retry-after']]).toEqual(['pending', '1']);

    const missing = { kind: 'picture' as const, code: 'fingerprint.busy' as const };
    const holder = { inspection: id };
    await test.stores.fingerprints.put([{ tenant: LOCAL_TENANT, holder, at: AT, fingerprint: { missing } }]);
    const why = (await test.app.inject({ url: `${matches(id)}?lang=zh-Hans` })).json();
    expect(why).toMatchObject({
      state: 'not-searchable',
      reasons: [{ kind: 'picture', code: 'fingerprint.busy', text: inChinese('fault.fingerprint.busy') }],
    });
    // A file inspected later is told that this one could not be searched.
    const later = await test.seen('later.png', fingerprint());
    expect((await test.app.inject({ url: matches(later) })).json()).toMatchObject({ notSearchable: 1 });

    const long = await alikeApp({ now: () => new Date(Date.now() + 3_600_000) });
    const lost = await upload(long.app);
    const gone = (await long.app.inject({ url: `${lost.headers['location']}/matches` })).json();
    expect(gone.reasons[0].code).toBe('fingerprint.notMade');
  });
});

describe('a copy as a messenger makes it', () => {
  it('leads to the one that was inspected before, made and kept after the answers', async () => {
    const maker = createPictureMaker();
    const test = await alikeApp({ pictureMaker: maker, fingerprintMaker: maker });
    const raw = { width: 640, height: 480, channels: 3 } as const;
    const png = await sharp(rgbScene(raw), { raw }).png().toBuffer();
    const copy = await sharp(png).resize(512).jpeg({ quality: 55 }).toBuffer();
    const ids: string[] = [];
    for (const [filename, content] of [
      ['signed.png', png],
      ['IMG-WA0001.jpg', copy],
    ] as const) {
      const { headers } = await upload(test.app, [{ name: 'file', filename, content }]);
      const id = String(headers['location']).split('/').at(-1) ?? '';
      const told = async () => (await test.app.inject({ url: matches(id) })).json();
      await expect.poll(async () => (await told()).state, { timeout: 60_000 }).not.toBe('pending');
      expect(await told()).toMatchObject({ state: 'done' });
      ids.push(id);
    }
    const [signed, second] = ids;
    const { matches: found } = (await test.app.inject({ url: matches(String(second)) })).json();
    expect(found).toMatchObject([
      { inspection: signed, tier: 'same', declared: { signer: 'Example Studio <b>' } },
    ]);
    expect(found[0].preview).toBe(`/v1/inspections/${signed}/pictures/preview`);
    // Searching with a file alone gives the same result, and stores nothing.
    const form = multipart([onePart({ content: copy })]);
    const asked = await test.app.inject({ method: 'POST', url: '/v1/matches', ...form });
    expect(asked.json().matches).toHaveLength(2);
    expect(test.uploads()).toEqual([]);
  });
});

describe('matches of what is sent', () => {
  const hash = (of: Buffer) => of.toString('hex');
  const ask = (app: Awaited<ReturnType<typeof alikeApp>>['app'], payload: object) =>
    app.inject({ method: 'POST', url: '/v1/matches', payload });

  it('are found by a hash, whose order and length are as stated', async () => {
    const test = await alikeApp();
    const own = fingerprint();
    const kept = await test.seen('kept.png', own);
    const found = await ask(test.app, { hash: hash(own).toUpperCase(), alg: 'pdq' });
    expect(found.statusCode).toBe(200);
    expect(found.json().matches).toMatchObject([{ inspection: kept, distance: 0 }]);
    for (const bad of [hash(own).slice(1), `${hash(own)}0`, `${hash(own).slice(1)}g`, '0'.repeat(64)]) {
      const { statusCode, body } = await ask(test.app, { hash: bad });
      expect([statusCode, JSON.parse(body).code]).toEqual([400, 'hash-bad']);
    }
    const wrong = await ask(test.app, { hash: hash(own), alg: 'phash' });
    expect([wrong.statusCode, wrong.json().errors[0].pointer]).toEqual([400, '/alg']);
    const none = await test.app.inject({ method: 'POST', url: '/v1/matches' });
    expect(none.statusCode).toBe(415);
    const many = await test.app.inject({ method: 'POST', url: '/v1/matches?limit=101', payload: {} });
    expect(many.statusCode).toBe(400);
  });

  it('are found by a file, which is not kept', async () => {
    const own = fingerprint();
    const stored = picture(own);
    const asked: string[] = [];
    const maker = {
      waiting: 0,
      make: async (): Promise<CheckedPictures> => ({ made: [], missing: [] }),
      fingerprint: async ({ path }: { path: string }) => {
        asked.push(path);
        return { made: [stored], missing: [] };
      },
      close: async () => undefined,
    };
    const test = await alikeApp({ fingerprintMaker: maker });
    const kept = await test.seen('kept.png', turnedBits(own, 3));
    await test.app.inject({ method: 'DELETE', url: `/v1/inspections/${kept}` });
    const other = await test.seen('other.png', turnedBits(own, 4));
    const form = multipart([onePart()]);
    const raw = { payload: Buffer.from('a picture'), headers: { 'content-type': 'image/png' } };
    for (const body of [form, raw]) {
      const found = await test.app.inject({ method: 'POST', url: '/v1/matches?limit=1', ...body });
      expect(found.json().matches).toMatchObject([{ inspection: other, distance: 4 }]);
    }
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(test.uploads()).toEqual([]);
    expect((await test.app.inject({ url: '/v1/inspections' })).json().inspections).toHaveLength(1);
  });

  it('are told with the very same bytes of the file first', async () => {
    const own = fingerprint();
    const maker = {
      waiting: 0,
      make: async (): Promise<CheckedPictures> => ({ made: [], missing: [] }),
      fingerprint: async () => ({ made: [picture(own)], missing: [] }),
      close: async () => undefined,
    };
    const test = await alikeApp({ fingerprintMaker: maker });
    for (const content of ['other bytes', 'the bytes', 'further bytes']) {
      const part = { name: 'file', filename: `${content}.png`, type: 'image/png', content };
      const { headers } = await upload(test.app, [part]);
      await looksLike(test.stores, String(headers['location']).split('/').at(-1) ?? '', own);
    }
    await test.search.refresh();
    const form = multipart([onePart({ content: 'the bytes' })]);
    const raw = { payload: Buffer.from('the bytes'), headers: { 'content-type': 'image/png' } };
    for (const body of [form, raw]) {
      const { matches: found } = (
        await test.app.inject({ method: 'POST', url: '/v1/matches', ...body })
      ).json();
      const told = found.map(({ name, distance }: Record<string, unknown>) => [name, distance]);
      expect(told[0]).toEqual(['the bytes.png', 0]);
      expect(told).toHaveLength(3);
    }
  });

  it('are refused where nothing is compared', async () => {
    const { app } = await testApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/matches',
      payload: { hash: hash(fingerprint()) },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'matches-off']);
  });
});

describe('a collection', () => {
  it('is made, changed, read and deleted; its finding is people’s', async () => {
    const test = await alikeApp();
    const call = (method: 'POST' | 'GET' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
      test.app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
    const finding = { text: 'Shown in 2019 already.', by: 'photo desk', link: 'https://example.org/check' };
    const made = await call('POST', '/v1/collections', { name: 'debunked', finding });
    expect(made.statusCode).toBe(201);
    const at = String(made.headers['location']);
    expect((await call('PATCH', at, { name: 'old pictures', watched: true })).json()).toMatchObject({
      name: 'old pictures',
      watched: true,
      finding,
    });
    const own = fingerprint();
    const seen = await test.seen('seen.png', own);
    const items = await call('POST', `${at}/items`, {
      items: [
        { name: 'a storm', inspection: seen, note: 'From a film.' },
        { name: 'a hash', hash: fingerprint().toString('hex') },
      ],
    });
    expect(items.statusCode).toBe(201);
    await test.search.refresh();
    const listed = (await call('GET', `${at}/items`)).json();
    expect(listed.items.map(({ name, kinds }: { name: string; kinds: string[] }) => [name, kinds])).toEqual(
      expect.arrayContaining([
        ['a storm', ['picture']],
        ['a hash', ['picture']],
      ]),
    );
    const copy = await test.seen('copy.png', turnedBits(own, 9));
    const found = (await call('GET', matches(copy))).json().matches;
    const [item] = items.json().items;
    expect(found).toContainEqual({
      collection: at.split('/').at(-1),
      item: item.id,
      name: 'a storm',
      ...{ kind: 'picture', distance: 9, of: 256, tier: 'same', backing: 'inferred' },
      ...{ finding, notes: [{ text: 'From a film.' }] },
      seen: { at: expect.any(String), by: 'collection' },
    });
    const page = await test.app.inject({ url: `/inspections/${copy}`, headers: BROWSER });
    expect(page.body).toContain(inEnglish('page.matches.finding'));
    expect(page.body).toContain('href="https://example.org/check"');

    expect((await call('DELETE', `${at}/items/${item.id}`)).statusCode).toBe(204);
    await test.search.refresh();
    const left = (await call('GET', matches(copy))).json().matches;
    expect(left.map(({ inspection }: { inspection?: string }) => inspection)).toEqual([seen]);
    expect((await call('DELETE', at)).statusCode).toBe(204);
    expect((await call('GET', at)).json().code).toBe('collection-not-found');
    expect((await call('GET', '/v1/collections')).json().collections).toEqual([]);
  });

  it('refuses what cannot be kept, and says which item', async () => {
    const test = await alikeApp();
    const { headers } = await test.app.inject({
      method: 'POST',
      url: '/v1/collections',
      payload: { name: 'own' },
    });
    const put = (items: object[]) =>
      test.app.inject({ method: 'POST', url: `${headers['location']}/items`, payload: { items } });
    const good = { name: 'good', hash: fingerprint().toString('hex') };
    const short = await put([good, { name: 'short', hash: 'abc' }]);
    expect(short.json()).toMatchObject({ code: 'hash-bad', errors: [{ pointer: '/items/1/hash' }] });
    const none = await put([good, { name: 'none', inspection: 'nobody' }]);
    expect(none.json()).toMatchObject({ errors: [{ pointer: '/items/1/inspection' }] });
    const link = await put([{ ...good, finding: { text: 'x', link: 'javascript:alert(1)' } }]);
    expect(link.json().code).toBe('bad-field');
    // All items are accepted or none.
    const { items } = (await test.app.inject({ url: `${headers['location']}/items` })).json();
    expect(items).toEqual([]);
  });

  it('that is watched is told of once, without a word of either file', async () => {
    const test = await alikeApp();
    const collection = await test.stores.collections.create(
      LOCAL_TENANT,
      { name: 'watched', watched: true },
      AT,
    );
    const own = fingerprint();
    await test.stores.collections.putItems(
      LOCAL_TENANT,
      collection.id,
      [{ name: 'the item', fingerprints: { made: [picture(own)], missing: [] } }],
      AT,
    );
    const near = await test.seen('secret.png', turnedBits(own, 40), { caseRef: 'harbour' });
    await test.seen('far.png', fingerprint());
    const events = async () =>
      test.database.query.selectFrom('events').selectAll().where('type', '=', 'match.found').execute();
    const watcher = new MatchWatcher({
      ...test.stores,
      watch: new MatchWatchProgress(test.database, test.stores.events),
      matcher: test.search,
      onError: (error) => {
        throw error;
      },
    });
    while (await watcher.once());
    const [told, ...more] = await events();
    expect(more).toEqual([]);
    expect(told?.subject).toBe(near);
    expect(JSON.parse(told?.data ?? '')).toEqual({
      ...{ collection: collection.id, item: expect.any(String), kind: 'picture', distance: 40 },
      ...{ of: 256, tier: 'similar', caseRef: 'harbour', tags: [] },
    });
    expect(told?.data).not.toMatch(/secret|the item/);
    expect(await watcher.once()).toBe(false);

    // An item added later is compared with earlier inspections, each pair once.
    const { putItems } = test.stores.collections;
    const add = (fingerprints: object[], to = collection.id) =>
      putItems.call(
        test.stores.collections,
        LOCAL_TENANT,
        to,
        fingerprints.map((fingerprint) => ({
          name: 'the item',
          fingerprints: { made: [fingerprint as Fingerprint], missing: [] },
        })),
        AT,
      );
    const unwatched = await test.stores.collections.create(LOCAL_TENANT, { name: 'other' }, AT);
    await add([picture(turnedBits(own, 38))], unwatched.id);
    // The picture that was inspected, rotated to the left.
    const turned = picture(fingerprint());
    const at = 32 * (1 + ORIENTATIONS.indexOf('left'));
    turned.query.set(turnedBits(own, 42), at);
    const [item] = (await add([turned])) ?? [];
    while (await watcher.once());
    const [, second, ...rest] = await events();
    expect([second?.subject, rest]).toEqual([near, []]);
    expect(JSON.parse(second?.data ?? '')).toMatchObject({ item, tier: 'same', orientation: 'right' });

    // There are more matches than are listed, and each answer says so.
    const crowd = fingerprint();
    await add(Array.from({ length: 51 }, (_none, bits) => picture(turnedBits(crowd, bits % 31))));
    const crowded = await test.seen('crowded.png', crowd);
    while (await watcher.once());
    const many = (await events()).slice(2);
    expect(many).toHaveLength(50);
    for (const { subject, data } of many) expect([subject, JSON.parse(data).more]).toEqual([crowded, true]);
  });
});
