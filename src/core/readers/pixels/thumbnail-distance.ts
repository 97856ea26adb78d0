import {
  centredArea,
  computeContrast,
  computePerceptualHash,
  countDifferingBits,
  type Grey,
  rotateQuarter,
  wholeArea,
} from './perceptual-hash.js';

/** Minimum contrast, on a scale of 255 levels. */
const MIN_CONTRAST = 4;

/**
 * Returns the number of differing hash bits between a picture and its thumbnail in the best alignment: whole on whole,
 * without the bars that cameras add (4:3 thumbnails of 3:2 pictures), or cropped to the thumbnail's aspect ratio; each
 * in every quarter turn, because either may have been rotated alone. Returns `undefined` if one is too uniform to
 * compare.
 */
export function computeThumbnailDistance(picture: Grey, thumbnail: Grey): number | undefined {
  if (Math.min(computeContrast(picture), computeContrast(thumbnail)) < MIN_CONTRAST) return undefined;
  const whole = computePerceptualHash(picture, wholeArea(picture));
  let least = Number.POSITIVE_INFINITY;
  let view = thumbnail;
  for (let turn = 0; turn < 4; turn++) {
    const cut = computePerceptualHash(picture, centredArea(picture, view.width / view.height));
    const full = computePerceptualHash(view, wholeArea(view));
    const withoutBars = computePerceptualHash(view, centredArea(view, picture.width / picture.height));
    least = Math.min(
      least,
      countDifferingBits(whole, full),
      countDifferingBits(whole, withoutBars),
      countDifferingBits(cut, full),
    );
    view = rotateQuarter(view);
  }
  return least;
}
