import type { SignatureRow } from './row.js';

/** Signatures that generators make over the pixels, with the published keys to verify them. */
export interface PixelProofRow extends SignatureRow {
  scheme: 'novelai';
  /** Ed25519 public key: base64 of the 32 bytes. */
  publicKey: string;
}

export const PIXEL_PROOFS = [
  {
    id: 'novelai-signed-hash',
    signal: 'generator.novelai.proof.holds',
    tool: 'NovelAI',
    proves: 'generated',
    carriers: ['pixelProof'],
    scheme: 'novelai',
    publicKey: 'Y2JcQAOhLwzwSDUJPNgL04nS0Tbqm7cSRc4xk0vRMic=',
    grade: 'V',
    source: 'NovelAI/novelai-image-metadata nai_sig.py; holds on five PNG and two WebP of 2024 to 2026',
  },
] as const satisfies readonly PixelProofRow[];
