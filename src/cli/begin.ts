import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { readConfig } from '../config.js';
import { builtFile } from '../core/ground/built.js';
import { Confinement } from '../isolation/confinement.js';
import { type FileState, sameState } from '../isolation/file-check.js';
import { isolationLimits } from '../isolation/isolation-limits.js';
import { seesItsOwn } from '../isolation/lend.js';
import { hideEnvironment } from '../isolation/own-environment.js';
import { type EarlyWish, ProcessStock } from '../isolation/process-stock.js';
import type { Io } from './io.js';

/**
 * `assay inspect` and `assay scan` start reading processes before they have loaded what the commands themselves need, which
 * then loads while those start. This file and what it stands on are a small program of their own (`scripts/bundle.js`), run
 * by `bin/assay.js` first of all; the commands have the same modules, not copies of them. Where anything is unusual nothing
 * is begun, and the command does it all in its turn.
 */

interface Begun {
  confinement: Confinement;
  stock: ProcessStock;
  trustDir: string;
  sandbox: string;
}

let begun: Begun | undefined;

/** What is started, and how many of it. */
interface Wish {
  reader: string;
  processes: number;
  packs: boolean;
  /** For a large file, which a process sees where it is. */
  large?: { path: string; state: FileState };
}

/** Without a file to read, or with another kind of process for it. */
const OTHERWISE: ReadonlySet<string> = new Set(['-h', '--help', '--crjson', '--deep']);

/**
 * The reading process with the compiled code of what most files need; it reads any file as the other does. Files stand last
 * on most command lines; where they do not, nobody asks for what was begun.
 */
function toInspect(words: readonly string[]): Wish | undefined {
  if (words.some((word) => OTHERWISE.has(word))) return undefined;
  const path = resolve(words.at(-1) ?? '');
  const state = statSync(path, { bigint: true });
  if (!state.isFile()) return undefined;
  const isLarge = state.size > BigInt(isolationLimits.smallAssetBytes);
  return {
    ...{ reader: 'reading/one.js', processes: 1, packs: false },
    ...(isLarge && { large: { path, state } }),
  };
}

/** Without anything to read at once, with other processes, or with another priority. */
const SCANS_OTHERWISE: ReadonlySet<string> = new Set([
  ...['-h', '--help', '--dry-run', '--deep', '--distributed', '--nice', '--resume', '--watch'],
]);

/** A scan reads with one process a core, and two are not too many for any. What is asked of kept scans begins with a word. */
function toScan(words: readonly string[]): Wish | undefined {
  const [first = ''] = words;
  const named = new Set(words.map((word) => word.split('=', 1)[0]));
  if (named.size === 0 || [...SCANS_OTHERWISE].some((word) => named.has(word))) return undefined;
  if (!first.startsWith('-') && !existsSync(first)) return undefined;
  const alone = named.has('--jobs') || named.has('-j') || availableParallelism() === 1;
  return { reader: 'reading/child.js', processes: alone ? 1 : 2, packs: true };
}

/** The same process as it would get in its turn, unless its file has become another by then. */
function earlyFor({ path, state }: NonNullable<Wish['large']>, stock: ProcessStock): EarlyWish {
  const files = { path };
  const own = seesItsOwn({ stock, files, state, bounds: isolationLimits });
  const isStill = () => {
    const now = statSync(path, { bigint: true, throwIfNoEntry: false });
    return now !== undefined && sameState(state, now);
  };
  return { size: 'large', files: own ? files : undefined, isStill };
}

export function begin(args: readonly string[], env: Io['env']): void {
  const [command, ...words] = args;
  try {
    const wish = command === 'scan' ? toScan(words) : command === 'inspect' ? toInspect(words) : undefined;
    if (wish === undefined) return;
    const { reader, processes, packs, large } = wish;
    // Before anything that reads a file is started.
    hideEnvironment();
    const { trustDir, sandbox } = readConfig(env);
    const confinement = new Confinement({ sandbox });
    const stock = new ProcessStock(builtFile(reader), isolationLimits, confinement, resolve(trustDir), packs);
    stock.begin(processes, large && earlyFor(large, stock));
    begun = { confinement, stock, trustDir, sandbox };
    // From now on there is something to be cleared away; whoever loads next says how.
    for (const signal of SIGNALS) process.once(signal, waits);
  } catch {
    // The command comes to the same, and tells it.
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What was begun has its turn when all is loaded, and the second signal ends the process as ever. */
const waits = () => undefined;

/** What was begun, once, where it is what is needed. */
export function takeBegun(trustDir: string, sandbox: string): Begun | undefined {
  if (begun?.trustDir !== trustDir || begun.sandbox !== sandbox) return undefined;
  const taken = begun;
  begun = undefined;
  return taken;
}

/** Ends what nobody took. */
export async function dropBegun(): Promise<void> {
  const { stock } = begun ?? {};
  begun = undefined;
  for (const signal of SIGNALS) process.off(signal, waits);
  await stock?.close();
}
