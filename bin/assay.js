#!/usr/bin/env node
'use strict';
// CommonJS, and with it all that `inspect` needs: Node's loader of ES modules is loaded only where one is
// imported, and takes longer than a small file to read.
const { existsSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(__dirname);
const dist = join(root, 'dist');
/** The same command line; of these only what they need is loaded, which is few files. */
const ENTRIES = {
  inspect: 'inspect/main',
  '--version': 'inspect/main',
  scan: 'commands/scan',
  serve: 'commands/serve',
  worker: 'commands/worker',
};
const [, , name = ''] = process.argv;

/**
 * The process that reads starts while all else is still to be loaded: src/cli/shared/early-start.ts. What was not built, or by another
 * version, begins nothing.
 */
function begin() {
  const folder = { inspect: 'inspect', scan: 'commands' }[name];
  if (folder === undefined || process.pid === 1) return;
  try {
    require(`../dist/${folder}/early-start.js`);
    globalThis.assayBegun.startEarly(process.argv.slice(2), process.env);
  } catch {
    globalThis.assayBegun = undefined;
  }
}

/** In a checkout dist/ is made on first use and after every change of src/; an installed tree has no src/ and just runs. */
async function buildWhereStale() {
  if (!existsSync(join(root, 'src')) || !require('../scripts/stale.cjs').isStale()) return;
  await globalThis.assayBegun?.dropEarlyStart();
  globalThis.assayBegun = undefined;
  process.stderr.write('assay: building …\n');
  try {
    await (await import('../scripts/build.js')).build();
  } catch (error) {
    process.stderr.write(`assay: the build failed\n${error.output ?? error.message}\n`);
    process.exit(2);
  }
}

/**
 * Where nothing is there yet of what this version of Node compiles of the program, it is made beside, for the next start, by
 * whoever owns the program: src/base/process/v8-cache.ts.
 */
function makeCodeWhereNone() {
  if (existsSync(join(dist, 'code', `${process.version}-${process.platform}-${process.arch}`, 'made')))
    return;
  const { uid, mode } = statSync(dist);
  if (uid !== process.getuid?.() || (mode & 0o002) !== 0) return;
  const { spawn } = require('node:child_process');
  const make = () =>
    spawn(process.execPath, [join(dist, 'make-v8-cache.js'), '--yield'], {
      detached: true,
      stdio: 'ignore',
      cwd: '/',
    }).on('error', () => {});
  // A command that is waited for comes first.
  if (['serve', 'worker', 'scan'].includes(name)) make().unref();
  else process.on('exit', make);
}

async function start() {
  begin();
  await buildWhereStale();
  // The first process of a container has to wait for others' children, which Node does not.
  if (process.pid === 1 && (await import('../dist/pid1-reaper.js')).runAsInit()) return;
  makeCodeWhereNone();
  require(`../dist/${Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : 'commands/main'}.js`);
}

void start();
