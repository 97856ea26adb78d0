import type { PixelProof } from '../../evidence/evidence.js';
import { PIXEL_PROOFS } from '../../signatures/pixel-proofs.js';
import { conclude, type WalkFault } from '../conclude.js';
import { malformed } from '../containers/walk.js';
import { decodePicture } from '../pixels/picture.js';
import { parseSignedComment, verifySignedComment } from '../pixels/signed-comment.js';
import { findSignedTexts } from '../pixels/signed-texts.js';
import type { Reader } from '../reader.js';

/** Returns a reader that checks signatures over the pixels. Without a signature no pixel is decoded. */
export function createProofReader(keys: readonly { publicKey: string }[]): Reader<'pixelProof'> {
  return {
    carrier: 'pixelProof',

    async read(asset, { deep = false }) {
      const { texts, fault: textFault } = await findSignedTexts(asset, deep);
      let fault: WalkFault | undefined = textFault;
      const proofs: PixelProof[] = [];
      for (const { locator: place, text } of texts) {
        const comment = parseSignedComment(text);
        if (comment === undefined) continue;
        if (comment === 'unreadable') {
          fault ??= malformed('proof.signature');
          continue;
        }
        const pixels = await decodePicture(asset, deep);
        if ('fault' in pixels) return pixels.fault;
        const { picture } = pixels;
        const held = keys.some(({ publicKey }) => verifySignedComment(comment, picture, publicKey));
        proofs.push({ scheme: 'novelai', locator: place, isValid: held });
      }
      return conclude(proofs, proofs.length === 0, fault);
    },
  };
}

export const pixelProofReader = createProofReader(PIXEL_PROOFS);
