import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import * as esbuild from 'esbuild';
import { plainChecks } from './plain-checks.js';

/** Modules that are started by name or imported by users of the package; each becomes one file of that name. */
const ENTRIES = [
  ...['index', 'report', 'base/process/pid1-reaper'],
  ...['core/media/hash-thread', 'storage/engine/checkpoint-thread', 'service/pdf/plain-worker'],
  ...['inspect/process/make-v8-cache', 'service/matches/matcher-thread'],
  // For `inspect` of a file that no process could read.
  'core/pipeline/analyze',
];

/** Leaves what only other commands load in the text of all commands, because `inspect` never reaches it. */
const otherCommands = {
  name: 'other-commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && /[\\/]cli[\\/](run|commands)\.ts$/.test(importer)
        ? { path: '../commands/main.js', external: true }
        : undefined,
    );
  },
};

/** Leaves out the code that reads files: another process runs it, unless that process failed. */
const readingCode = {
  name: 'reading-code',
  setup({ onResolve }) {
    onResolve({ filter: /\/pipeline\/analyze\.js$/ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && /[\\/]inspect[\\/]pool[\\/]unread-report\.ts$/.test(importer)
        ? { path: '../analyze.js', external: true }
        : undefined,
    );
  },
};

/**
 * Entries that start often, per file or for a user who waits at a terminal, and share no code with the others. Each is
 * one file in a folder of its kind that runs with V8's earlier compiled code (src/base/process/v8-cache.ts).
 */
const CACHED = [
  // For many files and for one: with compiled code of all readers, and of those that most files need.
  { entry: 'scan/reader-child', folder: 'reading', also: ['one'] },
  // A cold `inspect` takes a quarter more processor time from the text of all commands; a scan of one file 6 % more.
  {
    entry: 'cli/main',
    folder: 'inspect',
    begins: 'cli/shared/early-start',
    plugins: [otherCommands, readingCode],
  },
  // All commands: scan, server and worker have compiled code of their own start and first work.
  {
    entry: 'cli/main',
    folder: 'commands',
    begins: 'cli/shared/early-start',
    also: ['scan', 'serve', 'worker'],
    plugins: [readingCode],
  },
];
/** Starts as often, but is too small for caching. */
const SMALL = { entry: 'inspect/makers/recode-child', folder: 'reading' };

/**
 * Libraries that stay in node_modules: some have data files next to their code, and those for stores, traces and PDFs
 * are loaded only when needed. All others are bundled, because a reading process and `assay inspect` start for many
 * files, a server or worker at every roll-out, and finding, reading and linking hundreds of modules takes longer than
 * reading most files.
 */
const LEFT_OUTSIDE = [
  'sharp',
  '@contentauth/c2pa-wasm',
  'libsql',
  // Pictures and scripts of the package; its code is bundled and locates them: `besideTheirCode`.
  '@fastify/swagger-ui/package.json',
  ...['@opentelemetry/sdk-trace-node', '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources'],
  ...['@aws-sdk/*', 'tar', 'picomatch'],
  ...['pdfkit', 'fontkit', 'subset-font'],
];

/**
 * Bundles the sources into few JavaScript files, in `dist` and a folder of each kind below it, and returns the paths of
 * all inputs. Types are not checked.
 */
export async function bundle(root, dist) {
  const there = (names) =>
    names.map((name) => `src/${name}.ts`).filter((path) => existsSync(join(root, path)));
  checksWritten.set(dist, new Map());
  // Waits for all bundles before the caller deletes an incomplete build.
  const bundles = await Promise.allSettled([
    bundleOf(there(ENTRIES), root, dist),
    ...CACHED.filter(({ entry }) => there([entry, 'base/process/v8-cache']).length === 2).map((one) =>
      cachedOf(one, root, dist),
    ),
    ...there([SMALL.entry]).map((entry) => commonOf(entry, root, dist, SMALL.folder)),
  ]);
  checksWritten.delete(dist);
  return bundles.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * Bundles the entries. Code that several entries need goes into shared files; dynamic imports stay separate chunks that
 * are loaded on demand. All files lie flat in one folder, so that each can locate the others.
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
    // CommonJS libraries load Node's modules by `require`, which an ES module lacks.
    banner: { js: REQUIRE },
    plugins: [
      ...plugins,
      ownPlaces(root, relative(outdir, dist) || '.'),
      tagTablesOnce,
      checksAsCode(root, dist),
    ],
    logLevel: 'silent',
    metafile: true,
  });
  // Deletes outputs that only the omitted code would have loaded.
  const files = Object.entries(metafile.outputs);
  const imported = new Set(files.flatMap(([, { imports }]) => imports.map(({ path }) => path)));
  for (const [path, { entryPoint }] of files)
    if (!imported.has(path) && !entries.includes(entryPoint)) rmSync(join(root, path));
  return Object.keys(metafile.inputs);
}

/** Bundles an entry into one CommonJS file named after it. */
async function commonOf(entry, root, dist, folder) {
  const outdir = join(dist, folder);
  const { metafile, outputFiles } = await esbuild.build({
    ...common(root, dist, outdir),
    entryPoints: [entry],
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: `const ownUrl = require('node:url').pathToFileURL(__filename).href;` },
  });
  write(outdir, `${basename(entry, '.ts')}.js`, outputFiles[0].text);
  return Object.keys(metafile.inputs);
}

/**
 * Bundles an entry as a function of its environment, which src/base/process/v8-cache.ts runs. The file is named by its
 * digest, so that compiled code is never used for another text. The file that starts it has the name of the entry.
 * `also`: names under which the same text gets separate compiled code. `begins`: code that runs before the rest is
 * loaded, a text of its own, whose modules the rest reuses.
 */
async function cachedOf({ entry, folder, begins, also = [], plugins = [] }, root, dist) {
  const outdir = join(dist, folder);
  const begun = begins && (await begunOf(begins, folder, root, dist));
  const { metafile, outputFiles } = await esbuild.build({
    ...cached(root, dist, outdir, [...plugins, ...(begun ? [begunModules(root, begun.modules)] : [])]),
    entryPoints: [`src/${entry}.ts`],
  });
  const code = writeCode(outdir, basename(entry), metafile, outputFiles[0].text);
  const first = begun ? [`globalThis.assayBegun ??= ${runs(begun.code)};`] : [];
  await writeStart(outdir, basename(entry), [...first, `${runs(code)};`], root, dist);
  for (const name of also) await writeStart(outdir, name, [...first, `${runs(code, name)};`], root, dist);
  return [...Object.keys(metafile.inputs), ...(begun?.inputs ?? [])];
}

/** Bundles the code that runs first; it provides its own exports, and each of its modules by path. */
async function begunOf(entry, folder, root, dist) {
  const outdir = join(dist, folder);
  const own = `./src/${entry}.ts`;
  const known = await esbuild.build({ ...cached(root, dist, outdir), entryPoints: [own] });
  const modules = Object.keys(known.metafile.inputs).filter((path) => path.startsWith('src/'));
  const { code, inputs } = await modulesOf(basename(entry), modules, outdir, root, dist, [own]);
  await writeStart(outdir, basename(entry), [`globalThis.assayBegun = ${runs(code)};`], root, dist);
  return { code, modules, inputs };
}

/**
 * Bundles a text that exports each of these modules by path, and the exports of `also`. Returns its name and its
 * inputs.
 */
export async function modulesOf(name, modules, outdir, root, dist, also = []) {
  const contents = [
    ...also.map((path) => `export * from '${path}';`),
    ...modules.map((path, at) => `import * as m${at} from './${path}';`),
    `export const modules = { ${modules.map((path, at) => `'${path}': m${at}`).join(', ')} };`,
  ].join('\n');
  const { metafile, outputFiles } = await esbuild.build({
    ...cached(root, dist, outdir),
    stdin: { contents, resolveDir: root },
  });
  const code = writeCode(outdir, name, metafile, outputFiles[0].text);
  return { code, inputs: Object.keys(metafile.inputs).filter((path) => path !== '<stdin>') };
}

/** Resolves a module that was already loaded to that instance with its state, instead of a copy. */
const begunModules = (root, modules) => ({
  name: 'begun-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
      const source = relative(root, join(resolveDir, path.replace(/\.js$/, '.ts')));
      const name = source.split(sep).join('/');
      return modules.includes(name) ? { path: name, namespace: 'begun' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'begun' }, ({ path }) => ({
      contents: `module.exports = globalThis.assayBegun.modules[${JSON.stringify(path)}];`,
      loader: 'js',
    }));
  },
});

const runs = (code, of) => `runCached(\`\${__dirname}/${code}\`${of ? `, '${of}'` : ''})`;

const cached = (root, dist, outdir, plugins = []) => ({
  ...common(root, dist, outdir),
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: '(function (require, dynamicImport, ownUrl) { const module = { exports: {} };' },
  footer: { js: 'return module.exports; })' },
  plugins: [
    ...plugins,
    ownPlaces(root, relative(outdir, dist)),
    besideTheirCode,
    tagTablesOnce,
    checksAsCode(root, dist),
  ],
});

/** Returns the name of the written text. */
function writeCode(outdir, name, { outputs }, whole) {
  const [{ imports }] = Object.values(outputs);
  const text = asAscii(withoutImports(whole, imports));
  const code = `${name}.code-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;
  write(outdir, code, text);
  return code;
}

async function writeStart(outdir, name, statements, root, dist) {
  const { outputFiles } = await esbuild.build({
    ...common(root, dist, outdir),
    stdin: {
      contents: [`import { runCached } from './src/base/process/v8-cache.ts';`, ...statements].join('\n'),
      resolveDir: root,
    },
  });
  write(outdir, `${name}.js`, outputFiles[0].text);
}

const common = (root, dist, outdir) => ({
  absWorkingDir: root,
  outdir,
  write: false,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: LEFT_OUTSIDE,
  plugins: [ownPlaces(root, relative(outdir, dist)), checksAsCode(root, dist)],
  // Minified to half the length, because the whole file is read at every start. Names and lines stay, for error
  // reports.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
});

/** A script cannot import, so the loader performs the imports for it. */
function withoutImports(text, imports) {
  let count = 0;
  const without = text.replace(/\bimport\((?=\s*(?:\/\*[^*]*\*\/\s*)?["'])/g, () => {
    count += 1;
    return 'dynamicImport(';
  });
  const known = imports.filter(({ kind }) => kind === 'dynamic-import').length;
  if (count !== known) throw new Error(`${count} imports in the text of a bundle that has ${known}`);
  return without;
}

/**
 * Stores the text as one byte per character, which V8 keeps as it is. esbuild escapes other characters in strings but
 * not in patterns; there the same escapes are valid, including surrogate pairs.
 */
const asAscii = (text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Writes next to a package.json that declares CommonJS. */
function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, name), text);
}

/** Lets a module find the files next to it at their copied location, as in src/. */
const ownPlaces = (root, toDist) => ({
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      if (!code.includes(OWN_URL)) return undefined;
      const locator = relative(join(root, 'src'), path).split(sep).join('/').replace(/\.ts$/, '.js');
      const url = `new URL(${JSON.stringify(`${toDist}/${locator}`)}, ${OWN_URL}).href`;
      return { contents: code.replaceAll(OWN_URL, url), loader: 'ts' };
    });
  },
});
const OWN_URL = 'import.meta.url';

/** Lets code find its data files where the package is installed. */
const besideTheirCode = {
  name: 'beside-their-code',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@fastify[\\/]swagger-ui[\\/](index|lib[\\/]routes)\.js$/ }, ({ path }) => {
      const home = `require('node:path').dirname(require.resolve('@fastify/swagger-ui/package.json'))`;
      const own = basename(path) === 'routes.js' ? `${home} + '/lib'` : home;
      return { contents: readFileSync(path, 'utf8').replaceAll('__dirname', own), loader: 'js' };
    });
  },
};

/**
 * music-metadata rebuilds its tables of tag names for every file, which takes longer than reading most MP3s. Nothing
 * writes to them, so all files can share one set.
 */
export const tagTablesOnce = {
  name: 'tag-tables-once',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]music-metadata[\\/]lib[\\/]common[\\/]MetadataCollector\.js$/ }, ({ path }) => {
      const [before, after, ...more] = readFileSync(path, 'utf8').split('new CombinedTagMapper()');
      if (after === undefined || more.length > 0) throw new Error(`${path} builds its tables in another way`);
      return {
        contents: `${before}(tagTables ??= new CombinedTagMapper())${after}\nlet tagTables;`,
        loader: 'js',
      };
    });
  },
};

/** The schema library takes longer to load, and to compile the checks of every start, than a small file takes to read. */
const checksAsCode = (root, dist) => ({
  name: 'checks-as-code',
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/](law[\\/]schema-checks|scan[\\/]records[\\/]reader-record-check)\.ts$/ },
      async ({ path }) => {
        const known = checksWritten.get(dist);
        const written = known?.get(path) ?? plainChecks(root, path, dist);
        known?.set(path, written);
        return { contents: await written, loader: 'js' };
      },
    );
  },
});

/**
 * Generated checks of the bundles written into one folder at a time, by path. They are identical for all, and take a
 * second to write.
 */
const checksWritten = new Map();

const REQUIRE = `import { createRequire as requireOfModule } from 'node:module';
const require = requireOfModule(import.meta.url);`;
