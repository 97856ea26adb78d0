import { once } from 'node:events';
import { get, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { LOCAL_CALLER, setCaller } from '../../src/http/contract/access.js';
import { registerAuditLog } from '../../src/http/guards/write-audit.js';
import type { Stores } from '../../src/storage/stores.js';
import { testApp } from './harness.js';

function* endless() {
  for (;;) yield 'x'.repeat(65_536);
}

async function listening(stores: Stores, routes: (app: FastifyInstance) => void) {
  const app = Fastify();
  registerAuditLog(app, stores.log, () => new Date('2026-11-29T10:00:00.000Z'));
  routes(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { app, at: { host: '127.0.0.1', port } };
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const told = async ({ log }: Stores) =>
  (await log.listLeaves('local', 0, 10)).map(({ leaf }) => [leaf?.action, leaf?.subject, leaf?.status]);

it('has a leaf of an answer that somebody left before its end', async () => {
  const { stores } = await testApp();
  const closed = signal();
  const { app, at } = await listening(stores, (on) =>
    on.get('/inspections/:id', async (asked, reply) => {
      setCaller(asked, LOCAL_CALLER);
      reply.raw.once('close', () => closed.resolve());
      return reply.type('text/plain').send(Readable.from(endless()));
    }),
  );
  const response = await new Promise<IncomingMessage>((resolve) =>
    get({ ...at, path: '/inspections/i1' }, resolve),
  );
  response.destroy();
  await closed.promise;
  expect(await told(stores)).toEqual([['inspection.viewed', 'i1', 200]]);
  await app.close();
});

it('has a leaf of what was done for somebody who had left before the answer began', async () => {
  const { stores } = await testApp();
  const [begun, answered] = [signal(), signal()];
  const { app, at } = await listening(stores, (on) => {
    on.addHook('onSend', async () => answered.resolve());
    on.delete('/things/:id', async (asked, reply) => {
      setCaller(asked, LOCAL_CALLER);
      begun.resolve();
      await once(reply.raw, 'close');
      return reply.code(204).send();
    });
  });
  const asked = request({ ...at, path: '/things/t1', method: 'DELETE' });
  asked.on('error', () => undefined);
  asked.end();
  await begun.promise;
  asked.destroy();
  await answered.promise;
  expect(await told(stores)).toEqual([['DELETE /things/:id', 't1', 204]]);
  await app.close();
});
