import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config.js';
import { builtFile } from '../core/ground/built.js';
import { Confinement } from '../isolation/confinement.js';
import { isolationLimits } from '../isolation/isolation-limits.js';
import { hideEnvironment } from '../isolation/own-environment.js';
import { ProcessStock } from '../isolation/process-stock.js';
import type { Io } from './io.js';

/**
 * `assay inspect` starts its reading process before it has loaded what the command itself needs, which then loads while
 * that one starts. This file and what it stands on are a small program of their own (`scripts/bundle.js`), run by
 * `bin/assay.js` first of all; the command has the same modules, not copies of them. Where anything is unusual nothing is
 * begun, and the command does it all in its turn.
 */

interface Begun {
  confinement: Confinement;
  stock: ProcessStock;
  trustDir: string;
  sandbox: string;
}

let begun: Begun | undefined;

/** Without a file to read, or with another kind of process for it. */
const OTHERWISE: ReadonlySet<string> = new Set(['-h', '--help', '--crjson', '--deep']);
/** The reading process with the compiled code of what most files need; it reads any file as the other does. */
const READER = 'reading/one.js';

/** Files stand last on most command lines; where they do not, nobody asks for what was begun. */
export function begin(args: readonly string[], env: Io['env']): void {
  const [command, ...others] = args;
  if (command !== 'inspect' || others.some((word) => OTHERWISE.has(word))) return;
  try {
    const stats = statSync(others.at(-1) ?? '');
    if (!stats.isFile() || stats.size > isolationLimits.smallAssetBytes) return;
    // Before anything that reads a file is started.
    hideEnvironment();
    const { trustDir, sandbox } = readConfig(env);
    const confinement = new Confinement({ sandbox });
    const stock = new ProcessStock(builtFile(READER), isolationLimits, confinement, resolve(trustDir));
    stock.begin();
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
