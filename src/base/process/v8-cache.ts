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
 * program is: it is made from files of our own alone (`inspect/process/make-v8-cache.ts`) and never by a process that reads
 * somebody's files. V8 refuses what another version or other options have made, without a word.
 */

/**
 * `taken`: V8 accepted the cache; `refused`: V8 rejected it because of other Node options; `none`: there is no cache
 * for this version.
 */
export const CODE_CACHE_STATES = ['taken', 'refused', 'none'] as const;
export type CodeCacheState = (typeof CODE_CACHE_STATES)[number];

declare global {
  /** Cache state of the running program; undefined when the sources run unbundled. */
  var assayCode: CodeCacheState | undefined;
  /**
   * Set before the program begins by the build step that makes the cache: each script's compiled code is then written
   * at exit.
   */
  var assayMakeCode: true | undefined;
}

/** Folder within `dist/code`. Its name holds everything that makes a cache unusable for another Node. */
export const CODE_CACHE_FOLDER = `${process.version}-${process.platform}-${process.arch}`;

/**
 * Where the compiled code of `file` lies, `dist/reading/reader-child.code-….js` and the like. `of`: where there are several, of more
 * and of fewer of its functions; to take in what is never run costs time as well.
 */
export const codeCachePath = (file: string, of?: string): string =>
  join(
    dirname(dirname(file)),
    'code',
    CODE_CACHE_FOLDER,
    `${/[^/\\]+$/.exec(file)?.[0]}${of === undefined ? '' : `.${of}`}.bin`,
  );

/**
 * Runs `file` (an absolute path) and returns its exports. The file must be a function of `require`, `dynamicImport` and
 * `ownUrl` and contain no character above U+007F.
 */
export function runCached(file: string, of?: string): unknown {
  resetOptions();
  const compiled = codeCachePath(file, of);
  const cachedData = readIfExists(compiled);
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (globalThis.assayMakeCode !== undefined) writeCacheAtExit(script, compiled);
  globalThis.assayCode =
    cachedData === undefined ? 'none' : script.cachedDataRejected === true ? 'refused' : 'taken';
  return script.runInThisContext()(
    createRequire(file),
    (name: string) => import(name),
    pathToFileURL(file).href,
  );
}

/** Returns whether V8 would accept the cache of `file` under this process's options. The file is not run. */
export function codeCacheState(file: string): CodeCacheState {
  const cachedData = readIfExists(codeCachePath(file));
  if (cachedData === undefined) return 'none';
  resetOptions();
  const { cachedDataRejected } = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  return cachedDataRejected === true ? 'refused' : 'taken';
}

/**
 * Resets V8 options that would make V8 reject the code cache although they do not change the code. V8 compares every
 * option that differs from its default. Memory limits are read only at startup, so they can be reset for good and one
 * cache fits processes with any limit. Options that V8 reads continuously are restored on the next tick, once all
 * modules are loaded and before the first file: until then a function that is called often keeps the default budget,
 * and the readers of a scan spent up to an eighth of their time optimising such functions. Node's built-in modules have
 * a code cache that is rejected for the same reason; with default options a reading process loads them in half the
 * time.
 */
function resetOptions(): void {
  for (const name of ['--max-old-space-size', '--max-semi-space-size']) setFlagsFromString(`${name}=0`);
  const options = RESTORED_OPTIONS.flatMap(({ name, usual }) => {
    const option = process.execArgv.find((one) => one.startsWith(name));
    return option === undefined ? [] : [{ option, usual: `${name}${usual}` }];
  });
  for (const { usual } of options) setFlagsFromString(usual);
  if (options.length === 0) return;
  process.nextTick(() => {
    for (const { option } of options) setFlagsFromString(option);
  });
}

/** V8 options that reading processes change (`inspect/protocol/reader-flags.ts`), with V8's defaults. The first exists in Node 20 only. */
const RESTORED_OPTIONS = [
  ...(process.versions.v8.startsWith('11.') ? [{ name: '--interrupt-budget=', usual: 67_584 }] : []),
  { name: '--heap-growing-percent=', usual: 0 },
];

function readIfExists(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Writes the cache at exit. It is renamed into place, because V8 would accept a partial file. */
function writeCacheAtExit(script: Script, path: string): void {
  // V8 would otherwise discard the bytecode of functions that did not run during the last collections.
  setFlagsFromString('--no-flush-bytecode');
  process.on('exit', (code) => {
    if (code !== 0) return;
    setFlagsFromString('--flush-bytecode');
    for (const { name, usual } of RESTORED_OPTIONS) setFlagsFromString(`${name}${usual}`);
    const fresh = `${path}.${process.pid}`;
    try {
      const file = openSync(fresh, 'wx', 0o644);
      writeFileSync(file, script.createCachedData());
      fchmodSync(file, 0o644);
      // V8 checks the length of the cache but not its bytes, so the file is synced before it is renamed.
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
 * Returns the folder for compiled code in `dist` and creates it if necessary. Returns `undefined` if anybody but the
 * owner may write there: the code runs with the rights of whoever starts the program.
 */
export function prepareCodeCacheFolder(dist: string): string | undefined {
  const folder = join(dist, 'code', CODE_CACHE_FOLDER);
  try {
    if (!isWritableByOwnerOnly(dist)) return undefined;
    for (const path of [dirname(folder), folder]) {
      mkdirSync(path, { recursive: true, mode: 0o755 });
      chmodSync(path, 0o755);
    }
    return isWritableByOwnerOnly(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function isWritableByOwnerOnly(folder: string): boolean {
  const { mode, uid } = statSync(folder);
  return uid === process.getuid?.() && (mode & 0o002) === 0;
}
