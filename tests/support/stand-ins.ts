import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
// @ts-expect-error: a script without types
import { bundleOf, modulesOf } from '../../scripts/bundle.js';
import { prepareCodeCacheFolder } from '../../src/base/process/v8-cache.js';

const ROOT = resolve(import.meta.dirname, '../..');
/** Entry of all file readers. */
const READS = 'src/core/pipeline/analyze.ts';
/** Reads our own files, and saves V8's compiled code. */
const LEAVES_CODE = 'leaves-code.cjs';
const KNOWN_FILES = join(ROOT, 'src/service/doctor/known-files');

/**
 * Builds the stand-ins of the tests, which use some of the sources. Those that read files start hundreds of times, so
 * they load these from one text with V8's compiled code, as a reading process does.
 */
export async function makeStandIns(program: string): Promise<void> {
  const all = standIns();
  const readers = all.filter((path) => sourcesIn(path).includes(READS));
  const others = all.filter((path) => !readers.includes(path));
  const dist = join(program, 'dist');
  await Promise.all([bundleOf(others, ROOT, dist), makeReaders(readers, dist, join(program, 'stand-ins'))]);
}

async function makeReaders(readers: string[], dist: string, folder: string): Promise<void> {
  const modules = [...new Set(readers.flatMap(sourcesIn))];
  const { code } = await modulesOf('stand-ins', modules, join(folder, 'text'), ROOT, dist);
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: readers,
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    plugins: [fromOneText(code)],
    logLevel: 'silent',
  });
  await leaveCode(folder);
}

/** `src/base/process/v8-cache.ts` saves the code at exit, if told to. */
async function leaveCode(folder: string): Promise<void> {
  prepareCodeCacheFolder(folder);
  const text = `globalThis.assayMakeCode = true; require(${JSON.stringify(join(folder, LEAVES_CODE))});`;
  const leaving = spawn(process.execPath, ['-e', text, KNOWN_FILES], { stdio: 'inherit' });
  const [code] = await once(leaving, 'close');
  if (code !== 0) throw new Error(`${LEAVES_CODE} ended with ${code}`);
}

function standIns(): string[] {
  return readdirSync(join(ROOT, 'tests'), { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => path.includes('/children/'))
    .map((path) => relative(ROOT, path))
    .filter((path) => sourcesIn(path).length > 0);
}

/** Returns our own sources that a stand-in contains, by path from the root. */
const sourcesIn = (path: string): string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/from '[./]+\/(src\/[^']+)'/g)].map(
    ([, source = '']) => source,
  );

/** Resolves a stand-in's imports of our code to that one text. */
const fromOneText = (code: string): esbuild.Plugin => ({
  name: 'from-one-text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[./]+\/src\// }, ({ path, importer }) =>
      importer.includes('/children/')
        ? { path: path.replace(/^[./]+\//, ''), namespace: 'one-text' }
        : undefined,
    );
    onResolve({ filter: /^the text$/ }, ({ path }) => ({ path, namespace: 'one-text' }));
    onLoad({ filter: /^src\//, namespace: 'one-text' }, ({ path }) => ({
      contents: `module.exports = require('the text').modules[${JSON.stringify(path)}];`,
    }));
    onLoad({ filter: /^the text$/, namespace: 'one-text' }, () => ({
      contents: `import { runCached } from ${JSON.stringify(join(ROOT, 'src/base/process/v8-cache.ts'))};
        export const { modules } = runCached(\`\${__dirname}/text/${code}\`);`,
      resolveDir: ROOT,
    }));
  },
});
