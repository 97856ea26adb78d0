import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Asset } from '../../../src/core/media/asset.ts';
import { observe } from '../../../src/core/pipeline/analyze.ts';
import { DEFERRED_DIGEST_PROMISE } from '../../../src/inspect/files/deferred-digest.ts';
import { takeAct } from './act-of.js';

/**
 * A reading process that a file takes over: the act `takes over…` makes it remember what it reads from then on, and lie
 * about it. Its answers keep the form of an Observation; the act `falls…` makes it crash.
 */

const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);

let isTaken = false;
const remembered = [];

const LIES = {
  hash: (asset) => ({ ...asset, sha256: 'f'.repeat(64) }),
  length: (asset) => ({ ...asset, bytes: asset.bytes + 1 }),
  name: (asset) => ({ ...asset, name: 'another.png' }),
  type: (asset) => ({ ...asset, declaredMediaType: 'text/html' }),
  carries: (asset) => ({ ...asset, format: remembered.join('|') }),
  lies: (asset) => ({ ...asset, format: 'a lie' }),
};

async function read(task) {
  const asset = await Asset.open(task.path, DEFERRED_DIGEST_PROMISE);
  try {
    return await observe(asset, { ...task, onStep: () => {} });
  } finally {
    await asset.close();
  }
}

async function take(task) {
  const act = takeAct(task);
  if (act.startsWith('falls')) process.abort();
  const { report, evidence, ...rest } = await read(task);
  const lie = isTaken ? LIES[act.split(/[ .]/)[0]] : undefined;
  if (act.startsWith('takes over')) isTaken = true;
  if (isTaken) remembered.push(readFileSync(task.path).subarray(-24).toString('hex'));
  const asset = lie?.(report.asset) ?? report.asset;
  const { name, bytes, sha256 } = asset;
  const sheet = evidence && { ...evidence, asset: { name, bytes, sha256 } };
  say({
    task: task.task,
    report: { report: { ...report, asset }, ...(sheet && { evidence: sheet }), ...rest },
  });
}

let last = Promise.resolve();
createInterface({ input: channel }).on('line', (line) => {
  const task = JSON.parse(line);
  if (task.task !== undefined) last = last.then(() => take(task));
});
channel.on('close', () => process.exit(0));
say({ ready: true });
