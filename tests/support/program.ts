import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder like an installed package, built for this test run only. */
    program: string;
  }
}

/** Folder of the programs that tests start; tests/support/program-build.ts builds it from the current sources. */
export const PROGRAM = inject('program');
export const ASSAY = join(PROGRAM, 'bin/assay.js');
export const DIST = join(PROGRAM, 'dist');

/** Returns the path of a stand-in, bundled with the sources that it uses. */
export const standIn = (name: string): string => join(DIST, `${name}.js`);

/** Path of a stand-in that reads files itself: tests/support/stand-ins.ts. */
export const readerStandIn = (name: string): string => join(PROGRAM, 'stand-ins', `${name}.cjs`);
