import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as esbuild from 'esbuild';
import { plainChecks } from './plain-checks.js';

/** What is started by its name, or imported by whoever installs this: each becomes one file of that name. */
const ENTRIES = [
  ...['cli', 'index', 'report', 'process-one'],
  ...['core/media/hash-thread', 'store/checkpoint-thread', 'pdf/plain-worker'],
];
/**
 * These start anew for many a file, and for each file that they load they need a third of a millisecond: they share
 * nothing with the others, or they would load twice as many.
 */
const READING = ['child', 'isolation/recode-child'];
/** And this once for whoever waits at a terminal. */
const INSPECT = ['cli'];

/**
 * Libraries that stay in node_modules: some have files of their own beside their code, and what scans of stores, traces and
 * PDFs stand on is loaded only by them. The others are bundled: a reading process and `assay inspect` start anew for many a
 * file, a server or worker at every roll-out, and to find, read and link hundreds of modules takes longer than to read most
 * files.
 */
const LEFT_OUTSIDE = [
  'sharp',
  '@contentauth/c2pa-wasm',
  'libsql',
  '@fastify/swagger-ui',
  ...['@opentelemetry/sdk-trace-node', '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources'],
  ...['@aws-sdk/*', 'tar', 'picomatch'],
  ...['pdfkit', 'fontkit', 'subset-font'],
];

/**
 * Makes few JavaScript files of the sources, in `dist`, `dist/reading` and `dist/inspect`, and gives the paths of all that
 * went into them. Types are not looked at.
 */
export async function bundle(root, dist) {
  const there = (names) =>
    names.map((name) => `src/${name}.ts`).filter((path) => existsSync(join(root, path)));
  // All have ended before whoever waits clears away what one of them could not make.
  const bundles = await Promise.allSettled([
    bundleOf(there(ENTRIES), root, dist),
    bundleOf(there(READING), root, dist, join(dist, 'reading')),
    bundleOf(there(INSPECT), root, dist, join(dist, 'inspect'), [otherCommands]),
  ]);
  return bundles.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * What several entries need stands in files that they share; dynamic imports stay what is loaded only where it is needed.
 * All files lie flat in one folder, so that each knows where the rest is.
 */
export async function bundleOf(entries, root, dist, outdir = dist, plugins = []) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUTSIDE,
    // Libraries in CommonJS ask for Node's modules by `require`, which an ES module has not.
    banner: { js: REQUIRE },
    plugins: [...plugins, ownPlaces(root, relative(outdir, dist) || '.'), checksAsCode(root, dist)],
    logLevel: 'silent',
    metafile: true,
  });
  // What only left-out code would have loaded.
  const files = Object.entries(metafile.outputs);
  const imported = new Set(files.flatMap(([, { imports }]) => imports.map(({ path }) => path)));
  for (const [path, { entryPoint }] of files)
    if (!imported.has(path) && !entries.includes(entryPoint)) rmSync(join(root, path));
  return Object.keys(metafile.inputs);
}

/** What the command line loads for another command than `inspect` lies behind the whole of it; `inspect` never comes there. */
const otherCommands = {
  name: 'other-commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && /[\\/]cli[\\/]run\.ts$/.test(importer)
        ? { path: '../cli.js', external: true }
        : undefined,
    );
  },
};

/** A module that looks for files beside itself finds them where they are carried to: as in src/. */
const ownPlaces = (root, toDist) => ({
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      if (!code.includes(OWN_URL)) return undefined;
      const place = relative(join(root, 'src'), path).split(sep).join('/').replace(/\.ts$/, '.js');
      const url = `new URL(${JSON.stringify(`${toDist}/${place}`)}, ${OWN_URL}).href`;
      return { contents: code.replaceAll(OWN_URL, url), loader: 'ts' };
    });
  },
});
const OWN_URL = 'import.meta.url';

/** The schema library takes longer to load, and to compile what is checked at every start, than a small file to read. */
const checksAsCode = (root, dist) => ({
  name: 'checks-as-code',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](law[\\/]schema-checks|scan[\\/]bare-check)\.ts$/ }, async ({ path }) => ({
      contents: await plainChecks(root, path, dist),
      loader: 'js',
    }));
  },
});

const REQUIRE = `import { createRequire as requireOfModule } from 'node:module';
const require = requireOfModule(import.meta.url);`;
