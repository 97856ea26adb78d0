import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { kill, launch, launched } from '../cli/launched.js';
import { assay } from '../cli/spawn-assay.js';
import { multipart, temporaryDirectory } from '../http/posting.js';
import { post } from './posts.js';

const HEAD = 'POST /v1/inspections HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n';
const UPLOAD = `${HEAD}Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`;

it('a server that is killed while files come in has their room back at its next start', async () => {
  const dataDir = temporaryDirectory();
  const env = { ASSAY_DATA_DIR: dataDir, ASSAY_SELF_TEST: 'skip', ASSAY_SANDBOX: 'off' };
  const uploads = () => readdirSync(join(dataDir, 'uploads'));
  const first = await launch('serve', env);
  onTestFinished(() => kill(first));
  expect((await post(first.url, 1)).status).toBe(201);
  for (let client = 0; client < 5; client += 1) {
    const socket = connect(Number(new URL(first.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    socket.write(UPLOAD + 'x'.repeat(1_000_000));
  }
  await expect.poll(() => uploads().length).toBe(5);
  await kill(first);
  expect(uploads()).toHaveLength(5);
  const next = await launched('serve', env);
  expect(uploads()).toEqual([]);
  expect((await post(next.url, 2)).status).toBe(201);
});

it('a file that a killed server had begun is done as soon as the next one has started', async () => {
  const dataDir = temporaryDirectory();
  const env = {
    ...{ ASSAY_DATA_DIR: dataDir, ASSAY_SELF_TEST: 'skip', ASSAY_SANDBOX: 'off', ASSAY_JOBS: '1' },
    // Longer than the test would wait.
    ASSAY_LEASE_SECONDS: '600',
  };
  const noise = { create: { width: 3_000, height: 3_000, channels: 3, background: 'grey' } } as const;
  const content = await sharp({
    ...noise,
    create: { ...noise.create, noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const { payload, headers } = multipart([
    { name: 'file', filename: 'noise.png', content },
    { name: 'deep', content: 'true' },
  ]);
  const first = await launch('serve', env);
  onTestFinished(() => kill(first));
  const accepted = await fetch(`${first.url}/v1/inspections`, {
    method: 'POST',
    body: new Uint8Array(payload),
    headers: { ...headers, prefer: 'respond-async' },
  });
  const { id } = (await accepted.json()) as { id: string };
  const statusAt = async (url: string) =>
    ((await (await fetch(`${url}/v1/inspections/${id}?fields=status,attempts`)).json()) as { status: string })
      .status;
  await expect.poll(() => statusAt(first.url), { interval: 5 }).toBe('running');
  await kill(first);
  const next = await launched('serve', env);
  await expect.poll(() => statusAt(next.url), { timeout: 60_000, interval: 100 }).toBe('done');
}, 120_000);

it('an installation of trust lists that was killed leaves nothing that the next does not take', async () => {
  const [trust, from] = [temporaryDirectory(), temporaryDirectory()];
  const name = (end: string) => join(trust, `.C2PA-TRUST-LIST.pem.0f8fad5b-d9cb-469f-a165-${end}.tmp`);
  const [old, fresh] = [name('70867728950e'), name('70867728950f')];
  for (const path of [old, fresh]) writeFileSync(path, '-----BEGIN CERTIFICATE-----\nMIIB');
  utimesSync(old, 0, 0);
  // A truncated list is refused, and nothing else happens.
  writeFileSync(join(from, 'C2PA-TRUST-LIST.pem'), '-----BEGIN CERTIFICATE-----\nMIIB');
  const ran = await assay(['trust', 'import', from], { ASSAY_TRUST_DIR: trust });
  expect(ran.code).not.toBe(0);
  expect(`${ran.stdout}${ran.stderr}`).toContain('C2PA-TRUST-LIST.pem');
  // A process that may still be running keeps its files.
  expect(readdirSync(trust)).toEqual([fresh.split('/').at(-1)]);
});
