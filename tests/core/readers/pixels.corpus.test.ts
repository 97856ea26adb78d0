import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pixelProofReader } from '../../../src/core/readers/carriers/pixel-proof.js';
import { pixelWatermarkReader } from '../../../src/core/readers/carriers/pixel-watermark.js';
import { thumbnailReader } from '../../../src/core/readers/carriers/thumbnail.js';
import { read } from './read-at.js';

/** Real third-party files, if the operator has them. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

describe('real pictures of NovelAI', () => {
  it.each([
    ['novelai-python/playground/image_metadata/sample-0316.png', true],
    ['novelai-python/playground/image_metadata/sample-0316-out.png', false],
    ['novelai-python/playground/image_metadata/sample-0317.png', undefined],
    ['enslo-sd-metadata/samples/png/novelai-full-3char.png', true],
    ['enslo-sd-metadata/samples/png/novelai-ref.png', true],
    ['enslo-sd-metadata/samples/webp/novelai-curated.webp', true],
  ])('%s: %s', async (name, held) => {
    for (const deep of [false, true]) {
      const found = await read(pixelProofReader, join(CORPUS, name), deep);
      const proofs = 'value' in found ? (found.value ?? []) : [];
      expect(proofs.map(({ isValid: one }) => one)).toEqual(held === undefined ? [] : proofs.map(() => held));
      expect(proofs.length > 0).toBe(held !== undefined);
    }
  });
});

describe('ordinary pictures', () => {
  const negatives = readdirSync(join(CORPUS, 'negatives'), { recursive: true })
    .map((name) => join(CORPUS, 'negatives', String(name)))
    .filter((path) => /\.(jpe?g|png|webp)$/i.test(path));
  it.each(negatives.map((path) => [path]))('%s', async (path) => {
    const mark = await read(pixelWatermarkReader, path);
    const thumbnail = await read(thumbnailReader, path);
    if ('value' in mark) expect(mark.value ?? []).toEqual([]);
    for (const { differing } of 'value' in thumbnail ? (thumbnail.value ?? []) : []) {
      expect(differing).toBeLessThan(16);
    }
  });
});
