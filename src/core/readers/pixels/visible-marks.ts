import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { Corner, Region, VisibleMark } from '../../media/visible-mark.js';
import { VISIBLE_MARKS } from '../../signatures/visible-marks/index.js';
import { openPicture } from './open-picture.js';
import { canDecode, readPictureSize } from './picture.js';
import type { CornerSamples } from './shape-correlation.js';
import { findShape } from './star.js';

/** Shorter side from which marks are looked for; below it they are a few pixels. */
const MIN_SIDE = 256;
/** A mark is at most this part of the shorter side (96 pixels at 768 are an eighth). */
const MAX_SHARE = 0.15;
/** Side of the corner that is decoded: the farthest centre of the largest mark and its surroundings. */
const CORNER_SIDE = 480;

/**
 * Looks for the shapes of `signatures/visible-marks` in the stored pixels of the first frame. Returns `undefined` for a
 * picture in which it cannot look: one that is too small, too large, or cannot be decoded.
 */
export async function findVisibleMarks(asset: Asset): Promise<VisibleMark[] | undefined> {
  if (!canDecode(asset)) return undefined;
  const size = await readPictureSize(asset);
  if ('code' in size || size.width * size.height > limits.picturePixels) return undefined;
  const short = Math.min(size.width, size.height);
  if (short < MIN_SIDE) return undefined;
  const corner = await decodeCorner(asset, size, Math.min(CORNER_SIDE, short));
  if (corner === undefined) return undefined;
  return VISIBLE_MARKS.flatMap(({ id, look }) => {
    if (look.kind !== 'shape') return [];
    const found = findShape(corner, look, short * MAX_SHARE);
    if (found === undefined) return [];
    const { centreX, centreY, size: side, correlation } = found;
    const stored = {
      left: size.width - corner.side + centreX - side / 2,
      top: size.height - corner.side + centreY - side / 2,
      side,
    };
    return [
      {
        row: id,
        region: {
          ...turn(stored, size, corner.orientation),
          correlation: Math.round(correlation * 100) / 100,
        },
      },
    ];
  });
}

interface DecodedCorner extends CornerSamples {
  /** EXIF orientation, 1 to 8. */
  orientation: number;
}

/** Returns the lower right corner as stored, on white if it is transparent; undefined if it cannot be decoded. */
async function decodeCorner(
  asset: Asset,
  { width, height }: { width: number; height: number },
  side: number,
): Promise<DecodedCorner | undefined> {
  try {
    const image = await openPicture(await asset.source(), limits.picturePixels, { sequentialRead: true });
    const { orientation = 1 } = await image.metadata();
    const { data, info } = await image
      .extract({ left: width - side, top: height - side, width: side, height: side })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { channels } = info;
    const plane = (channel: number) =>
      Uint8Array.from({ length: side * side }, (_, at) => data[at * channels + channel] ?? 0);
    const red = plane(0);
    const [green, blue] = channels < 3 ? [red, red] : [plane(1), plane(2)];
    const grey = red.map((one, at) =>
      Math.round(0.299 * one + 0.587 * (green[at] ?? 0) + 0.114 * (blue[at] ?? 0)),
    );
    return { side, grey, colours: [red, green, blue], orientation };
  } catch {
    // Its carriers say what is wrong with the picture.
    return undefined;
  }
}

/** Orientations in which the shown left or upper edge is the stored right or lower one. */
const FROM_RIGHT: ReadonlySet<number> = new Set([2, 3, 6, 7]);
const FROM_BELOW: ReadonlySet<number> = new Set([3, 4, 7, 8]);

/** Returns a square of the stored picture where a viewer shows it (EXIF 3.0 §4.6.5.1.6, Orientation). */
function turn(
  { left, top, side }: { left: number; top: number; side: number },
  { width, height }: { width: number; height: number },
  orientation: number,
): Omit<Region, 'correlation'> {
  const isTransposed = orientation >= 5;
  const [shownWidth, shownHeight] = isTransposed ? [height, width] : [width, height];
  const [x, y] = isTransposed ? [top, left] : [left, top];
  const shownLeft = FROM_RIGHT.has(orientation) ? shownWidth - x - side : x;
  const shownTop = FROM_BELOW.has(orientation) ? shownHeight - y - side : y;
  const corner: Corner = `${shownTop + side / 2 > shownHeight / 2 ? 'lower' : 'upper'}${
    shownLeft + side / 2 > shownWidth / 2 ? 'Right' : 'Left'
  }`;
  const square = Math.round(side);
  return {
    corner,
    left: Math.max(0, Math.round(shownLeft)),
    top: Math.max(0, Math.round(shownTop)),
    width: square,
    height: square,
    pictureWidth: shownWidth,
    pictureHeight: shownHeight,
  };
}
