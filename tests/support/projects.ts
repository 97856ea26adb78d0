import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Tests are of four kinds. Those of `unit` start no process, server, store or thread; those of `system` do; those of
 * `apart` inspect or change the process they run in, so each file has its own. The others share vitest's processes, in
 * which the sources are loaded once for many files, because loading them took a fifth of the time of all tests. The
 * kind of a file is derived from itself and from its imports within tests/, so there is no list to maintain, and no
 * test that starts something can end up among the quick ones.
 *
 * Those of `long` are left out of `npm test`, so that it takes eight minutes at most on two cores, and follow it in
 * `.ci/run`: guides followed step by step on a copy of the project, the packages as others install them, the fuzzers,
 * both engines over all fixtures, and pages in a browser at each width, in each language and colour, and as PDF. The
 * form in a browser stays in `npm test`, and no test of isolation, faults, privacy or kills is among the long ones.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const TESTS = join(ROOT, 'tests');

/** Modules of src/ that start something, or are entry points of such modules. */
const ROOMS =
  /\/src\/(base\/(secrets|process)|cli|http|inspect\/(?!options)|library|scan|service\/(backup|doctor|inspections|matches\/(in-process|open)-matcher|ops|pdf|rejudging|trust|webhooks)|storage|worker)\b/;
const NODE = /^node:(child_process|cluster|dgram|http|https|http2|net|tls|worker_threads)$/;
/**
 * Modules whose tests need the built program: it contains the programs that tests start, and the thread that hashes
 * very large files.
 */
const PROGRAM = /\/tests\/support\/program\.ts$|\/fuzz\/|\/scripts\/golden\.ts$|\/bounds\/past-files\.ts$/;

/**
 * Tests that mostly wait: for a slow client, an unavailable database, a registry, or the successor of a crashed
 * process.
 */
const WAITING = /(^|\/)tests\/((faults|package)\/|worker\/(nine-)?kills?\.)/;
/** Tests that take long and seldom fail after a change. */
const LONG =
  /\/tests\/((docs|package)\/|http\/(browser(-(?!form)\w+)?|accessibility)\.|(service\/pdf\/pages|scan\/report)\.|core\/readers\/c2pa\/(differential|large-files)\.|([\w-]+\/)*fuzz\.)/;
/** Tests that trace this very process. */
const APART_FOLDERS = /\/tests\/service\/ops\/traces\./;
const OWN_PROCESS =
  /\bprocess\.(pid|memoryUsage|resourceUsage|on\(|env(\.|\[)[^=\n]*=[^=])|\/proc\/self|\bvi\.(use|spyOn|mock|stub)/;

/** Returns the test files of each kind, as paths from the root. */
export function kindsOfTests(): Record<'unit' | 'system' | 'apart' | 'long', string[]> {
  const known = new Map<string, boolean>();
  const files = readdirSync(TESTS, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => path.endsWith('.test.ts'));
  const kinds: ReturnType<typeof kindsOfTests> = { unit: [], system: [], apart: [], long: [] };
  for (const file of files) {
    const apart = APART_FOLDERS.test(file) || OWN_PROCESS.test(readFileSync(file, 'utf8'));
    const kind = apart ? 'apart' : !starts(file, known) ? 'unit' : LONG.test(file) ? 'long' : 'system';
    kinds[kind].push(relative(ROOT, file));
  }
  return kinds;
}

/**
 * Spreads the waiting files evenly among the working ones, so that of several concurrent files one waits and uses what
 * the others leave.
 */
export function besideEachOther<T>(files: readonly T[], pathOf: (file: T) => string): T[] {
  const waiting = files.filter((file) => WAITING.test(pathOf(file)));
  const working = files.filter((file) => !WAITING.test(pathOf(file)));
  const share = working.length / Math.max(waiting.length, 1);
  const between = (at: number) => working.slice(Math.floor(at * share), Math.floor((at + 1) * share));
  return waiting.length === 0 ? working : waiting.flatMap((file, at) => [file, ...between(at)]);
}

function starts(file: string, known: Map<string, boolean>): boolean {
  const answer = known.get(file);
  if (answer !== undefined) return answer;
  // A file reached again through a cycle is decided by its other imports.
  known.set(file, false);
  const found = importsOf(file).some((name) => {
    if (!name.startsWith('.')) return NODE.test(name);
    const path = resolve(dirname(file), name).replace(/\.js$/, '.ts');
    if (ROOMS.test(path) || PROGRAM.test(path)) return true;
    return path.startsWith(TESTS) && starts(path, known);
  });
  known.set(file, found);
  return found;
}

/** Type imports start nothing. */
function importsOf(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A JavaScript stand-in, which only its starter imports.
    return [];
  }
  return [...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)[^;'"]*?'([^']+)'|import\('([^']+)'\)/gm)].map(
    ([, name, later]) => name ?? later ?? '',
  );
}
