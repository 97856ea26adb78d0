import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { ReadinessSchema } from '../../src/http/services/readiness.js';
import { temporaryDirectory, testApp, upload } from './harness.js';

const isReadiness = Compile(ReadinessSchema);
const asks = { url: '/v1/health/ready' };

describe('health', () => {
  it('is live whatever the parts say', async () => {
    const { app } = await testApp({
      inspector: { inspect: () => Promise.reject(new Error('down')), close: async () => {} },
    });
    const answer = await app.inject({ url: '/v1/health/live' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'live' });
  });

  it('is ready when a file can be written and is inspected', async () => {
    const { app, inspector, uploads } = await testApp();
    const answer = await app.inject(asks);
    expect(answer.statusCode).toBe(200);
    expect(isReadiness.Check(answer.json())).toBe(true);
    expect(answer.json().status).toBe('ready');
    expect(inspector.bytes).toEqual([5]);
    expect(uploads()).toEqual([]);
  });

  it('does not inspect anew for each that asks', async () => {
    const { app, inspector } = await testApp();
    await Promise.all(Array.from({ length: 20 }, () => app.inject(asks)));
    expect(inspector.requests).toHaveLength(1);
  });

  it('is not ready without an inspector', async () => {
    const { app, uploads } = await testApp({
      inspector: { inspect: () => Promise.reject(new Error('down')), close: async () => {} },
    });
    const answer = await app.inject(asks);
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      status: 'not-ready',
      checks: { dataDirectory: { status: 'ok' }, inspector: { status: 'failed' }, uploads: { status: 'ok' } },
    });
    expect(uploads()).toEqual([]);
  });

  it('is not ready where it cannot write', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'uploads'), 'a file in the folder’s place');
    const { app } = await testApp({ env: { ASSAY_DATA_DIR: directory } });
    const answer = await app.inject(asks);
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks.dataDirectory.status).toBe('failed');
    expect(answer.body).not.toContain(directory);
  });

  it('turns the next upload away where the operator’s number of places is taken, without an error in the log', async () => {
    const lines: string[] = [];
    const test = await testApp({
      config: { uploadsAtOnce: 2 },
      inspector: { inspect: () => new Promise(() => {}), close: async () => {} },
      log: { write: (line) => lines.push(line) },
    });
    for (let place = 0; place < 2; place += 1) void upload(test.app);
    await expect.poll(() => test.uploads().length).toBe(2);
    expect((await upload(test.app)).json().code).toBe('unavailable');
    const said = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'problem');
    // 30 is information, 50 an error.
    expect(said.map(({ code, level }) => ({ code, level }))).toEqual([{ code: 'unavailable', level: 30 }]);
    const { limits } = (await test.app.inject('/v1/capabilities')).json();
    expect(limits.uploadsAtOnce).toBe(2);
  });

  it('is not ready while all places are taken', async () => {
    const test = await testApp({
      inspector: { inspect: () => new Promise(() => {}), close: async () => {} },
    });
    for (let place = 0; place < 16; place += 1) void upload(test.app);
    await expect.poll(() => test.uploads().length).toBe(16);
    const answer = await test.app.inject(asks);
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks).toMatchObject({
      uploads: { status: 'failed' },
      inspector: { status: 'failed' },
    });
  });
});
