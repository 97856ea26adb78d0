import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes what a reading process runs as few files, dist/child/: it starts anew for many a file, and to find, read and
 * link some 450 modules takes longer than to read most files. The compiled modules beside it stay what tests and the
 * other doors import. Dynamic imports stay what is loaded only where it is needed.
 */
export async function bundleChild(root, dist) {
  const child = join(dist, 'isolation/child.js');
  if (!existsSync(child)) return;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      child,
      // Started by address, from beside whoever starts it.
      'hash-thread': join(dist, 'core/hash-thread.js'),
    },
    outdir: join(dist, 'child'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    // With files of their own beside their code: binaries and WebAssembly.
    external: ['sharp', '@contentauth/c2pa-wasm'],
    // Libraries in CommonJS ask for Node's modules by `require`, which an ES module has not.
    banner: { js: REQUIRE },
    plugins: [nativeEngine],
    logLevel: 'silent',
    metafile: true,
  });
  // What only left-out code would have loaded.
  const files = Object.entries(metafile.outputs);
  const imported = new Set(files.flatMap(([, { imports }]) => imports.map(({ path }) => path)));
  for (const [path] of files)
    if (!imported.has(path) && !ENTRIES.has(basename(path))) rmSync(join(root, path));
}

const ENTRIES = new Set(['child.js', 'hash-thread.js']);

const REQUIRE = `import { createRequire as requireOfChild } from 'node:module';
const require = requireOfChild(import.meta.url);`;

/**
 * The native C2PA SDK finds its binary beside its own module: it is told where that is. What it exports besides
 * reading (signing, watermarks, a web client) has no effect by being left out.
 */
const nativeEngine = {
  name: 'native-engine',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@contentauth\/c2pa-node$|^\.\// }, ({ path, importer, resolveDir }) => {
      if (path.startsWith('./') && !SDK.test(importer)) return undefined;
      return { path: createRequire(join(resolveDir, 'importer.js')).resolve(path), sideEffects: false };
    });
    onLoad({ filter: SDK_BINARY }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      if (!code.includes(OWN_PLACE)) throw new Error(`${path} finds its binary in another way than it did`);
      return { contents: code.replace(OWN_PLACE, PACKAGE_PLACE) };
    });
  },
};

const SDK = /[\\/]c2pa-node[\\/]dist[\\/]/;
const SDK_BINARY = /[\\/]c2pa-node[\\/]dist[\\/]binary\.js$/;
const OWN_PLACE = 'createRequire(import.meta.url)';
const PACKAGE_PLACE = `createRequire(${OWN_PLACE}.resolve('@contentauth/c2pa-node'))`;
