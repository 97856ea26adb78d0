import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder like an installed package, built for this run of the tests alone. */
    program: string;
  }
}

/** What tests start lies here; tests/program-build.ts makes it of the sources as they are now. */
export const PROGRAM = inject('program');
export const ASSAY = join(PROGRAM, 'bin/assay.js');
export const DIST = join(PROGRAM, 'dist');

/** A stand-in of tests, bundled with what it takes from the sources. */
export const standIn = (name: string): string => join(DIST, `${name}.js`);

/** One that reads files itself: tests/stand-ins.ts. */
export const readerStandIn = (name: string): string => join(PROGRAM, 'stand-ins', `${name}.cjs`);
