import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Duplex } from 'node:stream';
import { codeFolder } from '../cached-code.js';
import { builtFolder } from '../core/ground/built.js';
import { childEnvironment } from './child-environment.js';
import { onLines } from './lines.js';
import { CHANNEL_FD, type ProcessSettings, parseMessage, type Task } from './protocol.js';
import { readerFlags } from './reader-flags.js';
import { Slate } from './step-slate.js';

/**
 * The program that leaves compiled code for the next starts (`cached-code.ts`): of reading processes, of `assay
 * inspect` and of `assay scan`, each after it has read files that came with the program, and in a checkout the fixtures, so that what is
 * compiled only when it is needed is in it; of `assay serve` and `assay worker` after they have started, of the other commands after
 * all of them were loaded. Nothing else is ever read by it. Ends with 1 where nothing may be left, which loses nothing but time.
 */

/** A hundred times what it takes on a free machine; a process that hangs is ended. */
const MILLIS = 10 * 60_000;
/** One that was killed left its lock. */
const LOCK_MILLIS = 2 * MILLIS;
/** A file of this size shows no more of the code than a smaller one. */
const MOST_BYTES = 256 * 1024;
const MOST_FILES = 400;
/** Says that there is no more to make: bin/assay.js looks for it. */
const MADE = 'made';
const ANSWER_CHARACTERS = 64 * 1024 ** 2;

const dist = builtFolder();
// Beside a command that somebody waits for.
if (process.argv.includes('--yield')) setPriority(10);

/** One at a time: many a command may begin at once where there is none yet. */
async function alone(within: string): Promise<boolean> {
  const lock = join(within, 'lock');
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made !== undefined && Date.now() - made > LOCK_MILLIS) rmSync(lock, { force: true });
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    return false;
  }
  try {
    const ended = await Promise.all([
      ofReader('child', known().concat(fixtures())),
      ofReader('one', known()),
      ofCommand('inspect', () => ['inspect', '--engine', 'native', ...known()]),
      ofCommand('scanning', (home) => [...SCAN, '--out', join(home, 'scan.ndjson'), ...foldersKnown()]),
      // It asks every command what it is called with, which loads them all.
      ofCommand('commands', () => ['completion', 'bash']),
      ofService('serve', ['--port', '0']),
      // Of its start the last thing that it says is where its figures are.
      ofService('worker', [], { ASSAY_METRICS_PORT: '0' }),
    ]);
    return ended.every(Boolean);
  } finally {
    // Also where it failed: the same would fail at every start. One that was killed is followed by another.
    writeFileSync(join(within, MADE), '');
    rmSync(lock, { force: true });
  }
}

/** `name`: what it starts from; `files`: what it reads before it leaves its code. */
async function ofReader(name: string, files: string[]): Promise<boolean> {
  const child = begun('reading', name, readerFlags(256), []);
  const channel = child?.stdio[CHANNEL_FD];
  if (child === undefined || !(channel instanceof Duplex)) return false;
  channel.on('error', () => {});
  const tell = (said: Task | ProcessSettings) => void channel.write(`${JSON.stringify(said)}\n`);
  tell({ trustDir: join(dist, 'doctor', 'known-files', 'trust') });
  onLines(
    channel,
    { characters: () => ANSWER_CHARACTERS },
    (line) => {
      const message = parseMessage(line);
      // A parent that reads no more ends it: it leaves its code then.
      if (message !== undefined && 'task' in message && message.task === files.length) channel.end();
    },
    () => child.kill('SIGKILL'),
  );
  for (const [at, path] of files.entries()) tell(taskFor(at + 1, path));
  return endedWell(child);
}

/** As a scan and the service ask; without the second engine, which takes a second to compile and is not in this code. */
const taskFor = (task: number, path: string): Task => ({
  task,
  path,
  asOf: '2026-06-01',
  engine: 'native',
  skip: {},
  engineFaults: {},
});

/** Nothing is asked of the second engine here either. */
const SCAN = ['scan', '--engine', 'native', '--progress', 'none'];

/** One that the build has made; what is left out there is made nowhere. */
async function ofCommand(folder: string, args: (home: string) => string[]): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'assay-code-'));
  try {
    const child = begun(folder, 'cli', [], args(home), home);
    return child !== undefined && (await endedWell(child));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What they say on standard error once they have started, in whatever language. */
const STARTED = /http:\/\/127\.0\.0\.1:\d+/;
const WORDS_CHARACTERS = 64 * 1024;

/** Started, and asked to end. Nobody has a key to what listens meanwhile, on this machine alone, and nothing of anybody's is there. */
async function ofService(
  name: string,
  args: string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'assay-code-'));
  try {
    const child = begun('commands', name, [], [name, ...args], home, { ...QUIET, ...settings });
    if (child === undefined) return false;
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-WORDS_CHARACTERS);
      if (STARTED.test(words)) child.kill('SIGTERM');
    });
    return await endedWell(child);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** It is the code of the start that is wanted, and nothing is made or looked at. */
const QUIET = {
  ASSAY_KEYS: 'required',
  ASSAY_SELF_TEST: 'skip',
  ASSAY_DRAIN_SECONDS: '0',
  ASSAY_LOG_LEVEL: 'silent',
};

/** The program that starts from `dist/FOLDER/NAME.js`, told to leave its code. `settings`: those of a service, whose words are heard. */
function begun(
  folderOfIt: string,
  name: string,
  flags: string[],
  args: string[],
  home?: string,
  settings?: Readonly<Record<string, string>>,
): ChildProcess | undefined {
  const entry = join(dist, folderOfIt, `${name}.js`);
  if (!existsSync(entry)) return undefined;
  const text = `globalThis.assayMakeCode = true; require(${JSON.stringify(entry)});`;
  const slate = new Slate();
  const child = spawn(process.execPath, [...flags, '-e', text, '--', name, ...args], {
    cwd: '/',
    env: { ...childEnvironment(), ...(home && { ASSAY_DATA_DIR: home, ASSAY_TRUST_DIR: home }), ...settings },
    // Channel, no filter, and the slate that a reader writes its steps on.
    stdio: [
      'ignore',
      'ignore',
      settings === undefined ? 'ignore' : 'pipe',
      'pipe',
      'ignore',
      slate.fd ?? 'ignore',
    ],
    timeout: MILLIS,
    killSignal: 'SIGKILL',
  });
  slate.close();
  child.on('error', () => {});
  return child;
}

async function endedWell(child: ChildProcess): Promise<boolean> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode === 0;
}

/** What comes with the program. */
const foldersKnown = (): string[] => [join(dist, 'doctor', 'known-files'), join(dist, 'http', 'samples')];
const known = (): string[] => foldersKnown().flatMap(filesIn);

/** In a checkout, besides: of every kind that is read. */
function fixtures(): string[] {
  const all = join(dist, '..', 'fixtures');
  if (!existsSync(all)) return [];
  const kinds = ['plain', 'labels', 'c2pa', 'formats', 'parts'].map((kind) => join(all, kind));
  return kinds
    .filter((kind) => existsSync(kind))
    .flatMap(filesIn)
    .slice(0, MOST_FILES);
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !basename(entry.name).endsWith('.json'))
    .map((entry) => join(path, entry.name))
    .filter((file) => statSync(file).size <= MOST_BYTES)
    .sort();

const folder = codeFolder(dist);
process.exitCode = folder === undefined || !(await alone(folder)) ? 1 : 0;
