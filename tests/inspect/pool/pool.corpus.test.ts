import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';

/** Real third-party files that crash a reading process: ASSAY_CORPUS_DIR. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

it('outlives the MP3 on which the native engine panics', async () => {
  const path = join(CORPUS, 'c2pa-rs/sdk/tests/fixtures/id3v23_compression_underflow.mp3');
  const report = await inspector.inspect({ path, name: 'underflow.mp3', asOf: '2026-11-01', engine: 'auto' });
  expect(report.asset.mediaType).toBe('audio/mpeg');
});
