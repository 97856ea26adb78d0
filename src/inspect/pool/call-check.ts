import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { openUnlinkedCopy } from '../../base/files/anonymous-file.js';
import { ENGINE_NAMES } from '../../core/c2pa/engine-names.js';
import { readLines } from '../process/lines.js';
import { ProgressFile } from '../protocol/progress-file.js';
import { CHANNEL_FD, type ProcessSettings, parseReaderMessage, type Task } from '../protocol/protocol.js';
import { readerFlags } from '../protocol/reader-flags.js';
import { createChildEnvironment } from '../sandbox/child-environment.js';
import { withoutInherited } from '../sandbox/inherited-descriptors.js';
import { loadFilter } from '../sandbox/launcher.js';
import { memoryLimitCommand, PRLIMIT } from '../sandbox/process-limits.js';
import { SYSTEM_CALLS } from '../sandbox/system-calls.js';
import { readerProgramPath } from './create-inspector.js';

/**
 * Finds system calls of this Node that the readers' filter does not know. A reader reads one file with each engine
 * under a filter that kills it at the first unknown call; bisection over the allowed calls finds which one. A library
 * whose call is merely refused might continue and read wrongly, which no exit code shows.
 */
export interface CallCheck {
  /** Names, or numbers for calls missing from the table. Empty if there are none. */
  unknown: string[];
  /** There are more unknown calls, or one that could not be identified. */
  more: boolean;
}

interface CallCheckRequest {
  /** A file that both engines can read, and its folder of trust lists. */
  file: string;
  trustDir: string;
  /** Calls to remove from the filter; for tests. */
  without?: readonly string[];
}

const MEGABYTES = 256;
/** Each run takes a second at most on an idle machine. */
const RUN_MILLIS = 30_000;
const MAX_NAMED_CALLS = 8;
/** Kernels gain a dozen calls per year. */
const NEWER_CALLS = 64;
const MAX_MESSAGE_CHARACTERS = 16 * 1024 ** 2;

/** Returns `undefined` if no filter can be loaded: Perl is missing, or the processor's system calls are not known. */
export async function checkCalls({
  file,
  trustDir,
  without = [],
}: CallCheckRequest): Promise<CallCheck | undefined> {
  const calls = SYSTEM_CALLS.get(process.arch);
  if (calls === undefined) return undefined;
  const all = Array.from({ length: calls.highest + NEWER_CALLS }, (_, number) => number);
  const names = new Map([...calls.numbers].map(([name, number]) => [number, name]));
  const run = (also: readonly number[]) => survivesFilter({ file, trustDir, without, also });
  const found: number[] = [];
  for (;;) {
    const alive = await run(found);
    if (alive === undefined) return undefined;
    const unknown = found.map((number) => names.get(number) ?? String(number));
    if (alive) return { unknown, more: false };
    if (found.length >= MAX_NAMED_CALLS || !(await run(all))) return { unknown, more: true };
    // The shortest sufficient prefix of all numbers ends with a needed call.
    let [least, most] = [0, all.length];
    while (least < most) {
      const middle = (least + most) >> 1;
      if (await run([...found, ...all.slice(0, middle)])) most = middle;
      else least = middle + 1;
    }
    found.push(least - 1);
  }
}

/** Returns `undefined` if the run could not be tried. Only an end by SIGSYS counts against the filter. */
async function survivesFilter({
  file,
  trustDir,
  without,
  also,
}: Required<CallCheckRequest> & { also: readonly number[] }): Promise<boolean | undefined> {
  const filter = loadFilter({ kind: 'reader', strict: true, without, also });
  if (filter?.launcher === undefined) return undefined;
  const copy = openUnlinkedCopy('filter', filter.bytes);
  if (copy === undefined) return undefined;
  const slate = new ProgressFile();
  // SIGSYS would leave a core dump.
  const limited = existsSync(PRLIMIT) ? memoryLimitCommand(2 * MEGABYTES * 1024 ** 2) : [];
  const node = [process.execPath, ...readerFlags(MEGABYTES), readerProgramPath()];
  const [program = '', ...args] = [...limited, ...filter.launcher, ...node];
  const child = spawn(program, args, {
    cwd: '/',
    env: createChildEnvironment(),
    stdio: withoutInherited(['ignore', 'ignore', 'ignore', 'pipe', copy, slate.fd ?? 'ignore']),
    timeout: RUN_MILLIS,
    killSignal: 'SIGKILL',
  });
  closeSync(copy);
  const channel = child.stdio[CHANNEL_FD];
  const ended = once(child, 'exit').catch(() => [null, null]);
  if (channel instanceof Socket) requestReports(channel, { file, trustDir }, () => child.kill('SIGKILL'));
  const [, signal] = await ended;
  slate.close();
  return signal !== 'SIGSYS';
}

/** Has the file read with each engine and calls `done` after the last response. */
function requestReports(channel: Socket, { file, trustDir }: CallCheckRequest, done: () => void): void {
  const settings: ProcessSettings = { trustDir };
  const tasks = ENGINE_NAMES.map(
    (engine, task): Task => ({ task, path: file, asOf: '2026-11-25', engine, skip: {}, engineFaults: {} }),
  );
  // The exit of the process reports the failure.
  channel.on('error', () => {});
  channel.write([settings, ...tasks].map((one) => `${JSON.stringify(one)}\n`).join(''));
  let answered = 0;
  readLines(
    channel,
    { characters: () => MAX_MESSAGE_CHARACTERS },
    (line) => {
      const message = parseReaderMessage(line);
      if (message === undefined || !('report' in message || 'error' in message)) return;
      answered += 1;
      if (answered === tasks.length) done();
    },
    done,
  );
}
