import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { listen, multipart, onePart, testApp, upload } from './harness.js';
import { askRaw, type RawAnswer } from './raw-exchange.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

const WRONG = `assay_${'a'.repeat(12)}_${'b'.repeat(52)}`;

/** One request for each problem that the guards raise. */
export const ACCESS_WAYS = {
  'key-required': async () => (await guarded()).app.inject({ url: '/v1/capabilities' }),
  'key-invalid': async () =>
    (await guarded()).app.inject({ url: '/v1/capabilities', headers: bearer(WRONG) }),
  'scope-missing': async () => {
    const test = await guarded();
    return test.app.inject({ url: '/v1/keys', headers: await withScopes(test, 'read') });
  },
  'proxy-not-trusted': async () =>
    (await testApp()).app.inject({ url: '/', headers: { 'x-forwarded-for': '192.0.2.1' } }),
  'host-not-allowed': async () =>
    (await testApp()).app.inject({ url: '/', headers: { host: 'evil.example' } }),
  'several-hosts': async () =>
    askRaw(await listen(await testApp()), 'GET / HTTP/1.1', 'Host: localhost', 'Host: evil.example'),
  'cross-origin': async () =>
    (await testApp()).app.inject({
      method: 'POST',
      url: '/v1/inspections',
      headers: { origin: 'https://evil.example' },
    }),
  'form-expired': async () => (await guarded()).app.inject({ method: 'POST', url: '/sign-out' }),
  'key-not-found': async () => {
    const test = await guarded();
    return test.app.inject({ url: '/v1/keys/none', headers: bearer(await newKey(test)) });
  },
  'too-many-attempts': async () => {
    const { app } = await guarded();
    const ask = () => app.inject({ url: '/v1/capabilities', headers: bearer(WRONG) });
    for (let turn = 0; turn < 10; turn += 1) await ask();
    return ask();
  },
  'too-many-requests': async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '2' });
    const headers = bearer(await newKey(test));
    for (let turn = 0; turn < 2; turn += 1) await test.app.inject({ url: '/v1/capabilities', headers });
    return test.app.inject({ url: '/v1/capabilities', headers });
  },
  'too-many-uploads': async () => {
    const inspector = { inspect: () => new Promise<never>(() => {}), close: async () => {} };
    const test = await guarded({}, { inspector, config: { uploadsAtOnce: 2 } });
    const headers = bearer(await newKey(test));
    void upload(test.app, undefined, { headers });
    await expect.poll(() => test.uploads().length).toBe(1);
    return upload(test.app, undefined, { headers });
  },
  'quota-used-up': async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test, { limits: { dailyInspections: 1 } }));
    await upload(test.app, undefined, { headers });
    return upload(test.app, undefined, { headers });
  },
  'length-required': async () => {
    const test = await guarded();
    const { payload, headers } = multipart([onePart()]);
    const key = await newKey(test, { limits: { dailyBytes: 1_000_000 } });
    const own = { ...bearer(key), ...headers };
    return test.app.inject({
      method: 'POST',
      url: '/v1/inspections',
      headers: own,
      payload: Readable.from([payload]),
    });
  },
} satisfies Record<string, () => Promise<RawAnswer>>;
