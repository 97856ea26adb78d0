import { once } from 'node:events';
import { statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Inspector } from '../../src/inspect/pool/inspector.js';
import { listen, shellReport, storesWith, temporaryDirectory, testApp, testStores } from './harness.js';

const MIB = 1024 ** 2;
const HEAD =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: video/mp4\r\n\r\n';
const TAIL = '\r\n--b--\r\n';

/** Reports the file without reading it, because these tests are about the upload. */
function glance(seen: { bytes: number[]; modes: number[] }): Inspector {
  return {
    inspect: async (request) => {
      const { size, mode } = statSync(request.path);
      seen.bytes.push(size);
      seen.modes.push(mode & 0o777);
      return shellReport(request, Buffer.alloc(0));
    },
    close: async () => {},
  };
}

function* fileOf(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(MIB, 0x5a);
  yield Buffer.from(HEAD);
  for (let sent = 0; sent < bytes; sent += MIB) yield chunk.subarray(0, Math.min(MIB, bytes - sent));
  yield Buffer.from(TAIL);
}

interface Answer {
  status: number;
  body: string;
}

/** Sends in chunks without a declared length. A broken pipe while sending is not an answer of the server. */
async function send(port: number, body: Iterable<Buffer>): Promise<Answer> {
  const outgoing = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/inspections',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    outgoing.on('error', reject);
  });
  await Promise.race([pipeline(Readable.from(body), outgoing), answered]);
  const answer = await answered;
  outgoing.destroy();
  return answer;
}

async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const requestHead = (length: number) =>
  `POST /v1/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n`;

describe('an upload over a socket', () => {
  it('goes to disk as it comes, for our eyes only, and never whole into memory', async () => {
    const seen = { bytes: [] as number[], modes: [] as number[] };
    const test = await testApp({ inspector: glance(seen), env: { ASSAY_SYNC_UPLOAD_BYTES: '1GiB' } });
    const port = await listen(test);
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 5);
    const answer = await send(port, fileOf(200 * MIB));
    clearInterval(watch);
    expect(answer.status).toBe(201);
    expect(seen).toEqual({ bytes: [200 * MIB], modes: [0o600] });
    expect(statSync(join(test.config.dataDir, 'uploads')).mode & 0o777).toBe(0o700);
    expect(most).toBeLessThan(100 * MIB);
    expect(test.uploads()).toEqual([]);
  });

  it('is cut off at the limit, answered, and not inspected', async () => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '2MiB' } });
    const port = await listen(test);
    const answer = await send(port, fileOf(40 * MIB));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).code).toBe('too-large');
    expect(test.inspector.requests).toEqual([]);
    expect(test.uploads()).toEqual([]);
  });

  it.each(['keep-alive', 'close'])(
    'is refused at its head, and a client that goes on sending can still read why (%s)',
    async (wish) => {
      const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '2MiB' } });
      const socket = await openSocket(await listen(test));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.write(
        requestHead(16 * MIB).replace('Host: localhost', `Host: localhost\r\nConnection: ${wish}`),
      );
      // More than the socket buffers of both ends hold, so it is only sent if the server reads it; and no more than the
      // server reads within its time limit on a busy machine.
      for (let sent = 0; sent < 16; sent += 1) socket.write(Buffer.alloc(MIB));
      await expect.poll(() => socket.writableLength).toBe(0);
      await expect.poll(() => text).toMatch(/^HTTP\/1.1 413 /);
      expect(test.uploads()).toEqual([]);
      if (wish === 'close') await expect.poll(() => socket.readableEnded).toBe(true);
      else expect(socket.destroyed).toBe(false);
    },
  );

  it('leaves no file behind when the client goes in the middle', async () => {
    const test = await testApp();
    const socket = await openSocket(await listen(test));
    socket.write(requestHead(10 * MIB));
    socket.write(HEAD);
    socket.write(Buffer.alloc(MIB));
    await expect.poll(() => test.uploads().length).toBe(1);
    socket.destroy();
    await expect.poll(() => test.uploads()).toEqual([]);
    expect(test.inspector.requests).toEqual([]);
  });

  it('leaves no file and no report behind when the client goes while it waits', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const inspector: Inspector = {
      inspect: async (request) => {
        asked += 1;
        await released;
        return shellReport(request, Buffer.alloc(0));
      },
      close: async () => {},
    };
    let puts = 0;
    const stores = storesWith(await testStores(temporaryDirectory()), {
      createDone: async () => {
        puts += 1;
      },
    });
    const test = await testApp({ inspector, stores });
    const socket = await openSocket(await listen(test));
    const body = `${HEAD}bytes${TAIL}`;
    socket.write(requestHead(body.length) + body);
    await expect.poll(() => asked).toBe(1);
    socket.destroy();
    await delay(50);
    release();
    await expect.poll(() => test.uploads()).toEqual([]);
    await delay(50);
    expect(puts).toBe(0);
  });

  it('gives the place back after each outcome', async () => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1MiB' } });
    const port = await listen(test);
    for (let i = 0; i < 20; i += 1) {
      const socket = await openSocket(port);
      socket.write(requestHead(MIB));
      socket.write(HEAD);
      socket.write('bytes');
      await expect.poll(() => test.uploads().length, { interval: 2 }).toBe(1);
      socket.destroy();
      await expect.poll(() => test.uploads().length, { interval: 2 }).toBe(0);
    }
    expect((await send(port, fileOf(1000))).status).toBe(201);
  });

  it('may be followed by the next on the same connection', async () => {
    const test = await testApp();
    const socket = await openSocket(await listen(test));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    const body = `${HEAD}bytes${TAIL}`;
    const refused = body.replace('name="file"', 'name="other"');
    for (const each of [body, refused, body]) {
      const before = text.split('HTTP/1.1 ').length;
      socket.write(requestHead(each.length) + each);
      await expect.poll(() => text.split('HTTP/1.1 ').length).toBe(before + 1);
    }
    expect([...text.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status)).toEqual(['201', '400', '201']);
  });
});
