import { createInspector } from '../../../dist/isolation/pool.js';

/** Inspects one file with a stand-in, until somebody kills it. */
const [childEntry, path, name] = process.argv.slice(2);
await createInspector({ jobs: 1, childEntry }).inspect({ path, name, asOf: '2026-11-01', engine: 'auto' });
