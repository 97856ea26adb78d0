import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { openUnlinkedCopy } from '../../base/files/anonymous-file.js';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { createChildEnvironment } from '../sandbox/child-environment.js';
import { withoutInherited } from '../sandbox/inherited-descriptors.js';
import { type LoadedFilter, loadFilter } from '../sandbox/launcher.js';
import { detectPrivileges, privilegesCommand } from '../sandbox/privileges.js';
import { PRLIMIT, processLimitCommand, sharedUserLimitCommand } from '../sandbox/process-limits.js';
import { BWRAP, bwrapArguments, FILTER_FD, type Mounts } from '../sandbox/sandbox.js';
import { SETPRIV } from '../sandbox/setpriv.js';
import { takeUserNumber } from '../sandbox/user-ids.js';

/** Programs that unpack archives, and the Debian package of each. None of them reads RAR. */
export const UNPACKERS = { xz: 'xz-utils', bzip2: 'bzip2', zstd: 'zstd', '7z': '7zip' } as const;
export type Unpacker = keyof typeof UNPACKERS;

/** Only the system's folders are searched, because a sandbox shows those. */
const FOLDERS = ['/usr/bin', '/bin'];

/** Returns the path of the program; `undefined` if it is not installed. */
export function findUnpacker(program: Unpacker): string | undefined {
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
  /**
   * xz -9 needs 65 MB of it, 7z -mx9 some 300, zstd --ultra 130; archives with a window of 2 GB (--long=31) are not
   * unpacked.
   */
  memoryBytes: 1024 ** 3,
  /** A program that outputs nothing for this time while somebody waits is ended. */
  silentMillis: 120_000,
} as const;

/**
 * - `missing`: the program is not installed.
 * - `no-sandbox`: a sandbox is required but does not work on this machine.
 * - `silent`: no output for `unpackLimits.silentMillis`.
 * - `failed`: the program ended with an error: its input is damaged, encrypted or needs more memory than allowed.
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

export interface UnpackOptions {
  program: Unpacker;
  args: readonly string[];
  /** File on this machine for its standard input. */
  inputPath?: string;
  /**
   * Files that the program opens itself: path on this machine → path in the sandbox. Every user has to be able to read
   * them.
   */
  readOnly?: Mounts;
  sandbox: SandboxChoice;
}

/**
 * Yields the output of an unpacking program in the sandbox that every program uses which handles file content. The
 * program ends when iteration stops. Throws `UnpackFault`, after the last bytes if the program failed.
 */
export async function* unpack(wish: UnpackOptions): AsyncGenerator<Buffer, void, undefined> {
  const path = findUnpacker(wish.program);
  if (path === undefined) throw new UnpackFault('missing', wish.program);
  const child = startProgram(path, wish);
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
    killGroup(child);
    child.stdout?.destroy();
  }
}

/** Limits the wait for the program; the time that the caller spends on earlier output does not count. */
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

function startProgram(
  path: string,
  { program, args, inputPath: from, readOnly: shown = [], sandbox }: UnpackOptions,
): ChildProcess {
  const filter = loadFilter({ kind: 'reader', isScript: isScript(path) });
  const wrapper = wrapperFor(sandbox, shown, filter);
  if (wrapper === undefined) throw new UnpackFault('no-sandbox', program);
  // Without a sandbox, files have their usual paths.
  const places = new Map(wrapper.inPlace ? shown.map(([here, there]) => [there, here]) : []);
  const asked = args.map((one) => places.get(one) ?? one);
  const [file = path, ...rest] = [...wrapper.command, path, ...asked];
  const input = from === undefined ? 'ignore' : openSync(from, constants.O_RDONLY | constants.O_NONBLOCK);
  const copy = wrapper.filter === 'file' && filter ? openUnlinkedCopy('filter', filter.bytes) : undefined;
  try {
    const told = wrapper.filter === 'stream' ? 'pipe' : (copy ?? 'ignore');
    const child = spawn(file, rest, {
      cwd: '/',
      env: createChildEnvironment(),
      detached: true,
      stdio: withoutInherited([input, 'pipe', 'ignore', 'ignore', told]),
    });
    if (told === 'pipe') {
      const end = child.stdio[FILTER_FD] as Writable | null;
      // The exit of a program that could not be started reports the failure.
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
  /** How the program receives the filter for system calls on `FILTER_FD`. */
  filter?: 'stream' | 'file';
}

function wrapperFor(
  sandbox: SandboxChoice,
  shown: Mounts,
  filter: LoadedFilter | undefined,
): Wrapper | undefined {
  const launcher = filter?.launcher ?? [];
  const loads = filter !== undefined && filter.launcher === undefined;
  const most = [unpackLimits.memoryBytes, TEMPORARY_BYTES] as const;
  if (sandbox !== 'off' && bubblewrapWorks()) {
    const user = takeUserNumber();
    const inside = bwrapArguments({
      user,
      readOnly: shown,
      temporaryBytes: TEMPORARY_BYTES,
      isFiltered: loads,
      streams: [FILTER_FD],
    });
    const command = [BWRAP, ...inside, ...processLimitCommand(...most), ...launcher];
    return { command, inPlace: false, ...(filter && { filter: 'stream' }) };
  }
  if (sandbox === 'require') return undefined;
  // The user is shared with other processes, so the number of processes is not limited.
  const own = existsSync(PRLIMIT) ? sharedUserLimitCommand(...most) : [];
  if (!existsSync(SETPRIV)) return { command: own, inPlace: true };
  const can = sandbox === 'off' ? NOTHING : { ...detectPrivileges(), user: false };
  const files = shown.map(([here]) => here);
  const wish = { entry: process.execPath, user: undefined, visible: files };
  const narrow = privilegesCommand(wish, { ...can, filter: can.filter && loads });
  const command = [...narrow, ...own, ...(can.filter ? launcher : [])];
  return { command, inPlace: true, ...(can.filter && { filter: 'file' }) };
}

const NOTHING = { user: false, filter: false, files: false };

/** The program writes no temporary files; needing them is an error. */
const TEMPORARY_BYTES = 1024 ** 2;

const PROBE_MILLIS = 5_000;
let isWorking: boolean | undefined;

/** Tested once, on a program that does nothing. */
function bubblewrapWorks(): boolean {
  if (isWorking !== undefined) return isWorking;
  if (![BWRAP, PRLIMIT, SETPRIV].every((path) => existsSync(path))) isWorking = false;
  else {
    const args = bwrapArguments({
      user: takeUserNumber(),
      readOnly: [],
      temporaryBytes: TEMPORARY_BYTES,
      isFiltered: false,
      streams: [],
    });
    const stdio = withoutInherited(['ignore', 'ignore', 'ignore']);
    const { status } = spawnSync(BWRAP, [...args, '/usr/bin/true'], {
      stdio,
      env: {},
      cwd: '/',
      timeout: PROBE_MILLIS,
    });
    isWorking = status === 0;
  }
  return isWorking;
}

/** Also ends all processes in bubblewrap's namespace. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
}
