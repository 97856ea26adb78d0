import { DIST } from './program.js';

/** Tests import the sources directly; these start the programs that were built for the tests. */
globalThis.assayBuilt = DIST;
