import { join } from 'node:path';
import { expect, it } from 'vitest';
import { c2paDeclarations } from '../../../src/core/detectors/c2pa-declarations.js';
import { loadNativeEngine } from '../../../src/core/readers/c2pa/native.js';
import { evidence, facts, store } from '../../support/literals.js';

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const detect = (value: ReturnType<typeof store>) =>
  c2paDeclarations.detect(evidence({ c2pa: value }), facts());

it('a real picture by Bing of 2024 declares AI without a digitalSourceType', async () => {
  const path = join(CORPUS, 'ms-c2pa-extension-validator/test/media/bing_creator_cloud_surfing_puppy.jpg');
  const read = await (await loadNativeEngine()).read(path, 'image/jpeg');
  const found = read.status === 'found' && read.value.kind === 'store' ? read.value : store();
  expect(found.manifests.flatMap((m) => m.actions).filter((a) => a.digitalSourceType)).toEqual([]);
  expect(detect(found)).toMatchObject([{ id: 'c2pa.declaration.microsoftAiImage', backing: 'valid' }]);
});
