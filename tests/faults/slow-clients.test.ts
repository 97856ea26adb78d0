import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { descriptors, launched, residentBytes } from '../cli/launched.js';
import { temporaryDirectory } from '../http/posting.js';
import { fetched } from '../support/fetched.js';
import { post } from './posts.js';

/** Runs against the real limits (http/contract/limits.ts), and waits for them. */

const PLACES = 16;
const HEAD = 'POST /v1/inspections HTTP/1.1\r\nHost: localhost\r\n';
const UPLOAD = `${HEAD}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n`;
const PART = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
const NOTE = `POST /v1/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{`;

interface Client {
  socket: Socket;
  said: string;
}

async function client(url: string): Promise<Client> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const made: Client = { socket, said: '' };
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    made.said += chunk;
  });
  await once(socket, 'connect');
  return made;
}

const clients = (url: string, count: number) => Promise.all(Array.from({ length: count }, () => client(url)));

/** Sends a byte every two seconds, so that the client is never silent and never done. */
function dribble({ socket }: Client): void {
  const timer = setInterval(() => socket.write('x'), 2_000);
  socket.once('close', () => clearInterval(timer));
  onTestFinished(() => clearInterval(timer));
}

/** The threads of the match index, and their descriptors, start with the first file; this waits until a search finds it. */
async function untilMatcherRuns(url: string): Promise<void> {
  const first = await post(url, 1);
  expect(first.status).toBe(201);
  const matches = () => fetched(`${url}/v1/inspections/${first.id}/matches`);
  await expect.poll(async () => JSON.parse((await matches()).text)).toMatchObject({ state: 'done' });
}

const gone = (all: Client[]) => all.filter(({ socket }) => socket.closed).length;

it('clients that send a byte at a time are cut off, and hold no place against others', async () => {
  const dataDir = temporaryDirectory();
  const serve = await launched('serve', {
    ASSAY_DATA_DIR: dataDir,
    ASSAY_SELF_TEST: 'skip',
    ASSAY_SANDBOX: 'off',
    ASSAY_JOBS: '1',
  });
  const { url } = serve;
  await untilMatcherRuns(url);
  const before = descriptors(serve);

  const [atHeaders, atBodies, atNotes] = [
    await clients(url, 100),
    await clients(url, PLACES),
    await clients(url, 100),
  ];
  for (const one of atHeaders) one.socket.write(`${HEAD}X-Slow: `);
  for (const one of atBodies) one.socket.write(`${UPLOAD}${PART}${'x'.repeat(1_000)}`);
  for (const one of atNotes) one.socket.write(NOTE);
  for (const one of [...atHeaders, ...atBodies, ...atNotes]) dribble(one);

  // All slots are taken, and the service says so.
  await expect.poll(() => readdirSync(join(dataDir, 'uploads')).length).toBe(PLACES);
  expect(await post(url, 2)).toMatchObject({ status: 503, code: 'unavailable' });
  expect((await fetched(`${url}/v1/inspections`)).status).toBe(200);

  await expect.poll(() => gone(atBodies), { timeout: 100_000, interval: 500 }).toBe(PLACES);
  for (const { said } of atBodies) expect(said).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"request-timeout"/);
  await expect.poll(() => readdirSync(join(dataDir, 'uploads'))).toEqual([]);
  // A slot is free shortly after the last of its data was deleted.
  await expect.poll(async () => (await post(url, 3)).status).toBe(201);
  await expect.poll(() => gone(atNotes), { interval: 500 }).toBe(100);
  await expect.poll(() => gone(atHeaders), { interval: 500 }).toBe(100);
  // 216 clients were connected. A reading process that was started meanwhile has a few descriptors of its own.
  await expect.poll(() => descriptors(serve)).toBeLessThanOrEqual(before + 12);
});

it('clients that vanish leave no file, no descriptor and no place taken', async () => {
  const dataDir = temporaryDirectory();
  const serve = await launched('serve', {
    ASSAY_DATA_DIR: dataDir,
    ASSAY_SELF_TEST: 'skip',
    ASSAY_SANDBOX: 'off',
    ASSAY_LOG_LEVEL: 'silent',
  });
  const { url } = serve;
  const whole = `${PART}bytes\r\n--b--\r\n`;
  const sent = [
    HEAD,
    UPLOAD,
    UPLOAD + PART.slice(0, 40),
    `${UPLOAD}${PART}${'x'.repeat(300_000)}`,
    `${UPLOAD.replace('1000000', String(whole.length))}${whole}`,
    `${UPLOAD.replace('1000000', String(whole.length)).replace('\r\n\r\n', '\r\nPrefer: respond-async\r\n\r\n')}${whole}`,
    NOTE,
  ];
  const round = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.all(
        sent.map(async (text, which) => {
          const { socket } = await client(url);
          await new Promise<void>((resolve) => socket.write(text, () => resolve()));
          if (which % 2 === turn % 2) socket.resetAndDestroy();
          else socket.destroy();
        }),
      );
    }
    // As above: the service learns that a client is gone, deletes its upload, and then has a free place for another.
    await expect.poll(async () => (await post(url, Math.random())).status).toBe(201);
    await expect.poll(() => readdirSync(join(dataDir, 'uploads'))).toEqual([]);
  };
  await untilMatcherRuns(url);
  await round();
  const [open, resident] = [descriptors(serve), residentBytes(serve)];
  for (let more = 0; more < 3; more += 1) await round();
  await expect.poll(() => descriptors(serve)).toBeLessThanOrEqual(open + 3);
  expect(residentBytes(serve)).toBeLessThan(resident + 64 * 1024 ** 2);
});
