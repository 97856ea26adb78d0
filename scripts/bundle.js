import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes what a reading process runs as few files, dist/child/: it starts anew for many a file, and to find, read and
 * link some 450 modules takes longer than to read most files. The compiled modules beside it stay what tests and the
 * other doors import. Dynamic imports stay what is loaded only where it is needed.
 */
export async function bundleChild(root, dist) {
  await bundle(root, dist, 'isolation/child.js', 'child/child.js');
}

/** The same of the process that encodes pictures anew, dist/recode/, in which there is nothing that reads a file. */
export async function bundleRecode(root, dist) {
  await bundle(root, dist, 'isolation/recode-child.js', 'recode/recode.js');
}

/** The same of `assay inspect`, dist/inspect/, which is what a person waits for; the other commands are loaded as they are. */
export async function bundleInspect(root, dist) {
  await bundle(root, dist, 'cli.js', 'inspect/inspect.js');
}

async function bundle(root, dist, from, to) {
  const entry = join(dist, from);
  if (!existsSync(entry)) return;
  const outdir = join(dist, dirname(to));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { [basename(to, '.js')]: entry },
    outdir,
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
    plugins: [nativeEngine, otherCommands(outdir), placesOfOurOwn(dist, outdir)],
    logLevel: 'silent',
    metafile: true,
  });
  // What only left-out code would have loaded.
  const files = Object.entries(metafile.outputs);
  const imported = new Set(files.flatMap(([, { imports }]) => imports.map(({ path }) => path)));
  for (const [path] of files)
    if (!imported.has(path) && basename(path) !== basename(to)) rmSync(join(root, path));
}

/** What the command line loads for another command than `inspect`. */
const otherCommands = (outdir) => ({
  name: 'other-commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, importer, resolveDir }) => {
      if (kind !== 'dynamic-import' || !/[\\/]dist[^\\/]*[\\/]cli[\\/](run|serve)\.js$/.test(importer))
        return undefined;
      return { path: relative(outdir, join(resolveDir, path)).split(sep).join('/'), external: true };
    });
  },
});

/** A module that looks for files beside itself finds them where it stood. */
const placesOfOurOwn = (dist, outdir) => ({
  name: 'places-of-our-own',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (relative(dist, path).startsWith('..')) return undefined;
      const code = readFileSync(path, 'utf8');
      if (!code.includes(OWN_URL)) return undefined;
      const place = JSON.stringify(relative(outdir, path).split(sep).join('/'));
      return { contents: code.replaceAll(OWN_URL, `new URL(${place}, ${OWN_URL}).href`) };
    });
  },
});
const OWN_URL = 'import.meta.url';

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
