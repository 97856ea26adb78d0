import '../scripts/from-sources.js';

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWithSdk } from '../fixtures/build/signing/native-sdk.js';
import { report, rounds } from './rounds.js';

const { readConfig } = await import('../src/config/settings.ts');
const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { startServer } = await import('../src/http/server.ts');

const file =
  process.argv[2] ?? fileURLToPath(new URL('../fixtures/c2pa/jpeg-c2pa-intact.jpg', import.meta.url));
const CALLS = 50;
const data = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const config = readConfig({
  ASSAY_DATA_DIR: data,
  ASSAY_PORT: '0',
  ASSAY_LOG_LEVEL: 'silent',
  ASSAY_JOBS: '1',
});
const inspector = createInspector({ jobs: 1 });
const server = await startServer(config, inspector);
const bytes = readFileSync(file);
const settings = { verify: { verify_after_reading: true, remote_manifest_fetch: false, ocsp_fetch: false } };

const upload = async () => {
  const body = new FormData();
  body.append('file', new Blob([bytes], { type: 'image/jpeg' }), 'a.jpg');
  const response = await fetch(`${server.address}/v1/inspections`, { method: 'POST', body });
  if (response.status !== 201) throw new Error(`status ${response.status}`);
  await response.arrayBuffer();
};

const sides = [
  {
    name: `POST /v1/inspections, ${CALLS} calls in turn`,
    run: async () => {
      for (let i = 0; i < CALLS; i++) await upload();
    },
  },
  {
    name: `c2pa-node readerFromAsset and readerJson, ${CALLS} calls in turn`,
    run: async () => {
      for (let i = 0; i < CALLS; i++) await readWithSdk({ path: file, mimeType: 'image/jpeg' }, settings);
    },
  },
];
try {
  const result = await rounds(5, sides);
  report(sides, result, ' of the whole door to the bare engine call');
  console.log(
    `a call: ${(result.medians[0] / CALLS).toFixed(2)} ms through the door, ${(result.medians[1] / CALLS).toFixed(2)} ms bare (${bytes.length} bytes)`,
  );
} finally {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
