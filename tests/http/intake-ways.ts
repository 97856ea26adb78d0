import { randomUUID } from 'node:crypto';
import { testApp, upload } from './harness.js';
import { appendTo, beginUpload, inspectUploaded, TUS, wholeUpload } from './tus.js';

const KEY = { 'idempotency-key': 'one' };

/** One request for each problem of requests that must take effect only once. */
export const INTAKE_WAYS = {
  'idempotency-key-bad': async () =>
    upload((await testApp()).app, undefined, { headers: { 'idempotency-key': 'ünprintable' } }),
  'idempotency-key-refused': async () =>
    (await testApp()).app.inject({ method: 'POST', url: '/v1/webhooks/none/test', headers: KEY }),
  'idempotency-in-progress': async () => {
    let begun = () => {};
    const reached = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const inspector = {
      inspect: () => {
        begun();
        return new Promise<never>(() => {});
      },
      close: async () => {},
    };
    const { app } = await testApp({ inspector });
    void upload(app, undefined, { headers: KEY });
    await reached;
    return upload(app, undefined, { headers: KEY });
  },
  'idempotency-gone': async () => {
    const { app } = await testApp();
    const { location } = (await upload(app, undefined, { headers: KEY })).headers;
    await app.inject({ method: 'DELETE', url: String(location) });
    return upload(app, undefined, { headers: KEY });
  },
  'idempotency-key-reused': async () => {
    const { app } = await testApp();
    await upload(app, undefined, { headers: KEY });
    const body = { url: 'https://example.org/' };
    return app.inject({ method: 'POST', url: '/v1/webhooks', payload: body, headers: KEY });
  },
  'precondition-failed': async () => {
    const { app } = await testApp();
    const url = String((await upload(app)).headers.location);
    return app.inject({ method: 'DELETE', url, headers: { 'if-match': '"another"' } });
  },
  'batch-not-found': async () => (await testApp()).app.inject({ url: `/v1/batches/${randomUUID()}` }),
  'upload-bad': async () =>
    (await testApp()).app.inject({ method: 'POST', url: '/v1/uploads', headers: TUS }),
  'upload-not-found': async () => (await testApp()).app.inject({ url: `/v1/uploads/${randomUUID()}` }),
  'upload-offset-conflict': async () => {
    const { app } = await testApp();
    return appendTo(app, await beginUpload(app, 10), 3, 'abc');
  },
  'upload-unfinished': async () => {
    const { app } = await testApp();
    return inspectUploaded(app, await beginUpload(app, 10));
  },
  'upload-taken': async () => {
    const test = await testApp();
    const id = await wholeUpload(test.app, 'bytes');
    await test.stores.incoming.take('local', id, new Date());
    return inspectUploaded(test.app, id);
  },
  'tus-version': async () => (await testApp()).app.inject({ method: 'POST', url: '/v1/uploads' }),
  'too-many-open-uploads': async () => {
    const { app } = await testApp({ config: { incomingUploads: 1 } });
    await beginUpload(app, 10);
    return app.inject({ method: 'POST', url: '/v1/uploads', headers: { ...TUS, 'upload-length': '1' } });
  },
};
