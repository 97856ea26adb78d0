import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Tests are of four kinds. Those of `unit` start no process, server, store or thread; those of `system` do; and those of
 * `apart` look at, or change, the very process they run in, so that each file has one of its own. The others share
 * processes of vitest's, in which the sources are loaded once for many files: to load them took as long as a fifth of all
 * tests. Which a file is of is read from itself, and from what it imports within tests/: no list has to be kept, and no
 * test that starts something comes to stand among the quick.
 *
 * Those of `long` are left out of `npm test`, so that it takes eight minutes at most on two cores, and follow it in
 * `.ci/run`: guides followed step by step on a copy of the project, the packages as others install them, the fuzzers, both engines
 * over all fixtures, and pages in a browser at each width, in each language and colour, and as PDF. The form in a browser stays, and
 * nothing of isolation, faults, privacy or kills is among them.
 */

const ROOT = resolve(import.meta.dirname, '..');

/** Rooms of src/ that start something, or are doors of what does. */
const ROOMS =
  /\/src\/(backup|cli|doctor|http|isolation|metrics|pdf|scan|secrets|store|tracing|trust-lists|webhooks|worker|server|process-one|library|likeness\/(?:open-)?seen\.)\b/;
const NODE = /^node:(child_process|cluster|dgram|http|https|http2|net|tls|worker_threads)$/;
/** What tests start lies there; files that go past a bound are so large that a thread hashes them. */
const PROGRAM = /\/tests\/program\.ts$|\/fuzz\/|\/scripts\/golden\.ts$|\/bounds\/past-files\.ts$/;

/** They wait most of their time: for a client that is slow, a database that is away, a registry, one who comes after one that died. */
const WAITING = /(^|\/)tests\/((faults|package)\/|worker\/(nine-)?kills?\.)/;
/** Seldom what a change breaks, and long. */
const LONG =
  /\/tests\/((docs|package)\/|http\/(browser(-(?!form)\w+)?|accessibility)\.|(pdf\/pages|scan\/report)\.|engines\/(differential|large-files)\.|([\w-]+\/)?fuzz\.)/;
/** What is traced is this process. */
const APART_FOLDERS = /\/tests\/tracing\//;
const OWN_PROCESS =
  /\bprocess\.(pid|memoryUsage|resourceUsage|on\(|env(\.|\[)[^=\n]*=[^=])|\/proc\/self|\bvi\.(use|spyOn|mock|stub)/;

/** Test files of each kind, as paths from the root. */
export function kindsOfTests(): Record<'unit' | 'system' | 'apart' | 'long', string[]> {
  const known = new Map<string, boolean>();
  const files = readdirSync(import.meta.dirname, { withFileTypes: true, recursive: true })
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

/** Those that wait, spread evenly among those that work: of several at once one waits, and has what the others leave. */
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
  // Whoever comes here again by a circle is told by what else they import.
  known.set(file, false);
  const found = importsOf(file).some((name) => {
    if (!name.startsWith('.')) return NODE.test(name);
    const path = resolve(dirname(file), name).replace(/\.js$/, '.ts');
    if (ROOMS.test(path) || PROGRAM.test(path)) return true;
    return path.startsWith(import.meta.dirname) && starts(path, known);
  });
  known.set(file, found);
  return found;
}

/** Types alone start nothing. */
function importsOf(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A stand-in in JavaScript, which only what starts it imports.
    return [];
  }
  return [...text.matchAll(/^\s*(?:import|export)\s+(?!type\b)[^;'"]*?'([^']+)'|import\('([^']+)'\)/gm)].map(
    ([, name, later]) => name ?? later ?? '',
  );
}
