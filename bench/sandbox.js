import '../scripts/from-sources.js';

import { statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { report, rounds } from './rounds.js';

/** Inspects one file repeatedly with two warm pools of one process: with the sandbox and without it. */
const file =
  process.argv[2] ?? fileURLToPath(new URL('../fixtures/c2pa/jpeg-c2pa-intact.jpg', import.meta.url));
const ROUNDS = 40;
const CALLS = 5;
const WARM_UP = 80;

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { Confinement } = await import('../src/inspect/sandbox/confinement.ts');
const pools = ['require', 'off'].map((sandbox) =>
  createInspector({ jobs: 1, confinement: new Confinement({ sandbox }) }),
);
const inspect = async (pool, count) => {
  for (let i = 0; i < count; i++)
    await pool.inspect({ path: file, name: 'photo.jpg', asOf: '2026-06-01', engine: 'native' });
};
try {
  for (const pool of pools) await inspect(pool, WARM_UP);
  const sides = [
    { name: `in the sandbox, ${CALLS} in turn`, run: () => inspect(pools[0], CALLS) },
    { name: `without it, ${CALLS} in turn`, run: () => inspect(pools[1], CALLS) },
  ];
  console.log(`${statSync(file).size} bytes; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`);
  report(sides, await rounds(ROUNDS, sides), ' of a warm inspection in the sandbox to one without');
} finally {
  await Promise.all(pools.map((pool) => pool.close()));
}
