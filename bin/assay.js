#!/usr/bin/env node
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** In a checkout dist/ is made on first use and after every change of src/; an installed tree has no src/ and just runs. */
if (existsSync(new URL('../src', import.meta.url))) {
  const { isStale } = await import('../scripts/stale.js');
  if (isStale()) {
    process.stderr.write('assay: building …\n');
    try {
      await (await import('../scripts/build.js')).build();
    } catch (error) {
      process.stderr.write(`assay: the build failed\n${error.output ?? error.message}\n`);
      process.exit(2);
    }
  }
}

// The first process of a container has to wait for others' children, which Node does not.
const isOnlyInit = process.pid === 1 && (await import('../dist/process-one.js')).isOnlyInit();

// Where nothing is there yet of what this version of Node compiles of the program, it is made beside, for the next start, by
// whoever owns the program: src/cached-code.ts.
const dist = new URL('../dist/', import.meta.url);
const isOwn = ({ uid, mode }) => uid === process.getuid?.() && (mode & 0o002) === 0;
if (
  !isOnlyInit &&
  !existsSync(new URL(`code/${process.version}-${process.platform}-${process.arch}/made`, dist)) &&
  isOwn(statSync(dist))
) {
  const { spawn } = await import('node:child_process');
  const maker = fileURLToPath(new URL('make-code.js', dist));
  const make = () =>
    spawn(process.execPath, [maker, '--yield'], { detached: true, stdio: 'ignore', cwd: '/' }).on(
      'error',
      () => {},
    );
  // A command that is waited for comes first.
  if (['serve', 'worker', 'scan'].includes(process.argv[2])) make().unref();
  else process.on('exit', make);
}

// The same command line; of the first two only what these need is loaded, which is few files.
const folders = { inspect: 'inspect/', '--version': 'inspect/', scan: 'scanning/' };
const [, , name = ''] = process.argv;
if (!isOnlyInit) await import(`../dist/${Object.hasOwn(folders, name) ? folders[name] : ''}cli.js`);
