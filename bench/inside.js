import '../scripts/from-sources.js';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf } from '../fixtures/build/place.js';
import { differences, insideFiles, partAlone } from './inside-files.js';

/**
 * Creates files of every kind with embedded media, and checks that all of them are found and that each part is reported
 * like the same bytes inspected alone. Exits with 1 if one is not. `--list` prints each file, `--keep` leaves the
 * created files in place.
 */

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');

const list = process.argv.includes('--list');
const folder = mkdtempSync(join(tmpdir(), 'assay-inside-'));
const trustDir = join(folder, 'trust');
mkdirSync(join(trustDir, 'private'), { recursive: true });
copyFileSync(pathOf('ca/root.pem'), join(trustDir, 'private', 'root.pem'));
const inspector = createInspector({ jobs: cpus().length, trustDir });

/** @param {string} path @param {string} name */
const inspect = (path, name) => inspector.inspect({ path, name, asOf: '2026-11-25', engine: 'auto' });

/** @type {Map<string, Promise<ReturnType<typeof partAlone>>>} */
const alone = new Map();

/** @param {{ name: string, bytes: Buffer }} medium */
function inspectedAlone({ name, bytes }) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = join(folder, `${sha256}-${name}`);
  const known = alone.get(sha256);
  if (known) return { sha256, messages: known };
  writeFileSync(path, bytes);
  const said = inspect(path, name).then(partAlone);
  alone.set(sha256, said);
  return { sha256, messages: said };
}

/** @param {import('./inside-files.js').Holder} holder */
async function tried({ name, kind, bytes, media, coded = 0 }) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const { parts = [], asset } = await inspect(path, name);
  const wrong = [];
  let found = 0;
  for (const medium of media) {
    const { sha256, messages } = inspectedAlone(medium);
    const part = parts.find((one) => one.sha256 === sha256 && one.kind !== 'primary');
    if (part === undefined) wrong.push(`not found: ${medium.name}`);
    else {
      found += 1;
      wrong.push(...differences(part, await messages).map((one) => `${medium.name}: ${one}`));
    }
  }
  const told = parts.filter(
    ({ kind: one, outcome }) => (one === 'auxiliary-image' || one === 'burst-image') && outcome !== undefined,
  ).length;
  if (told < coded) wrong.push(`${coded} coded pictures, ${told} with an outcome`);
  return {
    name,
    kind,
    format: asset.format,
    expected: media.length + coded,
    found: found + Math.min(coded, told),
    wrong,
  };
}

try {
  const results = await Promise.all(insideFiles().map(tried));
  for (const { name, format, expected, found, wrong } of results) {
    if (list || wrong.length > 0) console.log(`${name} (${format}): ${found} of ${expected}`);
    for (const one of wrong) console.log(`  ${one}`);
  }
  const sum = (/** @type {'expected' | 'found'} */ key) => results.reduce((all, one) => all + one[key], 0);
  const same = results.filter(({ wrong }) => wrong.length === 0).length;
  const kinds = new Set(results.map(({ kind }) => kind)).size;
  console.log(
    `${results.length} files of ${kinds} kinds: ${sum('found')} of ${sum('expected')} parts found; in ${same} files every part comes out as it does alone`,
  );
  if (same < results.length) process.exitCode = 1;
} finally {
  await inspector.close();
  if (process.argv.includes('--keep')) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
