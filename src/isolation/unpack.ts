import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { SandboxChoice } from '../core/ground/isolation-level.js';
import { childEnvironment } from './child-environment.js';
import { withoutInherited } from './inherited.js';
import { type LoadedFilter, loadedFilter } from './launcher.js';
import { limitAll, limitOwn, PRLIMIT } from './limits-of-process.js';
import { namelessCopy } from './nameless-file.js';
import { narrowArguments, narrowing } from './narrow.js';
import { BWRAP, bwrapArguments, FILTER_FD, type Shown } from './sandbox.js';
import { SETPRIV } from './setpriv.js';
import { ownUserNumber } from './user-number.js';

/** Programs that unpack archives, and the Debian package of each. None reads RAR. */
export const UNPACKERS = { xz: 'xz-utils', bzip2: 'bzip2', zstd: 'zstd', '7z': '7zip' } as const;
export type Unpacker = keyof typeof UNPACKERS;

/** Looked for in the system's own folders alone: those are what a sandbox shows. */
const FOLDERS = ['/usr/bin', '/bin'];

/** Its path; undefined where it is not installed. */
export function unpackerPath(program: Unpacker): string | undefined {
  return FOLDERS.map((folder) => `${folder}/${program}`).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const unpackLimits = {
  /** xz -9 takes 65 MB of it, 7z -mx9 some 300, zstd --ultra 130; with a window of 2 GB (--long=31) nothing is unpacked. */
  memoryBytes: 1024 ** 3,
  /** Without a byte for so long, while somebody waits for one, it is ended. */
  silentMillis: 120_000,
} as const;

/**
 * - `missing`: the program is not installed.
 * - `no-sandbox`: one is required, and this machine makes none.
 * - `silent`: nothing came for `unpackLimits.silentMillis`.
 * - `failed`: it ended with a fault: what it read is damaged, locked or needs more memory than it may have.
 */
export type UnpackReason = 'missing' | 'no-sandbox' | 'silent' | 'failed';

export class UnpackFault extends Error {
  override name = 'UnpackFault';
  constructor(
    readonly reason: UnpackReason,
    readonly program: Unpacker,
  ) {
    super(`${program}: ${reason}`);
  }
}

export interface UnpackWish {
  program: Unpacker;
  args: readonly string[];
  /** Its standard input: a file on this machine. */
  from?: string;
  /** Files it opens itself: on this machine → in the sandbox. Whoever is nobody on this machine has to be able to read them. */
  shown?: Shown;
  sandbox: SandboxChoice;
}

/**
 * What such a program writes, as it comes, from the sandbox that every program stands in which touches what a file holds.
 * Whoever stops asking ends it. Throws an UnpackFault: after the last bytes where it ended badly.
 */
export async function* unpacked(wish: UnpackWish): AsyncGenerator<Buffer, void, undefined> {
  const path = unpackerPath(wish.program);
  if (path === undefined) throw new UnpackFault('missing', wish.program);
  const child = started(path, wish);
  const ended = once(child, 'exit').catch(() => [null]);
  const failed = new Promise<never>((_, reject) =>
    child.once('error', () => reject(new UnpackFault('failed', wish.program))),
  );
  failed.catch(() => {});
  try {
    const pieces = (child.stdout as Readable)[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([failed, inTime(pieces.next(), wish.program)]);
      if (next.done) break;
      yield next.value as Buffer;
    }
    const [code] = await Promise.race([failed, inTime(ended, wish.program)]);
    if (code !== 0) throw new UnpackFault('failed', wish.program);
  } finally {
    kill(child);
    child.stdout?.destroy();
  }
}

/** The time that whoever asked takes for what came before is none of the program's. */
async function inTime<T>(work: Promise<T>, program: Unpacker): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UnpackFault('silent', program)), unpackLimits.silentMillis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function started(path: string, { program, args, from, shown = [], sandbox }: UnpackWish): ChildProcess {
  const filter = loadedFilter({ kind: 'reader', scripted: isScript(path) });
  const wrapper = wrapperFor(sandbox, shown, filter);
  if (wrapper === undefined) throw new UnpackFault('no-sandbox', program);
  // Without a sandbox files stand where they do for all.
  const places = new Map(wrapper.inPlace ? shown.map(([here, there]) => [there, here]) : []);
  const asked = args.map((one) => places.get(one) ?? one);
  const [file = path, ...rest] = [...wrapper.command, path, ...asked];
  const input = from === undefined ? 'ignore' : openSync(from, constants.O_RDONLY | constants.O_NONBLOCK);
  const copy = wrapper.filter === 'file' && filter ? namelessCopy('filter', filter.bytes) : undefined;
  try {
    const told = wrapper.filter === 'stream' ? 'pipe' : (copy ?? 'ignore');
    const child = spawn(file, rest, {
      cwd: '/',
      env: childEnvironment(),
      detached: true,
      stdio: withoutInherited([input, 'pipe', 'ignore', 'ignore', told]),
    });
    if (told === 'pipe') {
      const end = child.stdio[FILTER_FD] as Writable | null;
      // Of one that could not be started its exit tells.
      end?.on('error', () => {});
      end?.end(filter?.bytes);
    }
    child.on('error', () => {});
    return child;
  } finally {
    if (typeof input === 'number') closeSync(input);
    if (copy !== undefined) closeSync(copy);
  }
}

function isScript(path: string): boolean {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(2);
    return readSync(fd, head, 0, 2, 0) === 2 && head.toString('latin1') === '#!';
  } finally {
    closeSync(fd);
  }
}

interface Wrapper {
  command: string[];
  inPlace: boolean;
  /** How the filter for system calls comes to it, under `FILTER_FD`. */
  filter?: 'stream' | 'file';
}

function wrapperFor(
  sandbox: SandboxChoice,
  shown: Shown,
  filter: LoadedFilter | undefined,
): Wrapper | undefined {
  const launcher = filter?.launcher ?? [];
  const loads = filter !== undefined && filter.launcher === undefined;
  const most = [unpackLimits.memoryBytes, TEMPORARY_BYTES] as const;
  if (sandbox !== 'off' && bubblewrapWorks()) {
    const user = ownUserNumber();
    const inside = bwrapArguments({
      user,
      shown,
      temporaryBytes: TEMPORARY_BYTES,
      filtered: loads,
      streams: [FILTER_FD],
    });
    const command = [BWRAP, ...inside, ...limitAll(...most), ...launcher];
    return { command, inPlace: false, ...(filter && { filter: 'stream' }) };
  }
  if (sandbox === 'require') return undefined;
  // Of the same user as others: how many processes those have is none of its bounds.
  const own = existsSync(PRLIMIT) ? limitOwn(...most) : [];
  if (!existsSync(SETPRIV)) return { command: own, inPlace: true };
  const can = sandbox === 'off' ? NOTHING : { ...narrowing(), user: false };
  const files = shown.map(([here]) => here);
  const wish = { entry: process.execPath, user: undefined, shown: files };
  const narrow = narrowArguments(wish, { ...can, filter: can.filter && loads });
  const command = [...narrow, ...own, ...(can.filter ? launcher : [])];
  return { command, inPlace: true, ...(can.filter && { filter: 'file' }) };
}

const NOTHING = { user: false, filter: false, files: false };

/** It writes none: what it would need is a fault. */
const TEMPORARY_BYTES = 1024 ** 2;

const PROBE_MILLIS = 5_000;
let works: boolean | undefined;

/** Tried once, on a program that does nothing. */
function bubblewrapWorks(): boolean {
  if (works !== undefined) return works;
  if (![BWRAP, PRLIMIT, SETPRIV].every((path) => existsSync(path))) works = false;
  else {
    const args = bwrapArguments({
      user: ownUserNumber(),
      shown: [],
      temporaryBytes: TEMPORARY_BYTES,
      filtered: false,
      streams: [],
    });
    const stdio = withoutInherited(['ignore', 'ignore', 'ignore']);
    const { status } = spawnSync(BWRAP, [...args, '/usr/bin/true'], {
      stdio,
      env: {},
      cwd: '/',
      timeout: PROBE_MILLIS,
    });
    works = status === 0;
  }
  return works;
}

/** bubblewrap's own namespace of processes ends with it, and all that is in there. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of that group is left.
  }
}
