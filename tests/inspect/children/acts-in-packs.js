import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Asset } from '../../../src/core/media/asset.ts';
import { observe } from '../../../src/core/pipeline/analyze.ts';
import { DEFERRED_DIGEST_PROMISE } from '../../../src/inspect/files/deferred-digest.ts';
import { PackReader } from '../../../src/inspect/process/pack-child.ts';
import { toReaderRecord } from '../../../src/scan/records/reader-record.ts';

/**
 * A reading process that misbehaves over packs, as the content of their files commands; alone, each file is read
 * correctly.
 */

const channel = new Socket({ fd: 3, readable: true, writable: true });
/** No reader sends a record that is too long as one. */
const LONG = 'LONG';
const write = (lines) => channel.write(lines.replace(LONG, 'much '.repeat(8_000)));

const ACTS = {
  dies: () => process.abort(),
  hangs: () => {
    for (;;);
  },
  'never answers': () => new Promise(() => {}),
  throws: () => {
    throw new Error('nobody expected it');
  },
};

const LIES = {
  'says its hash': (record) => ({ ...record, asset: { ...record.asset, sha256: 'f'.repeat(64) } }),
  'says too much': (record) => ({ ...record, model: LONG }),
};

const wordOf = async (asset) =>
  /ACT:([a-z ]+);/.exec((await asset.read(0, asset.bytes)).toString('latin1'))?.[1];

let lie;
const packs = new PackReader({
  observe: async (asset, { pack: _, place: __, bytes: ___, items: ____, ...asked }, onStep) => {
    const word = await wordOf(asset);
    lie = LIES[word];
    await ACTS[word]?.();
    return observe(asset, { ...asked, onStep });
  },
  recordMaker: async () => (observed) => {
    const record = toReaderRecord(observed);
    const [told, made] = [lie, record];
    lie = undefined;
    return told === undefined ? made : told(made);
  },
  write,
});

async function take(task) {
  const asset = await Asset.open(task.path, DEFERRED_DIGEST_PROMISE);
  const report = await observe(asset, { ...task, onStep: () => {} });
  await asset.close();
  write(`${JSON.stringify({ task: task.task, report })}\n`);
}

let last = Promise.resolve();
createInterface({ input: channel }).on('line', (line) => {
  const task = JSON.parse(line);
  if (task.pack !== undefined) packs.take(task);
  else if (task.task !== undefined) last = last.then(() => take(task));
});
channel.on('close', () => process.exit(0));
write(`${JSON.stringify({ ready: true })}\n`);
