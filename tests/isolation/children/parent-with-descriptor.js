import { Confinement } from '../../../dist/isolation/confinement.js';
import { createInspector } from '../../../dist/isolation/pool.js';

/** Inspects one file with a stand-in, and says what came of it. Whoever starts this has left a file open for it. */
const [childEntry, path, name, deep, rung = '0'] = process.argv.slice(2);
const confinement = new Confinement();
for (let i = 0; i < Number(rung); i += 1) confinement.fallBack(i, 'asked for');
const inspector = createInspector({ jobs: 1, childEntry, confinement });
const report = await inspector.inspect({
  path,
  name,
  asOf: '2026-11-01',
  engine: 'wasm',
  ...(deep === 'deep' && { deep: true }),
});
await inspector.close();
process.stdout.write(report.asset.name);
