import '../scripts/from-sources.js';

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signedPhoto } from './signed-photo.js';

/**
 * Sends the same bytes through `POST /v1/inspections` repeatedly, each time under another name: answered from the
 * stored result, against read again (`Cache-Control: no-cache`), in turns. Processor time is that of the server and its
 * children, so a busy machine does not distort it. Previews are off, because only re-read files would get them.
 */
const TURNS = 5;
const EACH = Number(process.argv[3] ?? 40);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TICK_MILLIS = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const folder = mkdtempSync(join(tmpdir(), 'assay-names-'));
const photo = process.argv[2] ? readFileSync(process.argv[2]) : await signedPhoto();
const server = spawn(process.execPath, [here('../bin/assay.js'), 'serve', '--port', '0'], {
  env: {
    PATH: process.env.PATH,
    ASSAY_DATA_DIR: join(folder, 'data'),
    ASSAY_SELF_TEST: 'skip',
    ASSAY_LOG_LEVEL: 'silent',
    ASSAY_PREVIEWS: 'off',
  },
  stdio: ['ignore', 'ignore', 'pipe'],
});
try {
  const origin = await address();
  let sent = 0;
  const send = async (headers) => {
    sent += 1;
    const body = new FormData();
    body.append('file', new Blob([photo], { type: 'image/jpeg' }), `name ${sent}.png`);
    const answer = await fetch(`${origin}/v1/inspections`, { method: 'POST', body, headers });
    const { asset } = await answer.json();
    if (answer.status !== 201 || asset.name !== `name ${sent}.png`) throw new Error('another answer');
    return answer.headers.has('assay-cached');
  };
  const sides = { 'from what is kept': {}, 'read anew': { 'cache-control': 'no-cache' } };
  const took = Object.fromEntries(Object.keys(sides).map((side) => [side, { busy: [], millis: [] }]));
  for (let warm = 0; warm < EACH; warm += 1) await send(sides['read anew']);
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [side, headers] of Object.entries(sides)) {
      const [busy, begun] = [busyMillis(), performance.now()];
      for (let one = 0; one < EACH; one += 1) {
        if ((await send(headers)) !== (side === 'from what is kept')) throw new Error(`not ${side}`);
      }
      took[side].millis.push((performance.now() - begun) / EACH);
      // Includes work done after the answer, such as crJSON.
      await idle();
      took[side].busy.push((busyMillis() - busy) / EACH);
    }
  }
  console.log(`${photo.length} bytes; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  for (const [side, { busy, millis }] of Object.entries(took)) {
    console.log(
      `${side}: ${median(busy).toFixed(1)} ms of processor, ${median(millis).toFixed(1)} ms waited`,
    );
  }
  const [kept, anew] = Object.values(took).map(({ busy }) => median(busy));
  console.log(`processor: ${(kept / anew).toFixed(2)} of reading anew`);
} finally {
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

/** Processor time of the server, its children and their ended children. */
function busyMillis() {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${Number(name)}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), ticks: fields.slice(11, 15) }];
    } catch {
      return [];
    }
  });
  const ours = new Set([server.pid]);
  for (let grown = 0; grown < ours.size; ) {
    grown = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const ticks = all.filter(({ pid }) => ours.has(pid)).flatMap((one) => one.ticks.map(Number));
  return ticks.reduce((sum, one) => sum + one, 0) * TICK_MILLIS;
}

async function idle() {
  for (let before = -1; ; ) {
    const busy = busyMillis();
    if (busy - before <= TICK_MILLIS) return;
    before = busy;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function address() {
  let said = '';
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /listens on (http:\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
