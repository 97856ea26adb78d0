import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { DETECTORS } from '../../../src/core/detectors/index.js';
import type { Evidence } from '../../../src/core/evidence/evidence.js';
import type { AssetFacts } from '../../../src/core/media/asset-facts.js';
import { CARRIERS, type Read } from '../../../src/core/media/carrier.js';

/**
 * `detectAll` does not call a detector for carriers of which nothing was read, unless the detector declares that it
 * uses file extensions alone.
 */
const ENDINGS: Read<never>[] = [
  { status: 'absent' },
  { status: 'unsupported', ...fault('carrier.none', { what: 'other', format: 'JPEG' }) },
  { status: 'malformed', ...fault('file.cutOff') },
  { status: 'failed', ...fault('reader.deadline', { seconds: 1 }) },
];

const KINDS = (['image', 'other'] as const).map(
  (kind): AssetFacts => ({
    bytes: 1,
    sha256: '0'.repeat(64),
    mediaType: { mime: 'image/jpeg', kind, container: 'jpeg', format: 'JPEG' },
  }),
);

describe('of a file of which nothing was read', () => {
  it.each(DETECTORS.filter(({ canRunUnread: ofEndings }) => !ofEndings))('$id says nothing', ({ detect }) => {
    for (const ending of ENDINGS)
      for (const facts of KINDS) {
        const evidence = Object.fromEntries(CARRIERS.map((one) => [one, ending])) as unknown as Evidence;
        const stopped: string[] = [];
        expect(detect(evidence, facts, (carrier) => stopped.push(carrier))).toEqual([]);
        expect(stopped).toEqual([]);
      }
  });
});
