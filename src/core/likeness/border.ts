import type { Luma } from './pdq.js';
import type { Box } from './views.js';

/** What differs from the border by no more is the border: JPEG leaves some ripples in it. */
const RIPPLE = 12;
/** Of a row or column of the border so many points may differ all the same: the ripples of the picture beside it. */
const OTHERS_SHARE = 0.01;
const LEAST_SIDE = 32;

/** What is left without an even border of one tone, that of the first point; undefined where there is none. */
export function withinBorder({ width, height, points }: Luma): Box | undefined {
  const tone = points[0] ?? 0;
  const isBorder = (count: number, at: (index: number) => number): boolean => {
    let others = 0;
    for (let index = 0; index < count; index += 1)
      if (Math.abs((points[at(index)] ?? 0) - tone) > RIPPLE) others += 1;
    return others <= count * OTHERS_SHARE;
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
  return isAll || Math.min(box.width, box.height) < LEAST_SIDE ? undefined : box;
}
