import { DIST } from './program.js';

/** The sources, which tests import as they are, start what was built for the tests. */
globalThis.assayBuilt = DIST;
