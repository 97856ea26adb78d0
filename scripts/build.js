/**
 * Builds dist/ from src/: bundles next to it, copies other files, and swaps the folder in as a whole, so that nobody
 * ever runs a partial build. Run directly, it builds only when stale; `--force` builds anyway; `--types` does too, and
 * checks the types.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isStale, modified, STAMP } from './stale.js';

export { isStale };

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const ASSET_ENDINGS = /\.(json|css|js|html|png|jpg|mp4|pem|txt)$/;
/** A lock left by a killed build is taken over after this time; a swap takes milliseconds. */
const LOCK_MILLIS = 10_000;
const ABANDONED_MILLIS = 3_600_000;

/** Rejects with an Error whose `output`, if present, is the compiler's. Type errors are found only with `types`. */
export async function build(root = ROOT, { types = false } = {}) {
  await writeMessages(root);
  const begun = new Date();
  const fresh = join(root, `dist.${process.pid}.${randomBytes(3).toString('hex')}`);
  try {
    // Waits for both before the folder is deleted.
    const parts = await Promise.allSettled([buildInto(fresh, root), types && toBePacked(fresh, root)]);
    for (const { reason } of parts) if (reason !== undefined) throw reason;
    writeFileSync(join(fresh, STAMP), '');
    utimesSync(join(fresh, STAMP), begun, begun);
    await swapIn(root, fresh, begun.getTime());
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Generates the type of the messages, which the sources import; it is not tracked. */
async function writeMessages(root) {
  const folder = join(root, 'src', 'i18n', 'catalogues');
  if (modified(folder) !== undefined)
    (await installed(() => import('./catalogues.js'))).writeMessages(folder);
}

/** Dependencies of the build are imported lazily, because this file is loaded at every start. */
async function installed(load) {
  try {
    return await load();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('what builds it is not installed: npm ci --include=dev', { cause: error });
  }
}

/** Runs the build alone, in a folder that nobody else uses. */
export async function buildInto(folder, root = ROOT) {
  const [{ bundle }, { builtCatalogue }, { checkLawIndex }] = await installed(() =>
    Promise.all([import('./bundle.js'), import('./built-catalogue.js'), import('./law-index.js')]),
  );
  await checkLawIndex(root);
  copyAssets(join(root, 'src'), folder, builtCatalogue);
  const inputs = await bundle(root, folder);
  (await import('./licences.js')).writeLicences(inputs, root, folder);
  await makeCode(folder);
}

/** Compiles code for this Node version; without it the program starts more slowly. */
async function makeCode(folder) {
  const maker = join(folder, 'make-v8-cache.js');
  if (modified(maker) !== undefined)
    await once(
      spawn(process.execPath, [maker], { stdio: 'ignore', env: { PATH: process.env.PATH } }),
      'close',
    );
}

/** Creates the parts that only users of the package need: its types, and the engine, which is no dependency. */
export async function toBePacked(fresh, root) {
  const [{ writeDeclarations }, { carryNativeEngine }] = await Promise.all([
    import('./declarations.js'),
    import('./native-engine.js'),
  ]);
  await writeDeclarations(root, fresh);
  carryNativeEngine(root, fresh);
}

function copyAssets(src, outDir, builtCatalogue) {
  mkdirSync(outDir, { recursive: true });
  for (const entry of readdirSync(src, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !ASSET_ENDINGS.test(entry.name)) continue;
    const from = join(entry.parentPath ?? entry.path, entry.name);
    const to = join(outDir, relative(src, from));
    mkdirSync(dirname(to), { recursive: true });
    if (basename(dirname(to)) === 'catalogues') writeFileSync(to, builtCatalogue(readFileSync(from, 'utf8')));
    else cpSync(from, to);
  }
}

/** Swaps the new build in, one build at a time, unless another build of the same or later sources came first. */
async function swapIn(root, fresh, begun) {
  const dist = join(root, 'dist');
  const old = `${fresh}.old`;
  const unlock = await lock(join(root, 'dist.lock'));
  try {
    if ((modified(join(dist, STAMP)) ?? 0) >= begun) return;
    if (modified(dist) !== undefined) renameSync(dist, old);
    renameSync(fresh, dist);
  } catch (error) {
    if (modified(dist) === undefined && modified(old) !== undefined) renameSync(old, dist);
    throw error;
  } finally {
    unlock();
    rmSync(old, { recursive: true, force: true });
    sweep(root);
  }
}

/** Removes the leftovers of killed builds. */
function sweep(root) {
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    const made = /^dist\.\d+\./.test(name) ? modified(path) : undefined;
    if (made !== undefined && Date.now() - made > ABANDONED_MILLIS)
      rmSync(path, { recursive: true, force: true });
  }
}

async function lock(path) {
  for (;;) {
    try {
      mkdirSync(path);
      return () => rmdirSync(path);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (Date.now() - (modified(path) ?? Date.now()) > LOCK_MILLIS)
      rmSync(path, { recursive: true, force: true });
    await sleep(10);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const types = process.argv.includes('--types');
  if (types || process.argv.includes('--force') || isStale()) {
    try {
      await build(ROOT, { types });
    } catch (error) {
      process.stderr.write(`${error.output ?? error.stack}\n`);
      process.exitCode = 1;
    }
  }
}
