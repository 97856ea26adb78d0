import type { PixelProof } from '../evidence/evidence.js';
import { readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { PIXEL_PROOFS } from '../signatures/pixel-proofs.js';
import { defineDetector } from './detector.js';

/**
 * A generator's own signature over the pixels. One that does not match says that something changed since, or that it
 * was taken from another picture; it says nothing of where this one comes from.
 */
export const pixelProof = defineDetector({
  id: 'pixel-proof',
  needs: ['pixelProof'],
  raises: ['generator.novelai.proof.holds', 'generator.novelai.proof.broken'],

  detect({ pixelProof: read }) {
    const proofs = readValue(read) ?? [];
    return [
      ...signal(
        'generator.novelai.proof.holds',
        'valid',
        proofs.filter((proof) => proof.holds),
      ),
      ...signal(
        'generator.novelai.proof.broken',
        'invalid',
        proofs.filter((proof) => !proof.holds),
      ),
    ];
  },
});

function signal(id: Signal['id'], backing: Signal['backing'], proofs: PixelProof[]): Signal[] {
  if (proofs.length === 0) return [];
  const basis = proofs.map(({ scheme, place }) => {
    const row = PIXEL_PROOFS.find((one) => one.scheme === scheme);
    return { carrier: 'pixelProof' as const, place, ...(row ? { row: row.id } : {}) };
  });
  return [{ id, backing, grade: 'V', basis }];
}
