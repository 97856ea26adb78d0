import { Confinement } from '../../../src/isolation/confinement.ts';
import { createInspector } from '../../../src/isolation/pool.ts';

/** Inspects one file with a stand-in, until somebody kills it. */
const [childEntry, path, act, sandbox] = process.argv.slice(2);
const confinement = new Confinement({ sandbox });
await createInspector({ jobs: 1, childEntry, confinement }).inspect({
  path,
  name: 'a.png',
  act,
  asOf: '2026-11-01',
  engine: 'auto',
});
