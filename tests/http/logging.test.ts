import { describe, expect, it } from 'vitest';
import { BROWSER, onePart, testApp, upload } from './harness.js';

describe('the log', () => {
  it('holds routes and codes, and no name, word, address or id of a client', async () => {
    const lines: string[] = [];
    const { app } = await testApp({
      env: { ASSAY_LOG_LEVEL: 'trace' },
      log: { write: (line) => lines.push(line) },
    });
    const posted = await upload(app, [onePart({ filename: 'SECRET-name.png', content: 'SECRET-bytes' })], {
      headers: { referer: 'SECRET-referer', cookie: 'SECRET-cookie' },
    });
    const id = String(posted.headers.location).split('/').at(-1) ?? '';
    await app.inject({
      url: `/inspections/${id}?SECRET-query`,
      headers: { ...BROWSER, referer: 'SECRET-referer' },
      remoteAddress: '203.0.113.9',
    });
    await upload(app, [onePart(), { name: 'SECRET-field', content: 'SECRET-value' }]);
    await app.inject({
      method: 'POST',
      url: '/v1/inspections',
      payload: 'x',
      headers: { 'content-type': 'SECRET/type' },
    });
    await app.inject({ url: '/SECRET-path' });
    await app.inject({ url: '/%zz-SECRET' });

    const log = lines.join('');
    expect(log).toContain('"route":"/v1/inspections"');
    expect(log).toContain('"code":"bad-field"');
    expect(log).not.toContain('SECRET');
    expect(log).not.toContain(id);
    expect(log).not.toContain('203.0.113.9');
  });

  it('holds the cause of a fault of ours, under the id that the client was told', async () => {
    const lines: string[] = [];
    const { app } = await testApp({
      log: { write: (line) => lines.push(line) },
      inspector: { inspect: () => Promise.reject(new Error('the cause')), close: async () => {} },
    });
    const answer = await upload(app);
    const line = lines.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'problem');
    expect(line).toMatchObject({ code: 'internal', err: { message: 'the cause' } });
    expect(answer.json().instance).toBe(`urn:uuid:${line.reqId}`);
    expect(answer.body).not.toContain('the cause');
  });
});
