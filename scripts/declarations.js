import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Declaration files of the package's exports. */
const ENTRIES = ['index.d.ts', 'report.d.ts'];

/** Checks all types, and writes those of the package's exports to `types/`. Rejects as `build` does. */
export async function writeDeclarations(root, dist) {
  const folder = join(dist, 'types');
  await compile(root, folder);
  const needed = new Set();
  for (const entry of ENTRIES) gather(join(folder, entry), needed);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !needed.has(path)) rmSync(path);
  }
  sweep(folder);
}

function compile(root, outDir) {
  const typescript = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
  const tsc = join(dirname(typescript), 'bin', 'tsc');
  const how = ['--declaration', '--emitDeclarationOnly', '--outDir', outDir];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [tsc, '-p', join(root, 'tsconfig.json'), ...how],
      { cwd: root },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        const output = `${stdout}${stderr}` || String(error);
        reject(Object.assign(new Error('the TypeScript compiler reported errors'), { output }));
      },
    );
  });
}

function gather(path, needed) {
  if (needed.has(path) || !existsSync(path)) return;
  needed.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?["'](\.[^"']+)\.js["']/g))
    gather(join(dirname(path), `${name}.d.ts`), needed);
}

/** Deletes empty folders. */
function sweep(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) sweep(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}
