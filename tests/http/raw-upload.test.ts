import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type TestApp, testApp } from './harness.js';

const FILE = Buffer.from('a file, as it is');
const digest = (content: Buffer) => `sha-256=:${createHash('sha256').update(content).digest('base64')}:`;

const send = ({ app }: TestApp, query = '', headers: Record<string, string> = {}, payload = FILE) =>
  app.inject({
    method: 'POST',
    url: `/v1/inspections${query}`,
    payload,
    headers: { 'content-type': 'image/jpeg', ...headers },
  });

describe('a file that is the whole body', () => {
  it('is inspected under the name and with the question in its address', async () => {
    const test = await testApp();
    const answer = await send(test, '?name=photo.jpg&asOf=2026-08-02&deep=true');
    expect(answer.statusCode).toBe(201);
    const { id, report } = answer.json();
    expect(answer.headers['location']).toBe(`/v1/inspections/${id}`);
    expect(report.asset).toMatchObject({
      name: 'photo.jpg',
      bytes: FILE.length,
      sha256: createHash('sha256').update(FILE).digest('hex'),
      declaredMediaType: 'image/jpeg',
    });
    expect(test.inspector.requests[0]).toMatchObject({ asOf: '2026-08-02', deep: true });
    expect(test.uploads()).toEqual([]);
  });

  it('has only a base name, and one of ours where it has none', async () => {
    const test = await testApp();
    expect((await send(test, '?name=../../etc/passwd')).json().report.asset.name).toBe('passwd');
    expect((await send(test, '', {}, Buffer.from('another'))).json().report.asset.name).not.toBe('');
  });

  it.each([
    ['empty', Buffer.alloc(0), 400, 'file-empty'],
    ['larger than may be', Buffer.alloc(2_001), 413, 'too-large'],
  ])('is refused where it is %s, and nothing stays', async (_, payload, status, code) => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '2000' } });
    const answer = await send(test, '', {}, payload);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(test.uploads()).toEqual([]);
  });

  it('is refused under types that are no file’s', async () => {
    const test = await testApp();
    const answer = await send(test, '', { 'content-type': 'text/plain' });
    expect(answer.statusCode).toBe(415);
  });
});

describe('Repr-Digest', () => {
  it('is held against what has arrived', async () => {
    const test = await testApp();
    expect((await send(test, '', { 'repr-digest': digest(FILE) })).statusCode).toBe(201);
    const other = await send(test, '', { 'repr-digest': digest(Buffer.from('another')) });
    expect([other.statusCode, other.json().code]).toEqual([400, 'digest-mismatch']);
    expect(test.inspector.requests).toHaveLength(1);
    expect(test.uploads()).toEqual([]);
  });

  it('may name other algorithms, and has to be well-formed', async () => {
    const test = await testApp();
    const more = `sha-512=:AAAA:, ${digest(FILE)}`;
    expect((await send(test, '', { 'repr-digest': more })).statusCode).toBe(201);
    expect((await send(test, '', { 'repr-digest': 'sha-512=:AAAA:' })).statusCode).toBe(201);
    const broken = await send(test, '', { 'repr-digest': 'sha-256=abc' });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'bad-field']);
  });

  it('is refused with a body that it is not checked of', async () => {
    const { app } = await testApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/inspections',
      payload: { upload: 'x' },
      headers: { 'repr-digest': digest(FILE) },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-field']);
  });
});
