import '../scripts/from-sources.js';

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report, rounds } from './rounds.js';
import { signedPhoto } from './signed-photo.js';

/**
 * Inspects one signed and timestamped photo of some 190 kB repeatedly with a warm process pool of one, against bare
 * calls of the native engine in its own process. For another file, pass the file and its trust folder.
 */
const [ownFile, ownTrust] = process.argv.slice(2);
const ROUNDS = 40;
const CALLS = 10;
/** Calls until the reading process's code is fully compiled; one process reads some thousands of files. */
const WARM_UP = 400;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const folder = mkdtempSync(join(tmpdir(), 'assay-warm-'));
// If the sandbox runs reading processes as a separate user, they must be able to read the lists.
chmodSync(folder, 0o755);
const file = ownFile ?? (await photoFile());
const trustDir = ownTrust ?? trustFolder();
const inspector = createInspector({ jobs: 1, trustDir });
const bare = fork(here('./engine-warm.js'), [file]);
try {
  const { contentCredentials } = await inspectOnce();
  const { presence, integrity, signer, time } = contentCredentials;
  if (presence !== 'present') throw new Error(`Content Credentials: ${presence}`);
  console.log(
    `${statSync(file).size} bytes, ${integrity}, signer ${signer?.trust}, timestamp ${time?.authorityTrust}`,
  );
  const sides = [
    { name: `warm inspection, ${CALLS} in turn`, run: () => inspections(CALLS) },
    { name: `bare engine call, ${CALLS} in turn`, run: () => engineCalls(CALLS) },
  ];
  await inspections(WARM_UP);
  await engineCalls(WARM_UP);
  const result = await rounds(ROUNDS, sides);
  report(sides, result, ' of a warm inspection to a bare engine call, target ≤ 1.8');
  const [whole, engine] = result.medians.map((millis) => (millis / CALLS).toFixed(2));
  console.log(
    `a file: ${whole} ms inspected, ${engine} ms bare; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
  );
} finally {
  bare.kill();
  await inspector.close();
  rmSync(folder, { recursive: true, force: true });
}

function inspectOnce() {
  return inspector.inspect({ path: file, name: 'photo.jpg', asOf: '2026-06-01', engine: 'native' });
}

async function inspections(count) {
  for (let i = 0; i < count; i++) await inspectOnce();
}

async function engineCalls(count) {
  bare.send(count);
  await once(bare, 'message');
}

async function photoFile() {
  const path = join(folder, 'photo.jpg');
  writeFileSync(path, await signedPhoto());
  return path;
}

function trustFolder() {
  const authorities = join(folder, 'private/tsa');
  mkdirSync(authorities, { recursive: true });
  copyFileSync(here('../fixtures/ca/root.pem'), join(authorities, 'root.pem'));
  copyFileSync(here('../fixtures/ca/root.pem'), join(folder, 'private/root.pem'));
  return folder;
}
