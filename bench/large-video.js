import '../scripts/from-sources.js';

import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drawn } from '../fixtures/build/signing/actions.js';
import { sign } from '../fixtures/build/signing/sign.js';
import { median } from './rounds.js';

/**
 * Inspects a video of about 1 GB signed with the test CA: time of validation and of a whole inspection, as ratios to
 * the wall time of `sha256sum` in the same round, and the peak resident memory of the reading process. The inspection
 * is also compared with a bare script that runs the same engine and a digest in parallel, cold (engine-and-digest.js).
 */
const run = promisify(execFile);
const [megabytes = '1000', count = '5'] = process.argv.slice(2);
const MIME = 'video/quicktime';
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'assay-large-'));
try {
  const video = await signedVideo(Number(megabytes) * 1e6);
  const sides = {
    sha256sum: () => timed(run('sha256sum', [video])),
    native: () => engineOnce('native', video),
    bare: () => bare(video),
    inspect: () => inspect(video),
    wasm: () => engineOnce('wasm', video),
  };
  const results = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  // The first round warms the page cache and does not count.
  for (let round = 0; round <= Number(count); round++) {
    for (const [name, side] of Object.entries(sides)) {
      const result = await side();
      if (round > 0) results[name].push(result);
    }
  }
  table(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A real short video followed by media data that no sample uses; the hard binding covers it nevertheless. */
async function signedVideo(bytes) {
  const path = join(folder, 'large.mov');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=2', '-pix_fmt', 'yuv420p'];
  await run('ffmpeg', ['-v', 'error', '-y', ...picture, '-f', 'mov', path]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(bytes, 0);
  head.write('mdat', 4, 'latin1');
  const block = randomBytes(8 * 1024 ** 2);
  const file = openSync(path, 'a');
  writeSync(file, head);
  for (let left = bytes - head.length; left > 0; left -= block.length)
    writeSync(file, block, 0, Math.min(left, block.length));
  closeSync(file);
  // The fixtures' signer processes whole files in memory, which is why the machine needs some 5 GB.
  const signing = { mimeType: MIME, title: 'large.mov', actions: [drawn()] };
  writeFileSync(path, (await sign({ ...signing, bytes: readFileSync(path) })).asset);
  return path;
}

async function timed(work) {
  const start = performance.now();
  await work;
  return { millis: performance.now() - start };
}

async function engineOnce(engine, path) {
  const { stdout } = await run(process.execPath, [here('./engine-once.js'), engine, path, MIME]);
  const answer = JSON.parse(stdout);
  if (!answer.bound) throw new Error(`${engine}: the hard binding did not match`);
  return answer;
}

/** Engine and digest in parallel, in a dedicated process; its start is included. */
async function bare(path) {
  const start = performance.now();
  const { stdout } = await run(process.execPath, [here('./engine-and-digest.js'), path, MIME]);
  const millis = performance.now() - start;
  const { bound, kilobytes } = JSON.parse(stdout);
  if (!bound) throw new Error('bare script: the hard binding did not match');
  return { millis, kilobytes };
}

/** Runs the whole command cold, and samples its reading process from outside while it lives. */
async function inspect(path) {
  const start = performance.now();
  const child = spawn(process.execPath, [here('../bin/assay.js'), 'inspect', '--json', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let kilobytes = 0;
  const watch = setInterval(() => {
    kilobytes = Math.max(kilobytes, ...descendants(child.pid).map(peakKilobytes));
  }, 10);
  let line = '';
  for await (const chunk of child.stdout) line += chunk;
  const millis = performance.now() - start;
  clearInterval(watch);
  const { integrity } = JSON.parse(line).contentCredentials;
  if (integrity !== 'intact') throw new Error(`assay inspect: ${integrity}`);
  return { millis, kilobytes };
}

function descendants(pid) {
  const children = proc(`${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function peakKilobytes(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(proc(`${pid}/status`))?.[1] ?? 0);
}

/** The process may have ended. */
function proc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}

function table(results) {
  const rows = [
    ['native', 'validation, native engine', 1.5],
    ['bare', 'engine and digest in a bare script', undefined],
    ['inspect', 'assay inspect --json, cold process', 2],
    ['wasm', 'validation, WASM engine', undefined],
  ];
  const base = results.sha256sum.map(({ millis }) => millis);
  console.log(`${megabytes} MB, ${count} rounds, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  console.log(`${'sha256sum'.padEnd(38)} ${(median(base) / 1000).toFixed(2)} s (median)`);
  for (const [name, words, target] of rows) {
    const ratios = results[name].map(({ millis }, i) => millis / base[i]);
    const seconds = median(results[name].map(({ millis }) => millis)) / 1000;
    const peak = (Math.max(...results[name].map(({ kilobytes }) => kilobytes)) * 1024) / 1e6;
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const aim = target === undefined ? '' : `, target ≤ ${target}`;
    console.log(
      `${words.padEnd(38)} ${seconds.toFixed(2)} s, ratio ${median(ratios).toFixed(2)} (${spread}${aim}), peak RSS ${peak.toFixed(0)} MB`,
    );
  }
  const toBare = results.inspect.map(({ millis }, i) => millis / results.bare[i].millis);
  const spread = `${Math.min(...toBare).toFixed(2)} to ${Math.max(...toBare).toFixed(2)}`;
  console.log(`assay inspect to the bare script: ${median(toBare).toFixed(2)} (${spread}, target ≤ 1.1)`);
}
