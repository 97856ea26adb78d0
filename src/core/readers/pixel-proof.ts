import type { PixelProof } from '../evidence/evidence.js';
import { PIXEL_PROOFS } from '../signatures/pixel-proofs.js';
import { conclude, type WalkFault } from './conclude.js';
import { malformed } from './containers/walk.js';
import { decoded } from './pixels/picture.js';
import { holds, signedComment } from './pixels/signed-comment.js';
import { signedTexts } from './pixels/signed-texts.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** Checks what is signed over the pixels, wherever a signature stands; without one no pixel is decoded. */
export function proofReader(keys: readonly { publicKey: string }[]): Reader<'pixelProof'> {
  return {
    carrier: 'pixelProof',
    reach: reach({
      read: 'png webp',
      none: 'jpeg gif tiff heif jxl svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
    }),

    async read(asset, { deep = false }) {
      const { texts, fault: textFault } = await signedTexts(asset, deep);
      let fault: WalkFault | undefined = textFault;
      const proofs: PixelProof[] = [];
      for (const { place, text } of texts) {
        const comment = signedComment(text);
        if (comment === undefined) continue;
        if (comment === 'unreadable') {
          fault ??= malformed('proof.signature');
          continue;
        }
        const pixels = await decoded(asset, deep);
        if ('fault' in pixels) return pixels.fault;
        const { picture } = pixels;
        const held = keys.some(({ publicKey }) => holds(comment, picture, publicKey));
        proofs.push({ scheme: 'novelai', place, holds: held });
      }
      return conclude(proofs, proofs.length === 0, fault);
    },
  };
}

export const pixelProofReader = proofReader(PIXEL_PROOFS);
