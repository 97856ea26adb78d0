import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseVerifierKey, verifyHead } from '../../src/core/transparency-log/checkpoint.js';
import { verifyExtract } from '../../src/core/transparency-log/extract.js';
import { isConsistent } from '../../src/core/transparency-log/tree.js';
import { onePart, testApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

const signer = { privateKey: generateKeyPairSync('ed25519').privateKey, host: 'desk.example' };

it('tells a second machine its heads, leaves and proofs, and nobody but admins', async () => {
  const test = await guarded();
  test.stores.log.signWith(signer);
  const admin = bearer(await newKey(test, { name: 'chief Anna', scopes: ['admin'] }));
  const desk = bearer(await newKey(test, { name: 'desk', scopes: ['inspect', 'read'] }));
  const get = (url: string, headers: Record<string, string> = admin) => test.app.inject({ url, headers });
  for (const url of ['/v1/log/head', '/v1/log/leaves', '/v1/log/proof?index=0&size=1'])
    expect((await get(url, desk)).statusCode).toBe(403);
  const first = (await get('/v1/log/head')).json();
  const text = await get('/v1/log/head', { ...admin, accept: 'text/plain' });
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
  const key = parseVerifierKey(first.verifierKey);
  if (key === undefined) throw new Error('no key');
  const [earlier, later] = [first.checkpoint, text.body].map((one) =>
    verifyHead(one, key.name, key.publicKey),
  );
  if (earlier === undefined || later === undefined) throw new Error('not signed');
  const { proof } = (await get(`/v1/log/proof?from=${earlier.size}&size=${later.size}`)).json();
  const hashes = proof.map((one: string) => Buffer.from(one, 'base64'));
  expect(isConsistent(earlier, later, hashes)).toBe(true);
  const { leaves } = (await get('/v1/log/leaves?from=1&limit=3')).json();
  expect(leaves.map(({ index }: { index: number }) => index)).toEqual([1, 2, 3]);
  expect(JSON.stringify(leaves)).not.toMatch(/Anna/);
  for (const query of ['', '?size=1', '?index=0&from=0&size=1', '?index=99&size=99', '?index=5&size=2'])
    expect((await get(`/v1/log/proof${query}`)).statusCode).toBe(400);
});

it('has a leaf of each deed about an inspection, and keeps a stub of one that is gone', async () => {
  const test = await testApp();
  test.stores.log.signWith(signer);
  const made = await upload(test.app, [onePart({ filename: 'secret-source.png' })]);
  const url = String(made.headers['location']);
  const id = url.split('/').at(-1) ?? '';
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    test.app.inject({ method, url: path, ...(payload === undefined ? {} : { payload }) });
  await ask('GET', `${url}/report.json`);
  await ask('PATCH', url, { note: 'secret note', caseRef: 'secret case' });
  const { url: link, id: share } = (await ask('POST', `${url}/shares`, {})).json();
  await ask('GET', new URL(link).pathname);
  const again = (await ask('POST', `${url}/recheck`)).json();
  await ask('DELETE', url);
  const extract = await test.stores.log.extract('local', [id], { persons: true });
  expect(verifyExtract(extract)).toMatchObject({ holds: true });
  const leaves = extract?.leaves ?? [];
  const deeds = leaves.filter(({ leaf }) => leaf.operation === undefined || leaf.action !== leaf.operation);
  expect(deeds.map(({ leaf, person }) => [leaf.action, person?.who]).sort()).toEqual([
    ['inspection.deleted', 'local'],
    ['inspection.received', 'local'],
    ['inspection.rechecked', 'local'],
    ['inspection.viewed', 'local'],
    ['note.written', 'local'],
    ['share.made', 'local'],
    ['share.opened', `link ${share}`],
  ]);
  const received = deeds.find(({ leaf }) => leaf.action === 'inspection.received');
  expect(received?.leaf.facts).toEqual({
    sha256: made.json().report?.asset.sha256 ?? made.json().asset?.sha256,
    bytes: expect.any(Number),
  });
  expect(received?.leaf.requestId).toBe(made.headers['x-request-id']);
  expect(deeds.find(({ leaf }) => leaf.action === 'inspection.rechecked')?.leaf.facts).toEqual({
    by: again.id,
  });
  const rows = await test.database.query.selectFrom('log_leaves').select('leaf').execute();
  expect(JSON.stringify(rows)).not.toMatch(/secret/);
});

it('has a view of each of two that were compared', async () => {
  const test = await testApp();
  const ids = [];
  for (const filename of ['one.png', 'two.png']) {
    const made = await upload(test.app, [onePart({ filename })]);
    ids.push(String(made.headers['location']).split('/').at(-1));
  }
  expect((await test.app.inject(`/compare?id=${ids[0]}&id=${ids[1]}`)).statusCode).toBe(200);
  const leaves = await test.stores.log.listLeaves('local', 0, 100);
  const seen = leaves.filter(({ leaf }) => leaf?.action === 'inspection.viewed');
  expect(seen.map(({ leaf }) => leaf?.subject)).toEqual(ids);
});

it('has a leaf of what goes by its day', async () => {
  const test = await testApp();
  const made = await upload(test.app);
  const id = String(made.headers['location']).split('/').at(-1) ?? '';
  await test.stores.inspections.expire('local', id, '2026-12-29T10:00:00.000Z');
  const leaves = await test.stores.log.listLeaves('local', 0, 100);
  const gone = leaves.find(({ leaf }) => leaf?.action === 'inspection.deleted');
  expect(gone?.leaf).toMatchObject({ subject: id, facts: { reason: 'day' } });
  expect(gone?.leaf?.person).toBeUndefined();
});
