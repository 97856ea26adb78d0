/**
 * Measures what 100 ms of latency per request cost a scan of objects: moto's S3 behind a proxy that delays each answer,
 * against the same proxy without a delay, in the same run, in turns. Both run with the default prefetch, then with
 * practically none.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mediaIn } from './scan-tree.js';

const short = process.argv.includes('--short');
const [folder, count = short ? '60' : '1500', held = '100'] = process.argv
  .slice(2)
  .filter((arg) => arg !== '--short');
if (folder === undefined) {
  console.error('usage: node bench/scan-latency.js FOLDER [OBJECTS [MILLISECONDS]] [--short]');
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'assay-bench-latency-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const port = 20_000 + (process.pid % 20_000);
const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
process.on('exit', () => moto.kill('SIGKILL'));
const up = () =>
  fetch(`http://127.0.0.1:${port}/moto-api/`).then(
    () => true,
    () => false,
  );
while (!(await up())) {
  if (moto.exitCode !== null) throw new Error('moto_server ended');
  await delay(100);
}

let millis = 0;
const proxy = createServer((asked, answer) => {
  const passed = request(
    { host: '127.0.0.1', port, method: asked.method, path: asked.url, headers: asked.headers },
    (got) =>
      setTimeout(() => {
        answer.writeHead(got.statusCode ?? 500, got.headers);
        got.pipe(answer);
      }, millis),
  );
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}).listen(0, '127.0.0.1');
await once(proxy, 'listening');
const endpoint = `http://127.0.0.1:${proxy.address().port}`;

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
const client = new S3Client({
  endpoint,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
await client.send(new CreateBucketCommand({ Bucket: 'bench' }));
const media = mediaIn(folder)
  .map((path) => readFileSync(path))
  .filter((bytes) => bytes.length < 1024 ** 2);
if (media.length === 0) throw new Error('no media below 1 MiB there');
for (let i = 0; i < Number(count); i += 1) {
  // Each object has its own bytes, so that none counts as a copy of another.
  const bytes = Buffer.concat([media[i % media.length], Buffer.from(`\n${i}`)]);
  await client.send(new PutObjectCommand({ Bucket: 'bench', Key: `o/${i}`, Body: bytes }));
}
client.destroy();

const bin = fileURLToPath(new URL('../bin/assay.js', import.meta.url));
async function rate(wait, ...more) {
  millis = wait;
  const out = join(work, 'out.ndjson');
  const args = [bin, 'scan', 's3://bench/o/', '--out', out, '--overwrite', ...more];
  const begun = performance.now();
  const env = { ...process.env, ...credentials, AWS_ENDPOINT_URL: endpoint };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => (told += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the scan ended with ${code}: ${told}`);
  return Number(count) / ((performance.now() - begun) / 1_000);
}

const rounds = short ? 1 : 3;
const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const near = [];
const far = [];
for (let round = 0; round < rounds; round += 1) {
  near.push(await rate(0));
  far.push(await rate(Number(held)));
}
const one = await rate(Number(held), '--prefetch', '1');
const [quick, slow] = [middle(near), middle(far)];
console.log(`no delay: ${quick.toFixed(0)} objects/s; ${held} ms a request: ${slow.toFixed(0)} objects/s`);
console.log(`share of the rate that is left: ${(slow / quick).toFixed(2)} (held to 0.5)`);
console.log(`${held} ms a request, --prefetch 1: ${one.toFixed(0)} objects/s`);
console.log(
  `load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(' ')}`,
);
process.exit(slow / quick >= 0.5 ? 0 : 1);
