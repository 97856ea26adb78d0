import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { buildFile } from '../../base/built-files.js';
import { readConfig } from '../../config/settings.js';
import { type FileStamp, isSameStamp } from '../../inspect/files/file-check.js';
import { needsOwnProcess } from '../../inspect/pool/acquire.js';
import { type EarlyStartOptions, ProcessPool } from '../../inspect/pool/process-pool.js';
import { isolationLimits } from '../../inspect/protocol/isolation-limits.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { hideEnvironment } from '../../inspect/sandbox/hide-environment.js';
import type { Io } from './io.js';

/**
 * Starts the reading processes of `assay inspect` and `assay scan` before the command's own modules are loaded, so that
 * both load in parallel. This file and its imports form a small program of their own (`scripts/bundle.js`), which
 * `bin/assay.js` runs first; the commands use the same module instances, not copies. If anything is unusual, nothing is
 * started early and the command starts its processes itself.
 */

interface EarlyStart {
  confinement: Confinement;
  pool: ProcessPool;
  trustDir: string;
  sandbox: string;
}

let earlyStart: EarlyStart | undefined;

/** Processes to start early. */
interface StartPlan {
  reader: string;
  processes: number;
  packs: boolean;
  /** File too large to be copied: the process is given access to its path. */
  large?: { path: string; state: FileStamp };
}

/** Options with which no file is read, or which need another kind of process. */
const INSPECT_SKIP_OPTIONS: ReadonlySet<string> = new Set([
  '-h',
  '--help',
  '--crjson',
  '--deep',
  '--visible',
]);

/**
 * Plans the reading process that has the compiled code for the most common files; it can read every other file too. The
 * file is expected as the last word. On other command lines the early process is not used.
 */
function planInspect(words: readonly string[]): StartPlan | undefined {
  if (words.some((word) => INSPECT_SKIP_OPTIONS.has(word))) return undefined;
  const path = resolve(words.at(-1) ?? '');
  const state = statSync(path, { bigint: true });
  if (!state.isFile()) return undefined;
  const isLarge = state.size > BigInt(isolationLimits.smallAssetBytes);
  return {
    ...{ reader: 'reading/one.js', processes: 1, packs: false },
    ...(isLarge && { large: { path, state } }),
  };
}

/** Options with which nothing is read at once, or which need other processes or another priority. */
const SCAN_SKIP_OPTIONS: ReadonlySet<string> = new Set([
  ...['-h', '--help', '--dry-run', '--deep', '--distributed', '--resume', '--visible', '--watch'],
]);

/**
 * Plans the processes of a scan: two, since a scan uses one per core, but one if `--jobs` is given or there is a single
 * core. Subcommands on stored scans begin with a word that is no path, so nothing is started for them.
 */
function planScan(words: readonly string[]): StartPlan | undefined {
  const [first = ''] = words;
  const optionNames = new Set(words.map((word) => word.split('=', 1)[0]));
  if (optionNames.size === 0 || [...SCAN_SKIP_OPTIONS].some((word) => optionNames.has(word)))
    return undefined;
  if (!first.startsWith('-') && !existsSync(first)) return undefined;
  const isSingle = optionNames.has('--jobs') || optionNames.has('-j') || availableParallelism() === 1;
  return { reader: 'reading/reader-child.js', processes: isSingle ? 1 : 2, packs: true };
}

/** Prepares the same process that the file would get later; it is used only if the file has not changed by then. */
function earlyFileFor(
  { path, state }: NonNullable<StartPlan['large']>,
  stock: ProcessPool,
): EarlyStartOptions {
  const files = { path };
  const own = needsOwnProcess({ pool: stock, files, state, bounds: isolationLimits });
  const isStill = () => {
    const now = statSync(path, { bigint: true, throwIfNoEntry: false });
    return now !== undefined && isSameStamp(state, now);
  };
  return { size: 'large', files: own ? files : undefined, isUnchanged: isStill };
}

export function startEarly(args: readonly string[], env: Io['env']): void {
  const [command, ...words] = args;
  try {
    const plan =
      command === 'scan' ? planScan(words) : command === 'inspect' ? planInspect(words) : undefined;
    if (plan === undefined) return;
    const { reader, processes, packs, large } = plan;
    // The environment is hidden before any process that reads files starts.
    hideEnvironment();
    const { trustDir, sandbox } = readConfig(env);
    const confinement = new Confinement({ sandbox });
    const stock = new ProcessPool(buildFile(reader), isolationLimits, confinement, resolve(trustDir), packs);
    stock.startEarly(processes, large && earlyFileFor(large, stock));
    earlyStart = { confinement, pool: stock, trustDir, sandbox };
    // From here on there are processes to clean up. Signals are ignored until the command's own handlers are installed.
    for (const signal of SIGNALS) process.once(signal, ignoreSignal);
  } catch {
    // The command meets the same error itself and reports it.
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** A first signal during loading is handled once everything is loaded; a second one ends the process as usual. */
const ignoreSignal = () => undefined;

/** Returns the early processes once, if they were started with these settings; `undefined` otherwise. */
export function takeEarlyStart(trustDir: string, sandbox: string): EarlyStart | undefined {
  if (earlyStart?.trustDir !== trustDir || earlyStart.sandbox !== sandbox) return undefined;
  const taken = earlyStart;
  earlyStart = undefined;
  return taken;
}

/** Ends the early processes if nobody took them. */
export async function dropEarlyStart(): Promise<void> {
  const { pool: stock } = earlyStart ?? {};
  earlyStart = undefined;
  for (const signal of SIGNALS) process.off(signal, ignoreSignal);
  await stock?.close();
}
