import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { httpLimits } from '../../src/http/contract/limits.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { BROWSER, filesIn, listen, multipart, onePart, type TestApp, testApp, upload } from './harness.js';
import { follow } from './link-ways.js';
import { following, PICTURE_BYTES, served } from './served.js';
import { startWorker } from './start-worker.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

/** Reads files with real reading processes. */
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const REVEALS = { ASSAY_ALLOW_REVEAL: '1' };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function pair(env: Record<string, string> = {}) {
  const server = await served();
  return { server, test: await testApp({ env: { ...following(server), ...REVEALS, ...env } }) };
}

/** Returns the stored records of the exchange, as text. */
async function records({ app }: TestApp, id: string, headers = {}): Promise<string> {
  const answer = await app.inject({ url: `/v1/inspections/${id}/exchanges`, headers });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/warc']);
  return gunzipSync(answer.rawPayload).toString('latin1');
}

const form = (fields: Record<string, string>, file?: Buffer) =>
  multipart([
    // A browser also sends the empty field of a file that was not chosen.
    onePart(file === undefined ? { filename: '', content: '' } : { content: file }),
    ...Object.entries(fields).map(([name, content]) => ({ name, content })),
  ]);

const sendForm = ({ app }: TestApp, fields: Record<string, string>, file?: Buffer) => {
  const { payload, headers } = form(fields, file);
  return app.inject({ method: 'POST', url: '/v1/inspections', payload, headers: { ...headers, ...BROWSER } });
};

describe('a link to a file', () => {
  it('is inspected as if the file had been sent, and keeps what was exchanged', async () => {
    const { server, test } = await pair();
    const made = await follow(test, { url: server.at('/photo.png?who=secret'), tags: ['story'] });
    expect(made.statusCode).toBe(201);
    const inspection = made.json();
    expect(inspection).toMatchObject({
      ...{ status: 'done', name: 'photo.png', bytes: PICTURE_BYTES.length, sha256: sha256(PICTURE_BYTES) },
      ...{ tags: ['story'], servedBy: { host: server.host } },
    });
    expect(made.body).not.toContain('secret');
    expect(server.asked).toEqual(['/robots.txt', '/photo.png?who=secret']);
    const [asked] = test.inspector.requests;
    expect(asked).toMatchObject({
      name: 'photo.png',
      declaredMediaType: 'image/png',
      servedBy: inspection.servedBy,
    });
    const kept = await records(test, inspection.id);
    expect(kept).toContain('/photo.png?who=secret');
    // Its bytes are stored once, as the received file.
    expect(kept).not.toContain(PICTURE_BYTES.toString());
    expect(kept).toContain(`WARC-Payload-Digest: sha256:${sha256(PICTURE_BYTES)}`);
    expect(test.uploads()).toEqual([]);
    expect(filesIn(test.config.dataDir).filter((name) => name.startsWith('links-'))).toHaveLength(1);
    for (const own of filesIn(test.config.dataDir).filter((name) => name.startsWith('links-')))
      expect(filesIn(join(test.config.dataDir, own))).toEqual([]);
    const { privateKey } = generateKeyPairSync('ed25519');
    test.stores.log.signWith({ privateKey, host: 'here' });
    await test.stores.log.flush();
    const log = await test.stores.log.extract('local', [inspection.id], { persons: false });
    expect(log?.leaves.map(({ leaf }) => leaf)).toContainEqual(
      expect.objectContaining({
        ...{ action: 'link.fetched', subject: inspection.id },
        facts: { host: server.host, came: 'medium' },
      }),
    );
    const { inspections } = (await test.app.inject({ url: '/v1/inspections' })).json();
    expect(inspections).toMatchObject([{ servedBy: inspection.servedBy }]);
    const history = await test.app.inject({ url: '/inspections', headers: BROWSER });
    expect(history.body).toContain(`Served by <bdi dir="ltr">${server.host}</bdi>`);
  });

  it('says where the server named no length, in the same words as the command', async () => {
    const server = await served({
      '/endless.png': ({ socket }) => {
        socket.end(`HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n\r\n${PICTURE_BYTES}`);
      },
    });
    const test = await testApp({ env: following(server), inspector });
    const made = (await follow(test, { url: server.at('/endless.png') })).json();
    expect(made.servedBy).toMatchObject({ host: server.host, isLengthUnknown: true });
    expect(made.report.asset.servedBy).toEqual(made.servedBy);
    const page = await test.app.inject({ url: `/inspections/${made.id}`, headers: BROWSER });
    expect(page.body).toContain(translatorFor('en').text('fetching.lengthUnknown', { host: server.host }));
    const known = (await follow(test, { url: server.at('/photo.png') })).json();
    expect(known.servedBy).not.toHaveProperty('isLengthUnknown');
  });

  it('is inspected by a worker where it is asked for later, with who served it', async () => {
    const { server, test } = await pair();
    const made = await follow(test, { url: server.at('/photo.png') }, { prefer: 'respond-async' });
    expect(made.statusCode).toBe(202);
    startWorker(test);
    const { id, servedBy: by } = made.json();
    await expect
      .poll(async () => (await test.app.inject({ url: `/v1/inspections/${id}` })).json().status)
      .toBe('done');
    expect(test.inspector.requests).toMatchObject([{ servedBy: by }]);
    expect(await records(test, id)).toContain('/photo.png');
  });

  it('is fetched once under one Idempotency-Key', async () => {
    const { server, test } = await pair();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await follow(test, { url: server.at('/photo.png') }, headers);
    const again = await follow(test, { url: server.at('/photo.png') }, headers);
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toBe(first.body);
    expect(server.asked).toEqual(['/robots.txt', '/photo.png']);
    const other = await follow(test, { url: server.at('/large.png') }, headers);
    expect(other.json().code).toBe('idempotency-key-reused');
  });

  it('shares no answer in which another says that it was served, or not', async () => {
    const { server, test } = await pair();
    const sent = await upload(test.app, [
      onePart({ filename: 'photo.png', type: 'image/png', content: PICTURE_BYTES }),
    ]);
    const linked = await follow(test, { url: server.at('/photo.png') });
    const again = await upload(test.app, [
      onePart({ filename: 'photo.png', type: 'image/png', content: PICTURE_BYTES }),
    ]);
    expect([sent, linked, again].map((one) => one.json().servedBy)).toEqual([
      undefined,
      expect.objectContaining({ host: server.host }),
      undefined,
    ]);
    expect([sent, again].map((one) => JSON.stringify(one.json().report))).not.toContain(server.host);
  });

  it('leaves nothing where its client has gone, and asks no longer', async () => {
    const { server, test } = await pair();
    const port = await listen(test);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const body = JSON.stringify({ url: server.at('/slow.png') });
    socket.write(
      `POST /v1/inspections HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => server.asked).toContain('/slow.png');
    socket.destroy();
    await expect.poll(() => server.left()).toBe(1);
    const folder = () =>
      filesIn(test.config.dataDir)
        .filter((name) => name.startsWith('links-'))
        .flatMap((name) => filesIn(join(test.config.dataDir, name)));
    await expect.poll(folder).toEqual([]);
    expect((await test.app.inject({ url: '/v1/inspections' })).json().inspections).toEqual([]);
    expect(test.uploads()).toEqual([]);
  });

  it('waits its turn, and is turned away where too many wait', async () => {
    const { server, test } = await pair();
    const most = httpLimits.linksAtOnce + httpLimits.linksWaiting;
    const all = Array.from({ length: most }, () => follow(test, { url: server.at('/slow.png') }));
    await expect
      .poll(() => server.asked.filter((path) => path === '/slow.png').length)
      .toBe(httpLimits.linksAtOnce);
    const beyond = await follow(test, { url: server.at('/photo.png') });
    expect([beyond.statusCode, beyond.json().code]).toEqual([503, 'unavailable']);
    expect(beyond.headers['retry-after']).toBeDefined();
    // Uploads have slots of their own.
    expect((await upload(test.app)).statusCode).toBe(201);
    // A fetch in progress is aborted and answered when the server closes.
    await test.app.close();
    expect((await Promise.all(all)).map(({ statusCode }) => statusCode)).toEqual(Array(most).fill(503));
  });

  it('counts towards what a key may send in a day', async () => {
    const server = await served();
    const test = await guarded(following(server));
    const headers = bearer(await newKey(test, { scopes: ['inspect', 'fetch'], limits: { dailyBytes: 300 } }));
    expect((await follow(test, { url: server.at('/photo.png') }, headers)).statusCode).toBe(201);
    const large = await follow(test, { url: server.at('/large.png') }, headers);
    expect(large.json().code).toBe('quota-used-up');
    // The body arrived nevertheless, so nothing more is accepted: neither a link nor a file.
    const asked = server.asked.length;
    const small = await follow(test, { url: server.at('/photo.png') }, headers);
    expect(small.json().code).toBe('quota-used-up');
    expect(server.asked).toHaveLength(asked);
  });

  it('counts what came of one that was refused, too', async () => {
    const server = await served({
      // Sends a large body without a declared length.
      '/much.png': (_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' }).write(Buffer.alloc(2_000));
        response.end(Buffer.alloc(2_000));
      },
    });
    const env = { ...following(server), ASSAY_MAX_UPLOAD_BYTES: '3900' };
    const test = await guarded(env);
    const headers = bearer(
      await newKey(test, { scopes: ['inspect', 'fetch'], limits: { dailyBytes: 5_000 } }),
    );
    const codes = [];
    for (let n = 0; n < 3; n += 1)
      codes.push((await follow(test, { url: server.at('/much.png') }, headers)).json().code);
    expect(codes).toEqual(['fetch.tooLarge', 'fetch.tooLarge', 'quota-used-up']);
  });

  it('may come with a manifest that is kept elsewhere', async () => {
    const { server, test } = await pair();
    const { payload, headers } = multipart([
      onePart({ filename: '', content: '' }),
      { name: 'url', content: server.at('/photo.png') },
      { name: 'sidecar', filename: 'photo.c2pa', content: 'manifest' },
    ]);
    const sent = await test.app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });
    expect(sent.statusCode).toBe(201);
    expect(test.inspector.requests[0]?.sidecarPath).toMatch(/\.sidecar$/);
    expect(test.uploads()).toEqual([]);
  });
});

describe('a link to a page', () => {
  it('is answered with its media; the one that is chosen is fetched, and nothing else', async () => {
    const { server, test } = await pair();
    const page = await follow(test, { url: server.at('/story') });
    expect(page.statusCode).toBe(300);
    expect(page.headers['cache-control']).toBe('no-store');
    const listed = page.json();
    expect(listed).toMatchObject({
      schema: 'assay.media/1',
      page: { url: server.at('/story'), title: 'A “story”' },
    });
    expect(listed.media).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ url: server.at('/photo.png?who=secret'), kind: 'image', from: 'og' }),
        expect.objectContaining({ url: server.at('/large.png'), from: 'srcset', width: 1280 }),
      ]),
    );
    expect(server.asked).toEqual(['/robots.txt', '/story']);
    const url = server.at('/large.png');
    const made = await follow(test, { url, page: listed.page.url });
    expect(made.statusCode).toBe(201);
    expect(server.asked).toEqual(['/robots.txt', '/story', '/robots.txt', '/large.png']);
    // The page as it was at the time of the choice is part of the evidence.
    const kept = await records(test, made.json().id);
    expect(kept.match(/WARC-Target-URI: \S+/g)).toEqual(
      expect.arrayContaining(['/story', '/large.png'].map((path) => `WARC-Target-URI: ${server.at(path)}`)),
    );
    expect(kept).toContain('A “story”'.replace(/[“”]/g, (one) => Buffer.from(one).toString('latin1')));
  });

  it('is none that was never shown, or shows no such file, or was shown to somebody else', async () => {
    const server = await served();
    const test = await guarded(following(server));
    const [ours, theirs] = [
      bearer(await newKey(test, { tenant: 'ours' })),
      bearer(await newKey(test, { tenant: 'theirs' })),
    ];
    const page = server.at('/story');
    const choose = (url: string, headers: Record<string, string>) => follow(test, { url, page }, headers);
    expect((await choose(server.at('/photo.png'), ours)).json()).toMatchObject({
      ...{ code: 'bad-field', errors: [{ pointer: '/page' }] },
    });
    expect((await follow(test, { url: page }, theirs)).statusCode).toBe(300);
    expect((await choose(server.at('/large.png'), ours)).json().errors).toMatchObject([{ pointer: '/page' }]);
    expect((await choose(server.at('/photo.png'), theirs)).json().errors).toMatchObject([
      { pointer: '/url' },
    ]);
    expect(server.asked).toEqual(['/robots.txt', '/story']);
    expect((await choose(server.at('/large.png'), theirs)).statusCode).toBe(201);
  });
});

describe('who may give a link', () => {
  it('has the scope for it, where the operator lets links be followed', async () => {
    const server = await served();
    const url = server.at('/photo.png');
    const on = await guarded(following(server));
    const without = await withScopes(on, 'inspect', 'read', 'reveal', 'admin');
    const refused = await follow(on, { url }, without);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'scope-missing']);
    expect(refused.headers['www-authenticate']).toContain('scope="fetch"');
    const { payload, headers } = form({ url });
    const posted = await on.app.inject({
      ...{ method: 'POST', url: '/v1/inspections', payload },
      headers: { ...headers, ...without },
    });
    expect(posted.json().code).toBe('scope-missing');
    const off = await testApp();
    expect((await follow(off, { url })).json().code).toBe('fetch.off');
    expect((await sendForm(off, { url })).statusCode).toBe(403);
    expect(server.asked).toEqual([]);
    for (const [test, shown] of [
      [off, false],
      [await testApp({ env: following(server) }), true],
    ] as const) {
      const page = await test.app.inject({ url: '/', headers: BROWSER });
      expect(page.body.includes('name="url"')).toBe(shown);
      expect((await test.app.inject({ url: '/v1/capabilities' })).json().fetch).toBe(shown ? 'hosts' : 'off');
    }
  });

  it('reads what was exchanged with the scope for personal data alone, and never by a link to a report', async () => {
    const server = await served();
    const test = await guarded(following(server));
    const may = await withScopes(test, 'inspect', 'read', 'fetch', 'reveal');
    const { id } = (await follow(test, { url: server.at('/photo.png?who=secret') }, may)).json();
    const url = `/v1/inspections/${id}/exchanges`;
    const reads = await withScopes(test, 'inspect', 'read', 'fetch', 'admin');
    expect((await test.app.inject({ url, headers: reads })).json().code).toBe('scope-missing');
    expect(await records(test, id, may)).toContain('who=secret');
    const other = bearer(await newKey(test, { tenant: 'other' }));
    expect((await test.app.inject({ url, headers: other })).json().code).toBe('inspection-not-found');
    const share = await test.app.inject({
      ...{ method: 'POST', url: `/v1/inspections/${id}/shares`, payload: {}, headers: may },
    });
    const shared = new URL(share.json().url, 'http://local').pathname;
    for (const path of [shared, `${shared}/exchanges`]) {
      const answer = await test.app.inject({ url: path, headers: BROWSER });
      expect(answer.body).not.toContain('secret');
      expect(answer.body).not.toContain('exchanges.warc');
    }
    // Without API keys the operator's environment allows it.
    const local = await testApp({ env: following(server) });
    const own = (await follow(local, { url: server.at('/photo.png') })).json().id;
    const masked = await local.app.inject({ url: `/v1/inspections/${own}/exchanges` });
    expect(masked.json().code).toBe('reveal-not-allowed');
  });

  it('has what was exchanged with a recheck too, and until the inspection is deleted', async () => {
    const { server, test } = await pair({ ASSAY_KEEP_UPLOADS_HOURS: '1' });
    const { id } = (await follow(test, { url: server.at('/photo.png') })).json();
    const again = await test.app.inject({ method: 'POST', url: `/v1/inspections/${id}/recheck` });
    const { id: rechecked, servedBy: by } = again.json();
    expect(by).toMatchObject({ host: server.host });
    expect((await test.app.inject({ method: 'DELETE', url: `/v1/inspections/${id}` })).statusCode).toBe(204);
    const gone = await test.app.inject({ url: `/v1/inspections/${id}/exchanges` });
    expect(gone.json().code).toBe('inspection-not-found');
    expect(await records(test, rechecked)).toContain('/photo.png');
    expect(server.asked).toEqual(['/robots.txt', '/photo.png']);
  });
});

describe('the form with a link', () => {
  it('leads to the report, or to the media of a page as words, and keeps what was asked', async () => {
    const { server, test } = await pair();
    const made = await sendForm(test, { url: server.at('/photo.png'), jurisdiction: 'EU' });
    expect([made.statusCode, made.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/inspections\//),
    ]);
    const page = await sendForm(test, { url: server.at('/story'), jurisdiction: 'EU' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([300, 'text/html; charset=utf-8']);
    expect(page.body).toContain(`<input type="hidden" name="page" value="${server.at('/story')}">`);
    expect(page.body).toContain('<input type="hidden" name="jurisdiction" value="EU">');
    expect(page.body.match(/type="radio"/g)?.length).toBeGreaterThan(1);
    expect(page.body).not.toContain('<img');
    const chosen = await sendForm(test, {
      ...{ url: server.at('/photo.png?who=secret'), page: server.at('/story'), jurisdiction: 'EU' },
    });
    expect(chosen.statusCode).toBe(303);
    expect(test.inspector.requests.map(({ jurisdictions }) => jurisdictions)).toEqual([['EU'], ['EU']]);
  });

  it.each([
    ['/gone', 422, 'There is nothing'],
    ['/bare', 422, 'no file'],
  ])('comes back with %s in it and why nothing came of it', async (path, status) => {
    const { server, test } = await pair();
    const back = await sendForm(test, { url: server.at(path) });
    expect(back.statusCode).toBe(status);
    expect(back.body).toContain(`value="${server.at(path)}"`);
    expect(back.body).toMatch(/<p class="error" id="url-error" role="alert">[^<]{20,}<\/p>/);
  });

  it('takes a file or a link, not both, and says what is missing', async () => {
    const { server, test } = await pair();
    const both = await sendForm(test, { url: server.at('/photo.png') }, PICTURE_BYTES);
    expect(both.statusCode).toBe(400);
    expect(both.body).toContain('id="url-error"');
    expect((await sendForm(test, { url: ' ' })).body).toContain('id="file-error"');
    expect((await sendForm(test, { url: ' ' }, PICTURE_BYTES)).statusCode).toBe(303);
    expect(server.asked).toEqual([]);
  });
});

describe('what is asked of other servers', () => {
  it('is what a person gave alone: no address in a file, whatever links are followed', async () => {
    const canary = await served();
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="${canary.at('/manifest.c2pa')}"/></rdf:RDF></x:xmpmeta>`;
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .withXmp(xmp)
      .jpeg()
      .toBuffer();
    const server = await served({
      '/linked.jpg': (_, response) =>
        void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture),
    });
    for (const env of [{}, { ASSAY_FETCH: `all,${server.host},${canary.host}` }]) {
      const test = await testApp({ env, inspector });
      const sent = await upload(test.app, [
        onePart({ filename: 'a.jpg', type: 'image/jpeg', content: picture }),
      ]);
      expect(sent.statusCode).toBe(201);
      expect(sent.json().report.asset.servedBy).toBeUndefined();
      if (!('ASSAY_FETCH' in env)) continue;
      const linked = await follow(test, { url: server.at('/linked.jpg') });
      expect(linked.json().report.asset).toMatchObject({ servedBy: { host: server.host } });
      const url = `/v1/inspections/${linked.json().id}`;
      const table = await test.app.inject({ url, headers: { accept: 'text/csv' } });
      expect(table.body).toContain(`,${server.host},${linked.json().servedBy.at}\r\n`);
      // Answered from the stored result for the same bytes.
      expect(linked.headers['assay-cached']).toBe(sent.json().id);
    }
    expect(canary.asked).toEqual([]);
    expect(server.asked).toEqual(['/robots.txt', '/linked.jpg']);
  });
});
