import { spawn } from 'node:child_process';
import { writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { analyze } from '../../../dist/core/analyze.js';
import { Asset } from '../../../dist/core/asset.js';
import { loadRulebooks } from '../../../dist/core/rulebooks/index.js';

/** A reading process that misbehaves on command: the task's `name` says how. What it then answers is a real Report. */

const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
const start = (task, step, engine) => say({ task: task.task, step: { step, engine, state: 'start' } });
const hang = () => {
  for (;;);
};

const waitForEver = () => new Promise(() => {});
const hold = [];
const fillHeap = () => {
  for (;;) hold.push(new Array(1e5).fill(0).map(String));
};
const fillBuffers = () => {
  for (;;) hold.push(Buffer.alloc(16 * 1024 ** 2, 1));
};

/** Does `how` in a step, until it is told to leave that step out. */
const inStep = (step, how) => (task) => {
  if (task.skip[step]) return undefined;
  start(task, step);
  return how();
};

/** The same while an engine is at work; `engine` undefined: while one is being loaded. */
const inEngine = (engine, how) => (task) => {
  if (task.engineFaults.native) return undefined;
  start(task, 'c2pa', engine);
  return how();
};

const ACTS = {
  'hang in exif': inStep('exif', hang),
  'wait in exif': inStep('exif', waitForEver),
  'exit in pngText': inStep('pngText', () => process.exit(7)),
  'fill the heap in xmp': inStep('xmp', fillHeap),
  'fill buffers in xmp': inStep('xmp', fillBuffers),
  'hang in native': inEngine('native', hang),
  'abort in native': inEngine('native', process.abort),
  'abort while loading an engine': inEngine(undefined, process.abort),
  'abort in both engines': (task) => {
    if (task.skip.c2pa) return;
    start(task, 'c2pa', task.engineFaults.native ? 'wasm' : 'native');
    process.abort();
  },
  'abort in the chosen engine': (task) => {
    if (task.skip.c2pa) return;
    start(task, 'c2pa', task.engine);
    process.abort();
  },
  'abort while hashing beside xmp': (task) => {
    if (task.skip.xmp) return;
    start(task, 'hash');
    start(task, 'xmp');
    process.abort();
  },
  'abort while opening': (task) => {
    start(task, 'open');
    process.abort();
  },
  'abort once for no reason': (task) => {
    const mark = `${task.path}.once`;
    try {
      writeFileSync(mark, '', { flag: 'wx' });
    } catch {
      return;
    }
    process.abort();
  },
  'abort for no reason': () => process.abort(),
  'hang in everything': (task) => {
    for (const step of ['xmp', 'exif', 'iptcIim', 'pngText', 'id3', 'riffInfo', 'streams', 'parts']) {
      if (!task.skip[step]) {
        start(task, step);
        hang();
      }
    }
  },
  'say nonsense': () => {
    channel.write('<html>\n');
    return waitForEver();
  },
  'report nonsense': (task) => {
    say({ task: task.task, report: { schema: 'assay.report/1', summary: { origin: 'captured' } } });
    return waitForEver();
  },
  'report with a stray member': async (task) => {
    say({ task: task.task, report: { ...(await honest(task)), verdict: 'real' } });
    return waitForEver();
  },
  'answer for another task': async (task) => {
    say({ task: task.task + 1, report: await honest(task) });
    return waitForEver();
  },
  'never end a line': () => {
    const noise = 'x'.repeat(64 * 1024);
    for (;;) {
      try {
        writeSync(3, noise);
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
    }
  },
  'start a grandchild and hang': (task) => {
    if (task.skip.streams) return;
    const { pid } = spawn('sleep', ['1000'], { stdio: 'ignore' });
    writeFileSync(`${task.path}.pids`, JSON.stringify([process.pid, pid]));
    start(task, 'streams');
    hang();
  },
  'throw something': (task) => {
    say({ task: task.task, error: { phase: 'exception', code: 'UNKNOWN' } });
    return waitForEver();
  },
  'write down the environment': (task) => {
    // libvips sets this one itself.
    const { VIPSHOME: _, ...env } = process.env;
    const { pid } = process;
    writeFileSync(`${task.path}.env`, JSON.stringify({ env, pid, cwd: process.cwd() }));
  },
};

async function honest(task) {
  const asset = await Asset.open(task.path);
  const rulebooks = loadRulebooks(task.rulebooks);
  try {
    return await analyze(asset, { ...task, rulebooks, onStep: (step) => say({ task: task.task, step }) });
  } finally {
    await asset.close();
  }
}

createInterface({ input: channel }).on('line', async (line) => {
  const task = JSON.parse(line);
  if (task.task === undefined) return;
  await ACTS[task.name]?.(task);
  say({ task: task.task, report: await honest(task) });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
