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
import { buildFolder } from '../../base/built-files.js';
import { prepareCodeCacheFolder } from '../../base/process/v8-cache.js';
import { ProgressFile } from '../protocol/progress-file.js';
import { CHANNEL_FD, type ProcessSettings, parseReaderMessage, type Task } from '../protocol/protocol.js';
import { readerFlags } from '../protocol/reader-flags.js';
import { createChildEnvironment } from '../sandbox/child-environment.js';
import { readLines } from './lines.js';

/**
 * Program that writes compiled code for the next starts. Reading processes, `assay inspect` and `assay scan` write it
 * after reading files that came with the program (in a checkout also the fixtures), so that lazily compiled code is
 * included; `assay serve` and `assay worker` after starting; the other commands after loading. Reads no other files.
 * Exits with 1 if nothing may be written, which costs only time.
 */

/** A hundred times the duration on an idle machine; ends a process that hangs. */
const MILLIS = 10 * 60_000;
/** A killed run leaves its lock behind. */
const LOCK_MILLIS = 2 * MILLIS;
/** Larger files exercise no more of the code. */
const MAX_FIXTURE_BYTES = 256 * 1024;
const MAX_FILES = 400;
/** Name of the file that marks completion; bin/assay.js checks for it. */
const DONE_FILE = 'made';
const ANSWER_CHARACTERS = 64 * 1024 ** 2;

const dist = buildFolder();
// Lowers the priority when run next to a command that somebody waits for.
if (process.argv.includes('--yield')) setPriority(10);

/** Allows one run at a time: many commands may start at once while there is no code yet. */
async function runExclusively(within: string): Promise<boolean> {
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
      compileReader('reader-child', bundledFiles().concat(fixtures())),
      compileReader('one', bundledFiles()),
      compileCommand('inspect', 'main', () => ['inspect', '--engine', 'native', ...bundledFiles()]),
      compileCommand('commands', 'scan', (home) => [
        ...SCAN,
        '--out',
        join(home, 'scan.ndjson'),
        ...bundledFolders(),
      ]),
      // Completion asks every command for its arguments, which loads all of them.
      compileCommand('commands', 'main', () => ['completion', 'bash']),
      compileService('serve', ['--port', '0']),
      // The metrics address is the last line printed at the start.
      compileService('worker', [], { ASSAY_METRICS: '0' }),
    ]);
    return ended.every(Boolean);
  } finally {
    // Written even after a failure, which would repeat at every start. A killed run leaves no mark and is repeated.
    writeFileSync(join(within, DONE_FILE), '');
    rmSync(lock, { force: true });
  }
}

/** `name`: program of the reader; `files`: files it reads before it writes its code. */
async function compileReader(name: string, files: string[]): Promise<boolean> {
  const child = startProgram('reading', name, readerFlags(256), []);
  const channel = child?.stdio[CHANNEL_FD];
  if (child === undefined || !(channel instanceof Duplex)) return false;
  channel.on('error', () => {});
  const tell = (said: Task | ProcessSettings) => void channel.write(`${JSON.stringify(said)}\n`);
  tell({ trustDir: join(dist, 'service', 'doctor', 'known-files', 'trust') });
  readLines(
    channel,
    { characters: () => ANSWER_CHARACTERS },
    (line) => {
      const message = parseReaderMessage(line);
      // Closing the channel ends the reader, which then writes its code.
      if (message !== undefined && 'task' in message && message.task === files.length) channel.end();
    },
    () => child.kill('SIGKILL'),
  );
  for (const [at, path] of files.entries()) tell(taskFor(at + 1, path));
  return hasExitedCleanly(child);
}

/**
 * Task as a scan and the service send it, without the second engine, which takes a second to compile and is not part of
 * this code.
 */
const taskFor = (task: number, path: string): Task => ({
  task,
  path,
  asOf: '2026-06-01',
  engine: 'native',
  skip: {},
  engineFaults: {},
});

/** The second engine is not used here either. */
const SCAN = ['scan', '--engine', 'native', '--progress', 'none'];

/** Runs a command of the build; one that the build omits is skipped. */
async function compileCommand(
  folder: string,
  name: string,
  args: (home: string) => string[],
): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'assay-code-'));
  try {
    const child = startProgram(folder, name, [], args(home), home);
    return child !== undefined && (await hasExitedCleanly(child));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Printed on standard error after the start, in any language. */
const STARTED = /http:\/\/127\.0\.0\.1:\d+/;
const WORDS_CHARACTERS = 64 * 1024;

/**
 * Starts a service and asks it to stop. It listens on this machine only, nobody has a key to it, and its data directory
 * is empty.
 */
async function compileService(
  name: string,
  args: string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const home = mkdtempSync(join(tmpdir(), 'assay-code-'));
  try {
    const child = startProgram('commands', name, [], [name, ...args], home, { ...QUIET, ...settings });
    if (child === undefined) return false;
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-WORDS_CHARACTERS);
      if (STARTED.test(words)) child.kill('SIGTERM');
    });
    return await hasExitedCleanly(child);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Settings that disable everything but the start. */
const QUIET = {
  ASSAY_KEYS: 'required',
  ASSAY_SELF_TEST: 'skip',
  ASSAY_DRAIN_SECONDS: '0',
  ASSAY_LOG_LEVEL: 'silent',
};

/**
 * Starts `dist/FOLDER/NAME.js` so that it writes its compiled code. `settings`: environment of a service, whose output
 * is read.
 */
function startProgram(
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
  const slate = new ProgressFile();
  const child = spawn(process.execPath, [...flags, '-e', text, '--', name, ...args], {
    cwd: '/',
    env: {
      ...createChildEnvironment(),
      ...(home && { ASSAY_DATA_DIR: home, ASSAY_TRUST_DIR: home }),
      ...settings,
    },
    // Channel, no filter, and the progress file to which a reader writes its steps.
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

async function hasExitedCleanly(child: ChildProcess): Promise<boolean> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode === 0;
}

/** Files that come with the program. */
const bundledFolders = (): string[] => [
  join(dist, 'service', 'doctor', 'known-files'),
  join(dist, 'http', 'services', 'samples'),
];
const bundledFiles = (): string[] => bundledFolders().flatMap(filesIn);

/** Fixtures of every kind, in a checkout only. */
function fixtures(): string[] {
  const all = join(dist, '..', 'fixtures');
  if (!existsSync(all)) return [];
  const kinds = ['plain', 'labels', 'c2pa', 'formats', 'parts'].map((kind) => join(all, kind));
  return kinds
    .filter((kind) => existsSync(kind))
    .flatMap(filesIn)
    .slice(0, MAX_FILES);
}

const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !basename(entry.name).endsWith('.json'))
    .map((entry) => join(path, entry.name))
    .filter((file) => statSync(file).size <= MAX_FIXTURE_BYTES)
    .sort();

const folder = prepareCodeCacheFolder(dist);
process.exitCode = folder === undefined || !(await runExclusively(folder)) ? 1 : 0;
