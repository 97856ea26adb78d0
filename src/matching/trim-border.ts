import type { Box } from './crops.js';
import type { Luma } from './pdq.js';

/** Maximum difference from the tone of the border, because JPEG leaves ripples in it. */
const MAX_TONE_DIFFERENCE = 12;
/** Share of points in a border row or column that may differ nevertheless: ripples of the picture next to it. */
const MAX_DIFFERENT_SHARE = 0.01;
const MIN_SIDE = 32;

/** Returns the box within an even border of the tone of the first point; `undefined` if there is no border. */
export function trimBorder({ width, height, points }: Luma): Box | undefined {
  const tone = points[0] ?? 0;
  const isBorder = (count: number, at: (index: number) => number): boolean => {
    let others = 0;
    for (let index = 0; index < count; index += 1)
      if (Math.abs((points[at(index)] ?? 0) - tone) > MAX_TONE_DIFFERENCE) others += 1;
    return others <= count * MAX_DIFFERENT_SHARE;
  };
  const isRow = (y: number): boolean => isBorder(width, (x) => y * width + x);
  let top = 0;
  while (top < height && isRow(top)) top += 1;
  let bottom = height;
  while (bottom > top && isRow(bottom - 1)) bottom -= 1;
  const isColumn = (x: number): boolean => isBorder(bottom - top, (y) => (top + y) * width + x);
  let left = 0;
  while (left < width && isColumn(left)) left += 1;
  let right = width;
  while (right > left && isColumn(right - 1)) right -= 1;
  const box = { left, top, width: right - left, height: bottom - top };
  const isAll = box.width === width && box.height === height;
  return isAll || Math.min(box.width, box.height) < MIN_SIDE ? undefined : box;
}
