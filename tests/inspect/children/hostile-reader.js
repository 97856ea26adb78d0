import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { connect, createServer, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Asset } from '../../../src/core/media/asset.ts';
import { observe } from '../../../src/core/pipeline/analyze.ts';
import { DEFERRED_DIGEST_PROMISE } from '../../../src/inspect/files/deferred-digest.ts';
import { PROGRESS_FD, ProgressWriter } from '../../../src/inspect/protocol/progress-file.ts';
import { takeAct } from './act-of.js';

/**
 * A reader that a file has taken over: the task's `act` names what it tries. The result is in the Report in place of
 * the format's name; a missing Report is a result too.
 */

const channel = new Socket({ fd: 3, readable: true, writable: true });
const slate = new ProgressWriter(PROGRESS_FD);
const say = (message) => channel.write(`${JSON.stringify(message)}\n`);
const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    return error.code ?? error.message;
  }
};

const once = (emitter, ...names) =>
  new Promise((resolve) => {
    for (const name of names) emitter.once(name, (value) => resolve(value?.code ?? name));
  });

/** A fork bomb, whose name identifies the test's leftovers. */
const bomb = (name) => `${name}() { ${name} | ${name} & }; ${name}; wait`;

let lesson = {};

const ACTS = {
  connect: ([port]) => once(connect(Number(port), '127.0.0.1'), 'connect', 'error'),
  'connect to a socket in the file system': () =>
    once(connect('/run/dbus/system_bus_socket'), 'connect', 'error'),
  listen: () => once(createServer().listen(0), 'listening', 'error'),
  read: ([path]) => attempt(() => `${readFileSync(path).length} bytes`),
  list: ([path]) => attempt(() => readdirSync(path).join(' ')),
  write: ([path]) => attempt(() => writeFileSync(path, 'x') ?? 'written'),
  /** Returns the processes whose environment contains these words, of all that it can list or of those that it knows. */
  environments: ([words]) => {
    const all = attempt(() => readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
    const pids = Array.isArray(all) ? all : [String(process.ppid), '1'];
    const seen = pids.filter((pid) =>
      String(attempt(() => readFileSync(`/proc/${pid}/environ`, 'latin1'))).includes(words),
    );
    const parent = attempt(() => `${readFileSync(`/proc/${process.ppid}/environ`).length > 0}`);
    return `seen in ${seen.length}, of the parent ${parent}`;
  },
  'trust lists': () =>
    attempt(() =>
      readdirSync(lesson.trustDir)
        .map((name) => `${name}: ${readFileSync(`${lesson.trustDir}/${name}`).length} bytes`)
        .join(' '),
    ),
  processes: () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
  rights: () =>
    readFileSync('/proc/self/status', 'utf8')
      .match(/^(CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp|Uid):.*$/gm)
      .join(' ')
      .replace(/\s+/g, ' '),
  /** Descriptors that lead to a file, a folder or a device, and the target of number 200. */
  descriptors: () => {
    const led = readdirSync('/proc/self/fd').map((fd) => [
      fd,
      attempt(() => readlinkSync(`/proc/self/fd/${fd}`)),
    ]);
    const paths = led.filter(([fd, to]) => fd > 2 && to.startsWith('/') && !/^\/(proc|dev)\//.test(to));
    return `${paths.map(([, to]) => to).join(' ')}|200: ${attempt(() => readFileSync(200).length)}`;
  },
  user: () => process.getuid(),
  'descriptor 200': () => attempt(() => `${readFileSync(200).length} bytes`),
  /** Runs a program as the reader would run ffmpeg, and reports its privileges. */
  'rights of a program': () =>
    spawnSync('/bin/grep', ['-E', '^(CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp|Uid):', '/proc/self/status'], {
      encoding: 'utf8',
    }).stdout.replace(/\s+/g, ' '),
  'descriptors of a program': () =>
    spawnSync('/bin/ls', ['/proc/self/fd'], { encoding: 'utf8' }).stdout.replace(/\s+/g, ' '),
  'end its parent': () => attempt(() => process.kill(process.ppid, 'SIGKILL') && 'sent'),
  'start a program': () => spawnSync('/bin/true').error?.code ?? 'started',
  'fork without end': async ([seconds]) => {
    // The I/O threads start with the first file access, and afterwards there is no room for them.
    await stat('/');
    let started = 0;
    let refusal;
    while (started < 5_000 && refusal === undefined) {
      // Some refusals are thrown, some are reported later.
      const child = attempt(() => spawn('/bin/sleep', [seconds], { stdio: 'ignore' }));
      if (typeof child === 'string') return `${started} processes, then ${child}`;
      child.on('error', (error) => {
        refusal = error.code;
      });
      if (child.pid === undefined) await sleep(1);
      else started += 1;
    }
    return `${started} processes, then ${refusal}`;
  },
  'set off a fork bomb': async ([name]) => {
    spawn('/bin/sh', ['-c', bomb(name)], { stdio: 'ignore', detached: true });
    await sleep(60_000);
  },
  'fill the disk': () => {
    const chunk = Buffer.alloc(1024 ** 2, 1);
    let bytes = 0;
    let refusal;
    for (let file = 0; file < 64 && refusal === undefined; file += 1) {
      const fd = attempt(() => openSync(`/tmp/${file}`, 'w'));
      if (typeof fd !== 'number') {
        refusal = fd;
        break;
      }
      for (let i = 0; i < 1_024; i += 1) {
        const wrote = attempt(() => writeSync(fd, chunk));
        if (typeof wrote !== 'number') {
          refusal = wrote;
          break;
        }
        bytes += wrote;
        if (wrote < chunk.length) break;
      }
      closeSync(fd);
    }
    return `${Math.round(bytes / 1024 ** 2)} MiB, then ${refusal}`;
  },
  'use 8 GB': () => {
    const hold = [];
    for (let i = 0; i < 512; i += 1) hold.push(Buffer.alloc(16 * 1024 ** 2, 1));
    return `${hold.length * 16} MiB`;
  },
  'use 8 GB in many processes': async () => {
    const eat =
      'const h = []; for (let i = 0; i < 25; i++) h.push(Buffer.alloc(16 * 1024 ** 2, 1)); setInterval(() => {}, 1000)';
    for (let i = 0; i < 20; i += 1) {
      spawn(process.execPath, ['-e', eat], { stdio: 'ignore', detached: true }).on('error', () => {});
      await sleep(50);
    }
    await sleep(60_000);
  },
  spin: () => {
    for (;;);
  },
  'hash of what it was given': ([path]) => createHash('sha256').update(readFileSync(path)).digest('hex'),
};

createInterface({ input: channel }).on('line', async (line) => {
  const task = JSON.parse(line);
  if (task.task === undefined) {
    lesson = task;
    return;
  }
  slate.begin(task.task);
  slate.record({ step: 'open', state: 'start' });
  const came = [];
  for (const asked of takeAct(task).split('||')) {
    const [act, ...rest] = asked.split('|');
    came.push(await ACTS[act](rest.map((word) => (word === '$FILE' ? task.path : word))));
  }
  slate.record({ step: 'open', state: 'end' });
  const asset = await Asset.open(task.path, DEFERRED_DIGEST_PROMISE);
  const { report, ...beside } = await observe(asset, { ...task, skip: {}, onStep: () => {} });
  await asset.close();
  const told = { ...report, asset: { ...report.asset, format: came.join('||') } };
  say({ task: task.task, report: { report: told, ...beside } });
});
channel.on('close', () => process.exit(0));
say({ ready: true });
