import {
  centreOf,
  contrast,
  differingBits,
  type Grey,
  perceptualHash,
  turned,
  wholeOf,
} from './perceptual-hash.js';

/** Of 255 levels. */
const LEAST_CONTRAST = 4;

/**
 * Bits that differ between a picture and its thumbnail, laid on each other in the way that fits best: whole on
 * whole, without the bars that cameras put around (4:3 thumbnails of 3:2 pictures), or cut to the thumbnail's shape;
 * and in each quarter turn, as either may have been turned alone. Undefined where one is too even to be compared.
 */
export function thumbnailDistance(picture: Grey, thumbnail: Grey): number | undefined {
  if (Math.min(contrast(picture), contrast(thumbnail)) < LEAST_CONTRAST) return undefined;
  const whole = perceptualHash(picture, wholeOf(picture));
  let least = Number.POSITIVE_INFINITY;
  let view = thumbnail;
  for (let turn = 0; turn < 4; turn++) {
    const cut = perceptualHash(picture, centreOf(picture, view.width / view.height));
    const full = perceptualHash(view, wholeOf(view));
    const withoutBars = perceptualHash(view, centreOf(view, picture.width / picture.height));
    least = Math.min(
      least,
      differingBits(whole, full),
      differingBits(whole, withoutBars),
      differingBits(cut, full),
    );
    view = turned(view);
  }
  return least;
}
