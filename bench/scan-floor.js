import '../scripts/from-sources.js';

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Measures the lower bound of a scan over one tree, in one process without isolation: all readers, and the bare native
 * engine over the files that contain a manifest store.
 */
const [tree] = process.argv.slice(2);
const { observe } = await import('../src/core/pipeline/analyze.ts');
const { Asset } = await import('../src/core/media/asset.ts');
const { loadNativeEngine } = await import('../src/core/readers/c2pa/native.ts');

const files = readdirSync(tree, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

async function timed(work) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return `${((performance.now() - start) / 1000).toFixed(2)} s wall, ${((user + system) / 1e6).toFixed(2)} s processor`;
}

const signed = [];
const readers = await timed(async () => {
  for (const path of files) {
    const asset = await Asset.open(path);
    const { report } = await observe(asset, { asOf: '2026-11-01', engine: 'auto' });
    await asset.close();
    if (report.contentCredentials.presence === 'present') signed.push([path, report.asset.mediaType]);
  }
});
console.log(`floor: bare readers    ${readers}`);
const engine = await loadNativeEngine();
const bare = await timed(async () => {
  for (const [path, mime] of signed) await engine.read(readFileSync(path), mime);
});
console.log(`floor: bare engine     ${bare}, ${signed.length} signed files`);
