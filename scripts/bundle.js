import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import * as esbuild from 'esbuild';
import { plainChecks } from './plain-checks.js';

/** What is started by its name, or imported by whoever installs this: each becomes one file of that name. */
const ENTRIES = [
  ...['index', 'report', 'process-one'],
  ...['core/media/hash-thread', 'store/checkpoint-thread', 'pdf/plain-worker', 'isolation/make-code'],
  'likeness/seen-thread',
  // For `inspect` of a file that no process could read.
  'core/analysis/analyze',
];
/**
 * These start anew for many a file, or for whoever waits at a terminal, and share nothing with the others: each is one file,
 * in a folder of its own kind, that runs with what V8 compiled of it before (src/cached-code.ts).
 */
const CACHED = [
  // For many files, and for one: with the code of all that is read, and of what most files need.
  { entry: 'child', folder: 'reading', also: ['one'] },
  { entry: 'cli', folder: 'inspect', modules: [], begins: 'cli/begin' },
  { entry: 'cli', folder: 'scanning', modules: ['commands', 'scan'], begins: 'cli/begin' },
  // All the others: a server and a worker with the code of their own start, and of what they are asked first.
  { entry: 'cli', folder: 'commands', also: ['serve', 'worker'], modules: 'all' },
];
/** Starts as often, and is so small that there is nothing to keep. */
const SMALL = { entry: 'isolation/recode-child', folder: 'reading' };

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
  // Its pictures and scripts; its code is bundled, and asks where they lie: `besideTheirCode`.
  '@fastify/swagger-ui/package.json',
  ...['@opentelemetry/sdk-trace-node', '@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources'],
  ...['@aws-sdk/*', 'tar', 'picomatch'],
  ...['pdfkit', 'fontkit', 'subset-font'],
];

/**
 * Makes few JavaScript files of the sources, in `dist` and a folder of each kind below it, and gives the paths of all that
 * went into them. Types are not looked at.
 */
export async function bundle(root, dist) {
  const there = (names) =>
    names.map((name) => `src/${name}.ts`).filter((path) => existsSync(join(root, path)));
  checksWritten.set(dist, new Map());
  // All have ended before whoever waits clears away what one of them could not make.
  const bundles = await Promise.allSettled([
    bundleOf(there(ENTRIES), root, dist),
    ...CACHED.filter(({ entry }) => there([entry, 'cached-code']).length === 2).map((one) =>
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
    plugins: [
      ...plugins,
      ownPlaces(root, relative(outdir, dist) || '.'),
      tagTablesOnce,
      checksAsCode(root, dist),
    ],
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

/** One file of CommonJS, by the name of its entry. */
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
 * The same as a function of what its surroundings are, which src/cached-code.ts runs, named by its digest: compiled code is
 * never taken for another text. What starts it has the name of the entry. `also`: the same with other compiled code, under
 * that name. `begins`: what runs before all of it is loaded, a text of its own, whose modules the rest takes as they are.
 */
async function cachedOf({ entry, folder, modules = [], begins, also = [] }, root, dist) {
  const outdir = join(dist, folder);
  const begun = begins && (await begunOf(begins, folder, root, dist));
  const { metafile, outputFiles } = await esbuild.build({
    ...cached(root, dist, outdir, [
      otherCommands(modules),
      ...(begun ? [begunModules(root, begun.modules)] : []),
    ]),
    entryPoints: [`src/${entry}.ts`],
  });
  const code = writeCode(outdir, basename(entry), metafile, outputFiles[0].text);
  const statements = [...(begun ? [`globalThis.assayBegun ??= ${runs(begun.code)};`] : []), `${runs(code)};`];
  await writeStart(outdir, basename(entry), statements, root, dist);
  for (const name of also) await writeStart(outdir, name, [`${runs(code, name)};`], root, dist);
  return [...Object.keys(metafile.inputs), ...(begun?.inputs ?? [])];
}

/** What is begun with: it gives its own exports, and each of its modules by its path. */
async function begunOf(entry, folder, root, dist) {
  const outdir = join(dist, folder);
  const own = `./src/${entry}.ts`;
  const known = await esbuild.build({ ...cached(root, dist, outdir), entryPoints: [own] });
  const modules = Object.keys(known.metafile.inputs).filter((path) => path.startsWith('src/'));
  const { code, inputs } = await modulesOf(basename(entry), modules, outdir, root, dist, [own]);
  await writeStart(outdir, basename(entry), [`globalThis.assayBegun = ${runs(code)};`], root, dist);
  return { code, modules, inputs };
}

/** A text that gives each of these by its path, and what `also` exports. Its name, and what went into it. */
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

/** A module that was loaded before is that one, with what it remembers, and no copy. */
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

/** The name that the text was given. */
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
      contents: [`import { runCached } from './src/cached-code.ts';`, ...statements].join('\n'),
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
  // Read whole at every start: half as long so. Names stay, and lines, for whoever reports a fault.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
});

/** Compiled as a script it could not import: whoever runs it does that for it. */
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
 * Read as one byte a character, which V8 keeps as it is. esbuild escapes whatever is none in strings, and leaves patterns as
 * they are: there the same escapes hold, those of two surrogates too.
 */
const asAscii = (text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Beside a package.json of its own, which says that it is CommonJS. */
function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, name), text);
}

/**
 * What the command line loads for another command lies behind the whole of it; this one never comes there. `modules`: of
 * `src/cli`, what it does come to. And all that reads is another process's, but where that one failed.
 */
const otherCommands = (modules) => ({
  name: 'other-commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, importer, path }) =>
      kind === 'dynamic-import' &&
      /[\\/]cli[\\/](run|commands)\.ts$/.test(importer) &&
      modules !== 'all' &&
      !modules.some((name) => path === `./${name}.js`)
        ? { path: '../commands/cli.js', external: true }
        : undefined,
    );
    onResolve({ filter: /\/analysis\/analyze\.js$/ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && /[\\/]isolation[\\/]unread\.ts$/.test(importer)
        ? { path: '../analyze.js', external: true }
        : undefined,
    );
  },
});

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

/** The files that its code looks for beside itself stay where they were installed. */
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
 * music-metadata builds its tables of tag names anew for every file, which takes longer than to read most MP3s. Nothing
 * writes into them, so that all files may have the same.
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

/** The schema library takes longer to load, and to compile what is checked at every start, than a small file to read. */
const checksAsCode = (root, dist) => ({
  name: 'checks-as-code',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](law[\\/]schema-checks|scan[\\/]bare-check)\.ts$/ }, async ({ path }) => {
      const known = checksWritten.get(dist);
      const written = known?.get(path) ?? plainChecks(root, path, dist);
      known?.set(path, written);
      return { contents: await written, loader: 'js' };
    });
  },
});

/** Of the bundles that are made into a folder at once, by its path: they are the same for all, and take a second to write. */
const checksWritten = new Map();

const REQUIRE = `import { createRequire as requireOfModule } from 'node:module';
const require = requireOfModule(import.meta.url);`;
