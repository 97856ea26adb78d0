import { createInspector } from '../../../src/inspect/pool/create-inspector.ts';
import { Confinement } from '../../../src/inspect/sandbox/confinement.ts';

/** Inspects one file with a stand-in until it is killed. */
const [childEntry, path, act, sandbox] = process.argv.slice(2);
const confinement = new Confinement({ sandbox });
await createInspector({ jobs: 1, childEntry, confinement }).inspect({
  path,
  name: 'a.png',
  ownHash: act,
  asOf: '2026-11-01',
  engine: 'auto',
});
