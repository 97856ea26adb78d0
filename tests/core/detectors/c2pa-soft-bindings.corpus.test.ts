import { join } from 'node:path';
import { expect, it } from 'vitest';
import { c2paSoftBindings } from '../../../src/core/detectors/c2pa-soft-bindings.js';
import { loadNativeEngine } from '../../../src/core/readers/c2pa/native.js';
import { evidence, facts, store } from '../../support/literals.js';

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const detect = (value: ReturnType<typeof store>) =>
  c2paSoftBindings.detect(evidence({ c2pa: value }), facts());

it.each<[string, string, string[]]>([
  ['adobe-trustmark/c2pa/example_wm_signed.jpg', 'image/jpeg', ['watermark.declared']],
  [
    'c2pa-rs/sdk/src/identity/tests/fixtures/claim_aggregation/adobe_connected_identities.jpg',
    'image/jpeg',
    ['watermark.declared', 'c2pa.softBinding.fingerprint', 'watermark.action'],
  ],
  ['enslo-sd-metadata/samples/c2pa/png/gemini_3.1pro.png', 'image/png', ['watermark.action']],
])('real: %s', async (name, mime, expected) => {
  const read = await (await loadNativeEngine()).read(join(CORPUS, name), mime);
  const found = read.status === 'found' && read.value.kind === 'store' ? read.value : store();
  expect(detect(found).map((s) => s.id)).toEqual(expected);
});
