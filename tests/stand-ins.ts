import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
// @ts-expect-error: a script without types
import { bundleOf, modulesOf } from '../scripts/bundle.js';
import { codeFolder } from '../src/cached-code.js';

const ROOT = resolve(import.meta.dirname, '..');
/** All that reads a file. */
const READS = 'src/core/analysis/analyze.ts';
/** Reads files of our own, and leaves what V8 compiled of it. */
const LEAVES_CODE = 'leaves-code.cjs';
const KNOWN_FILES = join(ROOT, 'src/doctor/known-files');

/**
 * Programs of tests that stand in for ours, and take some of the sources for it. Those that read files start hundreds of
 * times: they take it from one text, with what V8 compiled of it before, as the program of a reading process does.
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

/** `src/cached-code.ts` leaves it at the end, where it is told to. */
async function leaveCode(folder: string): Promise<void> {
  codeFolder(folder);
  const text = `globalThis.assayMakeCode = true; require(${JSON.stringify(join(folder, LEAVES_CODE))});`;
  const leaving = spawn(process.execPath, ['-e', text, KNOWN_FILES], { stdio: 'inherit' });
  const [code] = await once(leaving, 'close');
  if (code !== 0) throw new Error(`${LEAVES_CODE} ended with ${code}`);
}

function standIns(): string[] {
  return readdirSync(import.meta.dirname, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => path.includes('/children/'))
    .map((path) => relative(ROOT, path))
    .filter((path) => sourcesIn(path).length > 0);
}

/** What it takes of ours, by its path from the root. */
const sourcesIn = (path: string): string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/from '[./]+\/(src\/[^']+)'/g)].map(
    ([, source = '']) => source,
  );

/** What a stand-in takes of ours is what stands in that text. */
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
      contents: `import { runCached } from ${JSON.stringify(join(ROOT, 'src/cached-code.ts'))};
        export const { modules } = runCached(\`\${__dirname}/text/${code}\`);`,
      resolveDir: ROOT,
    }));
  },
});
