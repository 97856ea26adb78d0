import type { PixelProof } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { PIXEL_PROOFS } from '../signatures/pixel-proofs.js';
import { defineDetector } from './detector.js';

/**
 * Detects a generator's own signature over the pixels. A mismatch says that something changed since, or that the
 * signature was copied from another picture; it says nothing about the origin of this one.
 */
export const pixelProof = defineDetector({
  id: 'pixel-proof',
  needs: ['pixelProof'],
  raises: ['generator.novelai.proof.holds', 'generator.novelai.proof.broken'],

  detect({ pixelProof: read }) {
    const proofs = foundValue(read) ?? [];
    return [
      ...signal(
        'generator.novelai.proof.holds',
        'valid',
        proofs.filter((proof) => proof.isValid),
      ),
      ...signal(
        'generator.novelai.proof.broken',
        'invalid',
        proofs.filter((proof) => !proof.isValid),
      ),
    ];
  },
});

function signal(id: Signal['id'], backing: Signal['backing'], proofs: PixelProof[]): Signal[] {
  if (proofs.length === 0) return [];
  const basis = proofs.map(({ scheme, locator: place }) => {
    const row = PIXEL_PROOFS.find((one) => one.scheme === scheme);
    return { carrier: 'pixelProof' as const, locator: place, ...(row ? { row: row.id } : {}) };
  });
  return [{ id, backing, grade: 'V', basis }];
}
