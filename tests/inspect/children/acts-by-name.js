import { spawn } from 'node:child_process';
import { writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Asset } from '../../../src/core/media/asset.ts';
import { observe } from '../../../src/core/pipeline/analyze.ts';
import { DEFERRED_DIGEST_PROMISE } from '../../../src/inspect/files/deferred-digest.ts';
import { PROGRESS_FD, ProgressWriter } from '../../../src/inspect/protocol/progress-file.ts';
import { takeAct } from './act-of.js';

/** A reading process that misbehaves on command: the task's `act` names how. Its answer is otherwise a real Observation. */

const channel = new Socket({ fd: 3, readable: true, writable: true });
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
const slate = new ProgressWriter(PROGRESS_FD);
const start = (_task, step, engine) => slate.record({ step, engine, state: 'start' });
const spin = () => {
  for (;;);
};
/** The thread hangs without responding, as in an endless loop, but leaves the processor to other tests. */
const hang = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

/** The act has already sent its own answer. */
const ANSWERED = Symbol('answered');
const waitForEver = () => new Promise(() => {});
const hold = [];
const fillHeap = () => {
  for (;;) hold.push(new Array(1e5).fill(0).map(String));
};
const fillBuffers = () => {
  for (;;) hold.push(Buffer.alloc(16 * 1024 ** 2, 1));
};

/** Performs `how` in a step, until it is told to skip that step. */
const inStep = (step, how) => (task) => {
  if (task.skip[step]) return undefined;
  start(task, step);
  return how();
};

/** Performs the act while an engine works; `engine` undefined: while one is being loaded. */
const inEngine = (engine, how) => (task) => {
  if (task.engineFaults.native) return undefined;
  start(task, 'c2pa', engine);
  return how();
};

const ACTS = {
  'spin in exif': inStep('exif', spin),
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
  'break an engine once': async (task) => {
    const mark = `${task.path}.broken`;
    try {
      writeFileSync(mark, String(process.pid), { flag: 'wx' });
    } catch {
      return undefined;
    }
    say({ task: task.task, report: withBrokenEngine(await honest(task)) });
    return ANSWERED;
  },
  'break an engine': async (task) => {
    writeFileSync(`${task.path}.readings`, 'x', { flag: 'a' });
    say({ task: task.task, report: withBrokenEngine(await honest(task)) });
    return ANSWERED;
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
    const report = { schema: 'assay.report/1', summary: { origin: 'captured' } };
    say({ task: task.task, report: { report, unknowable: [], fittingHints: [] } });
    return waitForEver();
  },
  'report with a stray member': async (task) => {
    say({ task: task.task, report: withVerdict(await honest(task)) });
    return waitForEver();
  },
  'report fifteen megabytes': async (task) => {
    say({ task: task.task, report: withSignals(await honest(task), 4_000, 1_000) });
    return ANSWERED;
  },
  'report a long text': async (task) => {
    say({ task: task.task, report: withSignals(await honest(task), 1, 100_000) });
    return ANSWERED;
  },
  'report a long list': async (task) => {
    say({ task: task.task, report: withSignals(await honest(task), 5_000, 1) });
    return ANSWERED;
  },
  'report many values': async (task) => {
    say({ task: task.task, report: { ...(await honest(task)), stray: Array(600_000).fill([]) } });
    return ANSWERED;
  },
  'tell of many parts': async (task) => {
    const observed = await honest(task);
    for (let number = 1; number < 3_000; number += 1)
      say({ task: task.task, part: { number, observation: observed } });
    say({ task: task.task, report: observed });
    return ANSWERED;
  },
  'report another hash': async (task) => {
    const { report, ...beside } = await honest(task);
    const asset = { ...report.asset, sha256: 'f'.repeat(64) };
    say({ task: task.task, report: { report: { ...report, asset }, ...beside } });
    return waitForEver();
  },
  'conclude, and say the rest': async (task) => {
    const { evidence, kept, ...concluded } = await honest(task);
    say({ task: task.task, concluded });
    say({ task: task.task, report: { evidence, kept: kept ?? 'what is kept' } });
    return ANSWERED;
  },
  'conclude, and say another report': async (task) => {
    const { evidence, ...concluded } = await honest(task);
    say({ task: task.task, concluded });
    say({ task: task.task, report: { evidence, ...concluded } });
    return waitForEver();
  },
  'conclude, and say the rest of another file': async (task) => {
    const { evidence, ...concluded } = await honest(task);
    say({ task: task.task, concluded });
    const asset = { ...evidence.asset, sha256: 'f'.repeat(64) };
    say({ task: task.task, report: { evidence: { ...evidence, asset } } });
    return waitForEver();
  },
  'conclude twice': async (task) => {
    const { evidence, ...concluded } = await honest(task);
    say({ task: task.task, concluded });
    say({ task: task.task, concluded });
    say({ task: task.task, report: { evidence } });
    return waitForEver();
  },
  'conclude nonsense': async (task) => {
    const { evidence, ...concluded } = await honest(task);
    say({ task: task.task, concluded: withVerdict(concluded) });
    say({ task: task.task, report: { evidence } });
    return waitForEver();
  },
  'conclude, and abort': async (task) => {
    const { evidence: _, ...concluded } = await honest(task);
    say({ task: task.task, concluded });
    channel.write('', () => process.abort());
    return waitForEver();
  },
  'give a manifest store': async (task) => {
    say({ task: task.task, manifestStore: { base64: 'AAAA' } });
    say({ task: task.task, report: await honest(task) });
    return ANSWERED;
  },
  'give a manifest store that is none': async (task) => {
    say({ task: task.task, manifestStore: { base64: 'A<script>' } });
    say({ task: task.task, report: await honest(task) });
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
    return ANSWERED;
  },
  'write down the environment': (task) => {
    // libvips sets this variable itself.
    const { VIPSHOME: _, ...env } = process.env;
    const { pid } = process;
    writeFileSync(`${task.path}.env`, JSON.stringify({ env, pid, cwd: process.cwd() }));
  },
};

const withBrokenEngine = ({ report, ...beside }) => {
  const c2pa = { status: 'failed', code: 'c2pa.enginePanic' };
  return { report: { ...report, reads: { ...report.reads, c2pa } }, ...beside };
};

/** Signals in a form that would be accepted if texts and lists had no limits. */
const withSignals = ({ report, ...beside }, count, characters) => {
  const basis = [{ carrier: 'xmp', locator: 'p'.repeat(characters) }];
  const one = { id: 'iptc.ai.systemUsed', backing: 'unsigned', value: 'v'.repeat(characters), basis };
  const facts = [{ name: 'system', value: 'f'.repeat(characters) }];
  return { report: { ...report, signals: Array(count).fill({ ...one, facts }) }, ...beside };
};

const withVerdict = ({ report, ...beside }) => ({ report: { ...report, verdict: 'real' }, ...beside });

async function honest(task) {
  const asset = await Asset.open(task.path, DEFERRED_DIGEST_PROMISE);
  try {
    return await observe(asset, {
      ...task,
      collectsTrust: task.keep,
      onStep: (step) => slate.record(step),
    });
  } finally {
    await asset.close();
  }
}

const take = async (task) => {
  slate.begin(task.task);
  if ((await ACTS[takeAct(task)]?.(task)) === ANSWERED) return;
  say({ task: task.task, report: await honest(task) });
};

let last = Promise.resolve();
createInterface({ input: channel }).on('line', (line) => {
  const task = JSON.parse(line);
  if (task.task !== undefined) last = last.then(() => take(task));
});
channel.on('close', () => process.exit(0));
say({ ready: true });
