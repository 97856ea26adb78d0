import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { ENGINE_NAMES } from '../core/c2pa/engine-names.js';
import { childEnvironment } from './child-environment.js';
import { withoutInherited } from './inherited.js';
import { loadedFilter } from './launcher.js';
import { limitMemory, PRLIMIT } from './limits-of-process.js';
import { onLines } from './lines.js';
import { namelessCopy } from './nameless-file.js';
import { builtChild } from './pool.js';
import { CHANNEL_FD, type ProcessSettings, parseMessage, type Task } from './protocol.js';
import { readerFlags } from './reader-flags.js';
import { Slate } from './step-slate.js';
import { SYSTEM_CALLS } from './system-calls.js';

/**
 * Which system calls this Node makes that the filter of readers does not know. A reader takes one file with each engine
 * under a filter that ends it at the first such call, and the call is found by opening others: half of them, and half of
 * those. A library that is merely refused a call may go on and read wrongly, which no exit code tells.
 */
export interface CallCheck {
  /** By name, or by number where our table has none. Empty: none. */
  unknown: string[];
  /** There are more, or one that this could not find. */
  more: boolean;
}

interface Asked {
  /** A file that both engines can read, and the folder of trust lists that goes with it. */
  file: string;
  trustDir: string;
  /** As if the filter did not have these: for tests. */
  without?: readonly string[];
}

const MEGABYTES = 256;
/** Each takes a second at most on a machine that is not busy with other work. */
const RUN_MILLIS = 30_000;
const MOST_NAMED = 8;
/** Kernels get a dozen calls a year. */
const NEWER = 64;
const MOST_CHARACTERS = 16 * 1024 ** 2;

/** Undefined where no filter is loaded that could be asked: no Perl, or a processor whose calls are not known. */
export async function checkCalls({ file, trustDir, without = [] }: Asked): Promise<CallCheck | undefined> {
  const calls = SYSTEM_CALLS.get(process.arch);
  if (calls === undefined) return undefined;
  const all = Array.from({ length: calls.highest + NEWER }, (_, number) => number);
  const names = new Map([...calls.numbers].map(([name, number]) => [number, name]));
  const run = (also: readonly number[]) => survives({ file, trustDir, without, also });
  const found: number[] = [];
  for (;;) {
    const alive = await run(found);
    if (alive === undefined) return undefined;
    const unknown = found.map((number) => names.get(number) ?? String(number));
    if (alive) return { unknown, more: false };
    if (found.length >= MOST_NAMED || !(await run(all))) return { unknown, more: true };
    // The shortest beginning of all numbers that is enough ends with one that is needed.
    let [least, most] = [0, all.length];
    while (least < most) {
      const middle = (least + most) >> 1;
      if (await run([...found, ...all.slice(0, middle)])) most = middle;
      else least = middle + 1;
    }
    found.push(least - 1);
  }
}

/** Undefined where it could not be tried. Anything but an end by SIGSYS says nothing against the filter. */
async function survives({
  file,
  trustDir,
  without,
  also,
}: Required<Asked> & { also: readonly number[] }): Promise<boolean | undefined> {
  const filter = loadedFilter({ kind: 'reader', strict: true, without, also });
  if (filter?.launcher === undefined) return undefined;
  const copy = namelessCopy('filter', filter.bytes);
  if (copy === undefined) return undefined;
  const slate = new Slate();
  // SIGSYS would leave a core.
  const limited = existsSync(PRLIMIT) ? limitMemory(2 * MEGABYTES * 1024 ** 2) : [];
  const node = [process.execPath, ...readerFlags(MEGABYTES), builtChild()];
  const [program = '', ...args] = [...limited, ...filter.launcher, ...node];
  const child = spawn(program, args, {
    cwd: '/',
    env: childEnvironment(),
    stdio: withoutInherited(['ignore', 'ignore', 'ignore', 'pipe', copy, slate.fd ?? 'ignore']),
    timeout: RUN_MILLIS,
    killSignal: 'SIGKILL',
  });
  closeSync(copy);
  const channel = child.stdio[CHANNEL_FD];
  const ended = once(child, 'exit').catch(() => [null, null]);
  if (channel instanceof Socket) converse(channel, { file, trustDir }, () => child.kill('SIGKILL'));
  const [, signal] = await ended;
  slate.close();
  return signal !== 'SIGSYS';
}

/** Has the file read with each engine, and calls back after the last answer. */
function converse(channel: Socket, { file, trustDir }: Asked, done: () => void): void {
  const settings: ProcessSettings = { trustDir };
  const tasks = ENGINE_NAMES.map(
    (engine, task): Task => ({ task, path: file, asOf: '2026-11-25', engine, skip: {}, engineFaults: {} }),
  );
  // Told by its exit.
  channel.on('error', () => {});
  channel.write([settings, ...tasks].map((one) => `${JSON.stringify(one)}\n`).join(''));
  let answered = 0;
  onLines(
    channel,
    { characters: () => MOST_CHARACTERS },
    (line) => {
      const message = parseMessage(line);
      if (message === undefined || !('report' in message || 'error' in message)) return;
      answered += 1;
      if (answered === tasks.length) done();
    },
    done,
  );
}
