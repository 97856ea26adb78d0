import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AddressPolicy } from '../../../src/base/net/address-check.js';
import { guardedAgent } from '../../../src/base/net/guarded-connect.js';
import { BucketClient, toSourceError } from '../../../src/scan/sources/s3/bucket.js';

async function server(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const asked: string[] = [];
  let connections = 0;
  const listening = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  listening.on('connection', () => {
    connections += 1;
  });
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  const { port } = listening.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, asked, connections: () => connections };
}

describe('an agent of a library', () => {
  const ask = (url: string, denied: string[] = []) => {
    const check = new AddressPolicy(denied);
    const agent = guardedAgent('http:', (host) => check.guardForNamed(host), { keepAlive: true });
    onTestFinished(() => agent.destroy());
    return new Promise<string>((resolve) => {
      get(url, { agent }, (response) => resolve(String(response.resume().statusCode))).on('error', (error) =>
        resolve('code' in error ? String(error.code) : error.message),
      );
    });
  };

  it('goes where it is told, by number and by name, and not where that is denied', async () => {
    const { port, url, connections } = await server((_, response) => response.end());
    expect(await ask(url)).toBe('200');
    expect(await ask(`http://localhost:${port}/`)).toBe('200');
    expect(connections()).toBe(2);
    for (const locator of [url, `http://localhost:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`])
      expect(await ask(locator, ['127.0.0.0/8', '::1']), locator).toBe('fetch.privateAddress');
    expect(connections()).toBe(2);
  });

  it('leaves a connection before a byte is said, where it came to an address that is closed', async () => {
    const { port, asked, connections } = await server((_, response) => response.end());
    const answers = [true, false];
    const agent = guardedAgent('http:', () => () => answers.shift() ?? false, {});
    const ended = new Promise((resolve) => get({ host: '127.0.0.1', port, agent }).on('error', resolve));
    expect(await ended).toMatchObject({ code: 'fetch.privateAddress' });
    expect([connections(), asked]).toEqual([1, []]);
  });
});

describe('a store of objects', () => {
  const before = { ...process.env };
  beforeAll(() => {
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  });
  afterAll(() => {
    process.env = before;
  });

  const listed = async (endpoint: string, denied: string[] = []) => {
    const buckets = new BucketClient({ endpoint, region: 'us-east-1', denied }, new AbortController().signal);
    try {
      for await (const one of buckets.list({ bucket: 'media', key: '' })) return one.key;
      return 'nothing';
    } catch (error) {
      return toSourceError(error).userMessage.id;
    } finally {
      buckets.close();
    }
  };

  it('on this machine is asked where the operator named it, and sends nobody elsewhere', async () => {
    const elsewhere = await server((_, response) => response.end());
    const body = `<Error><Code>PermanentRedirect</Code><Endpoint>127.0.0.1:${elsewhere.port}</Endpoint></Error>`;
    for (const status of [301, 302, 307, 308]) {
      const store = await server((_, response) =>
        response
          .writeHead(status, {
            location: `${elsewhere.url}/media/`,
            'x-amz-bucket-region': `x@127.0.0.1:${elsewhere.port}#`,
          })
          .end(body),
      );
      expect(await listed(store.url)).toMatch(/^scan\.s3\./);
      expect(store.asked.length).toBeGreaterThan(0);
    }
    expect(elsewhere.connections()).toBe(0);
  });

  it('is not asked where its address is denied, and the reason is told', async () => {
    const store = await server((_, response) => response.end());
    expect(await listed(store.url, ['127.0.0.0/8'])).toBe('scan.s3.denied');
    expect(store.connections()).toBe(0);
  });
});
