import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/**
 * Runs a program of ours that is one file of CommonJS (`scripts/bundle.js`), with what V8 compiled of it on an earlier
 * run. That lies in the program's own folder, `dist/code`, one folder for each version of Node, and is code as the
 * program is: it is made from files of our own alone (`isolation/make-code.ts`) and never by a process that reads
 * somebody's files. V8 refuses what another version or other options have made, without a word.
 */

/** `taken`; `refused` by V8, for other options of Node; or `none` is there for this version. */
export const CODE_STATES = ['taken', 'refused', 'none'] as const;
export type CodeState = (typeof CODE_STATES)[number];

declare global {
  /** Of the program that runs; not set where its sources run as they are. */
  var assayCode: CodeState | undefined;
  /** Set by whoever makes it, before the program begins: each text's compiled code is left beside the others at the end. */
  var assayMakeCode: true | undefined;
}

/** Within `dist/code`: all that another Node would not take, or should not. */
export const CODE_FOLDER = `${process.version}-${process.platform}-${process.arch}`;

/**
 * Where the compiled code of `file` lies, `dist/reading/child.code-….js` and the like. `of`: where there are several, of more
 * and of fewer of its functions; to take in what is never run costs time as well.
 */
export const compiledPath = (file: string, of?: string): string =>
  join(
    dirname(dirname(file)),
    'code',
    CODE_FOLDER,
    `${/[^/\\]+$/.exec(file)?.[0]}${of === undefined ? '' : `.${of}`}.bin`,
  );

/**
 * `file`: absolute; a function of `require`, `dynamicImport` and `ownUrl`. Its text has no character above U+007F. Gives what
 * it exports.
 */
export function runCached(file: string, of?: string): unknown {
  forgetOptions();
  const compiled = compiledPath(file, of);
  const cachedData = readIfThere(compiled);
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (globalThis.assayMakeCode !== undefined) leaveAtEnd(script, compiled);
  globalThis.assayCode =
    cachedData === undefined ? 'none' : script.cachedDataRejected === true ? 'refused' : 'taken';
  return script.runInThisContext()(
    createRequire(file),
    (name: string) => import(name),
    pathToFileURL(file).href,
  );
}

/** What V8 says of the compiled code of `file` under this process's own options; the file is not run. */
export function codeState(file: string): CodeState {
  const cachedData = readIfThere(compiledPath(file));
  if (cachedData === undefined) return 'none';
  forgetOptions();
  const { cachedDataRejected } = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  return cachedDataRejected === true ? 'refused' : 'taken';
}

/**
 * V8 compares all options that are not as they always are, and bounds on memory change no code. Once it has started it
 * asks for the first two no more: with them as they were, one compiled code fits processes with much and with little. Nor
 * does when it optimises or collects change any. Node's own modules come with compiled code too, which is refused alike:
 * with these as ever a reading process takes half as long to load them. What V8 asks for again and again holds once all
 * is loaded, and before the first file: a function that is called often until then keeps the usual budget, and a scan's readers
 * spent up to an eighth of their time on optimising such functions.
 */
function forgetOptions(): void {
  for (const name of ['--max-old-space-size', '--max-semi-space-size']) setFlagsFromString(`${name}=0`);
  const asked = ASKED_AGAIN.flatMap(({ name, usual }) => {
    const option = process.execArgv.find((one) => one.startsWith(name));
    return option === undefined ? [] : [{ option, usual: `${name}${usual}` }];
  });
  for (const { usual } of asked) setFlagsFromString(usual);
  if (asked.length === 0) return;
  process.nextTick(() => {
    for (const { option } of asked) setFlagsFromString(option);
  });
}

/** What a reading process is given another of (`isolation/reader-flags.ts`), and what V8 has of its own; the first of Node 20 alone. */
const ASKED_AGAIN = [
  ...(process.versions.v8.startsWith('11.') ? [{ name: '--interrupt-budget=', usual: 67_584 }] : []),
  { name: '--heap-growing-percent=', usual: 0 },
];

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** By its name at once or not at all: a half would be taken for the whole. */
function leaveAtEnd(script: Script, path: string): void {
  // V8 forgets what has not run for some collections.
  setFlagsFromString('--no-flush-bytecode');
  process.on('exit', (code) => {
    if (code !== 0) return;
    setFlagsFromString('--flush-bytecode');
    for (const { name, usual } of ASKED_AGAIN) setFlagsFromString(`${name}${usual}`);
    const fresh = `${path}.${process.pid}`;
    try {
      const file = openSync(fresh, 'wx', 0o644);
      writeFileSync(file, script.createCachedData());
      fchmodSync(file, 0o644);
      // V8 looks at its length, and at none of the bytes.
      fsyncSync(file);
      closeSync(file);
      renameSync(fresh, path);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  });
}

/**
 * The folder for compiled code in `dist`, made where it is not there. Undefined where it must not be written to: what lies
 * there runs with the rights of whoever starts the program, so nobody but its owner may put it there.
 */
export function codeFolder(dist: string): string | undefined {
  const folder = join(dist, 'code', CODE_FOLDER);
  try {
    if (!isOwn(dist)) return undefined;
    for (const path of [dirname(folder), folder]) {
      mkdirSync(path, { recursive: true, mode: 0o755 });
      chmodSync(path, 0o755);
    }
    return isOwn(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function isOwn(folder: string): boolean {
  const { mode, uid } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o002) === 0;
}
