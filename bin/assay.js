#!/usr/bin/env node
import { existsSync } from 'node:fs';

/** In a checkout dist/ is made on first use and after every change of src/; an installed tree has no src/ and just runs. */
if (existsSync(new URL('../src', import.meta.url))) {
  const { build, isStale } = await import('../scripts/build.js');
  if (isStale()) {
    process.stderr.write('assay: building …\n');
    try {
      await build();
    } catch (error) {
      process.stderr.write(`assay: the build failed\n${error.output ?? error.message}\n`);
      process.exit(2);
    }
  }
}

// The first process of a container has to wait for others' children, which Node does not.
const isOnlyInit = process.pid === 1 && (await import('../dist/process-one.js')).isOnlyInit();

// The same command line; of the first only what these two need is loaded, which is few files.
const quick = ['inspect', '--version'].includes(process.argv[2]);
if (!isOnlyInit) await import(quick ? '../dist/inspect/cli.js' : '../dist/cli.js');
