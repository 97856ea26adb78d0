import '../scripts/from-sources.js';

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Prints through which files of the server one upload goes, from its route to its stored Report: V8
 * coverage of the second of two equal requests, of this checkout or another.
 *   node bench/request-files.js [--list] [CHECKOUT [FILE]]
 */
const args = process.argv.slice(2).filter((one) => one !== '--list');
const root = resolve(args[0] ?? fileURLToPath(new URL('..', import.meta.url)));
const file = args[1] ?? fileURLToPath(new URL('../fixtures/c2pa/jpeg-c2pa-intact.jpg', import.meta.url));
const source = (path) => import(pathToFileURL(join(root, 'src', path)).href);
const { readConfig } = await source('config/settings.ts');
const { createInspector } = await source('inspect/pool/create-inspector.ts');
const { startServer } = await source('http/server.ts');

const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const config = readConfig({ ASSAY_DATA_DIR: data, ASSAY_PORT: '0', ASSAY_LOG_LEVEL: 'silent' });
const inspector = createInspector({ jobs: 1 });
const server = await startServer(config, inspector);
const upload = async () => {
  const body = new FormData();
  body.append('file', new Blob([readFileSync(file)], { type: 'image/jpeg' }), 'a.jpg');
  const headers = { 'cache-control': 'no-cache' };
  const response = await fetch(`${server.address}/v1/inspections`, { method: 'POST', body, headers });
  if (response.status !== 201) throw new Error(`status ${response.status}`);
  await response.arrayBuffer();
};
const session = new Session();
try {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await upload();
  await session.post('Profiler.takePreciseCoverage');
  await upload();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ran = result
    .filter(
      ({ url, functions }) =>
        url.includes(`${root}/src/`) && functions.some(({ ranges }) => ranges[0].count > 0),
    )
    .map(({ url }) => url.replace(/^.*\/src\//, '').replace(/\?.*$/, ''));
  const modules = new Set(ran.map((path) => path.replace(/^(core\/[^/]+|[^/]+).*$/, '$1')));
  const folders = new Set(ran.map((path) => path.replace(/\/[^/]*$/, '')));
  console.log(`files ${new Set(ran).size}, modules ${modules.size}, folders ${folders.size}`);
  console.log(`modules: ${[...modules].sort().join(' ')}`);
  if (process.argv.includes('--list')) for (const path of [...new Set(ran)].sort()) console.log(path);
} finally {
  session.disconnect();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
