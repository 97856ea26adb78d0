// Uploads a large file over tus with a connection that breaks repeatedly, to check that it arrives intact and that the
// server's memory stays flat.
//   node bench/tus.js [MB [BREAKS]]     5000 MB and 10 breaks; the disk needs room for one copy
// Prints one line of JSON: sha256 as sent and as the Report states it, breaks, seconds, MB/s, and the maximum growth of
// the server's resident memory (VmHWM against VmRSS before the first byte; both from /proc, so Linux only).
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const [megabytes = 5_000, breaks = 10] = process.argv.slice(2).map(Number);
const bytes = megabytes * 1_000_000 + 12_345;
const folder = mkdtempSync(join(tmpdir(), 'assay-tus-'));
const TUS = { 'tus-resumable': '1.0.0' };

/** The file is sparse with some noise, so that a piece at a wrong offset changes the digest. */
function makeFile(path) {
  const file = openSync(path, 'w');
  truncateSync(path, bytes);
  for (let at = 0; at < bytes; at += Math.ceil(bytes / 16)) {
    writeSync(file, randomBytes(4_096), 0, 4_096, Math.min(at, bytes - 4_096));
  }
}

const digest = async (path) => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
};

async function startServer() {
  const child = spawn(process.execPath, ['bin/assay.js', 'serve', '--port', '0'], {
    env: {
      ...process.env,
      ASSAY_DATA_DIR: join(folder, 'data'),
      ASSAY_MAX_UPLOAD_BYTES: String(bytes),
      ASSAY_SELF_TEST: 'skip',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of child.stderr) {
    said += chunk;
    const url = /listens on (http:\S+)/.exec(said)?.[1];
    if (url !== undefined) {
      child.stderr.resume();
      return { child, url };
    }
  }
  throw new Error(`the server ended: ${said}`);
}

const memory = (pid, name) =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** Sends one PATCH from the server's offset, cut after `cutAfter` bytes; `undefined` sends to the end. */
async function send(url, path, offset, cutAfter) {
  const patch = request(url, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes - offset,
      'upload-offset': offset,
    },
  });
  const end = cutAfter === undefined ? undefined : Math.min(bytes, offset + cutAfter) - 1;
  const source = createReadStream(path, {
    start: offset,
    highWaterMark: 1 << 20,
    ...(end === undefined ? {} : { end }),
  });
  if (cutAfter === undefined) {
    const [[{ statusCode, headers }]] = await Promise.all([once(patch, 'response'), pipeline(source, patch)]);
    if (statusCode !== 204) throw new Error(`PATCH was answered with ${statusCode}`);
    return Number(headers['upload-offset']);
  }
  patch.on('error', () => undefined);
  await pipeline(source, patch, { end: false });
  patch.destroy();
  const head = await fetch(url, { method: 'HEAD', headers: TUS });
  return Number(head.headers.get('upload-offset'));
}

/**
 * The server may still be finishing the request that was just cut, and refuses new ones until then; the client asks for
 * the offset and resumes, for up to half a minute.
 */
async function sendOn(url, path, offset, cutAfter) {
  const until = performance.now() + 30_000;
  for (let from = offset; ; ) {
    try {
      return await send(url, path, from, cutAfter);
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(200);
      from = Number((await fetch(url, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'));
      if (from === bytes) return from;
    }
  }
}

let server;
try {
  const path = join(folder, 'file.bin');
  makeFile(path);
  const sent = await digest(path);
  server = await startServer();
  const { pid } = server.child;
  const made = await fetch(`${server.url}/v1/uploads`, {
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(bytes), 'upload-metadata': `filename ${btoa('file.bin')}` },
  });
  const url = new URL(made.headers.get('location'), server.url);
  const before = memory(pid, 'VmRSS');
  const began = performance.now();
  let offset = 0;
  let lost = 0;
  for (let turn = 0; turn < breaks; turn += 1) {
    const step = Math.floor(bytes / (breaks + 1));
    const now = await sendOn(url, path, offset, step);
    lost += offset + step - now;
    offset = now;
  }
  offset = await sendOn(url, path, offset, undefined);
  const seconds = (performance.now() - began) / 1000;
  const grown = memory(pid, 'VmHWM') - before;
  const asked = await fetch(`${server.url}/v1/inspections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ upload: url.pathname.split('/').at(-1) }),
  });
  const place = new URL(asked.headers.get('location'), server.url);
  let answer = asked;
  while (answer.status === 202) {
    await sleep(250);
    answer = await fetch(place);
  }
  const {
    report: { asset },
  } = await answer.json();
  console.log(
    JSON.stringify({
      bytes,
      breaks,
      bytesSentAgain: lost,
      sent,
      arrived: asset?.sha256,
      seconds: Math.round(seconds * 10) / 10,
      megabytesPerSecond: Math.round(bytes / 1e6 / seconds),
      grownMegabytes: Math.round(grown / 1e6),
    }),
  );
  process.exitCode = asset?.sha256 === sent && offset === bytes ? 0 : 1;
} finally {
  server?.child.kill('SIGTERM');
  if (server) await once(server.child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
