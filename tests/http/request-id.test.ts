import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveRequestId } from '../../src/http/contract/request-id.js';
import { anyCharacter } from '../support/any-character.js';
import { listen, sharedApp, testApp } from './harness.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  /** Shared service for tests that leave it unchanged. */
  const service = sharedApp();

  it('is the client’s own: in the answer, the problem, the log and the audit', async () => {
    const lines: string[] = [];
    const { app } = await testApp({ log: { write: (line) => lines.push(line) } });
    const id = 'desk-7.run_42';
    const headers = { 'x-request-id': id };
    const answer = await app.inject({ url: '/v1/inspections/none', headers });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.json()).toMatchObject({
      code: 'inspection-not-found',
      instance: `urn:assay:request:${id}`,
    });
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.find(({ msg }) => msg === 'problem')).toMatchObject({ reqId: id });
    // Two requests with the same id each have their own log line.
    await app.inject({ url: '/v1/inspections', headers });
    const { entries } = (await app.inject({ url: '/v1/audit' })).json();
    expect(entries.filter(({ requestId }: { requestId: string }) => requestId === id)).toHaveLength(2);
    expect((await app.inject({ url: '/%zz', headers })).headers['x-request-id']).toBe(id);
  });

  it('keeps the form of a UUID', async () => {
    const { app } = await testApp();
    const id = '6f1c2e0a-0000-4000-8000-00000000abcd';
    const answer = await app.inject({ url: '/nowhere', headers: { 'x-request-id': id } });
    expect(answer.json().instance).toBe(`urn:uuid:${id}`);
    const ours = await app.inject({ url: '/nowhere' });
    expect(ours.json().instance).toBe(`urn:uuid:${ours.headers['x-request-id']}`);
  });

  it.each([
    ['nothing', ''],
    ['too long', 'a'.repeat(129)],
    ['a space', 'one two'],
    ['markup', '<script>alert(1)</script>'],
    ['JSON', '"},{"level":60'],
    ['a line end that is spelled out', '%0d%0aSet-Cookie:x'],
    ['a path', '../../etc/passwd'],
    ['letters of elsewhere', 'é'],
    ['a comma', 'one,two'],
  ])('is one of ours where the client’s is %s', async (_name, given) => {
    const { app } = service();
    const answer = await app.inject({ url: '/nowhere', headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toMatch(UUID);
    expect(answer.json().instance).toBe(`urn:uuid:${answer.headers['x-request-id']}`);
  });

  it('is one of ours where it was sent twice', async () => {
    const test = await testApp();
    const socket = connect(await listen(test), '127.0.0.1');
    socket.write(
      'GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Request-Id: one\r\nX-Request-Id: two\r\n\r\n',
    );
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(socket, 'close');
    expect(/x-request-id: (\S+)/i.exec(said)?.[1]).toMatch(UUID);
  });

  it('is short and plain, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: anyCharacter, maxLength: 300 })), (given) => {
        const id = resolveRequestId({ headers: { 'x-request-id': given } });
        expect(id).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
        if (/^[A-Za-z0-9._-]{1,128}$/.test(given)) expect(id).toBe(given);
        else expect(id).toMatch(UUID);
      }),
    );
  });
});
