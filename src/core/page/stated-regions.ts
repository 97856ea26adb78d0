import type { StoredReport } from '../report/report.js';
import { findActiveManifest, type Manifest } from '../standing/versions.js';
import { type Figure, haveSameShape } from './history/figures.js';

type Region = NonNullable<Manifest['actions'][number]['regions']>[number];

/** Ellipse or polygon in percent of the picture's width and height. */
export type DrawnShape =
  | { x: number; y: number; across: number; down: number }
  | { points: readonly [number, number][] };

export interface StatedRegions {
  shapes: DrawnShape[];
  /** Part of the picture's area that they cover together, in whole percent; absent if others are stated, too. */
  percent?: number;
}

/** Shapes that are drawn: measuring their area takes 10,000 tests a shape. */
const MAX_SHAPES = 16;

/** Actions after which an earlier region lies elsewhere in the picture. */
const MOVING: ReadonlySet<string> = new Set([
  'c2pa.cropped',
  'c2pa.orientation',
  'c2pa.resized',
  'c2pa.resized.proportional',
]);

/**
 * Returns the regions that the active manifest's actions state as changed, where they lie in this picture; `undefined` if
 * it states none, does not describe this file, or the picture may be turned or have another size.
 */
export function findStatedRegions(
  { asset, contentCredentials }: Pick<StoredReport, 'asset' | 'contentCredentials'>,
  preview: Pick<Figure, 'width' | 'height'>,
): StatedRegions | undefined {
  if (asset.kind !== 'image' || contentCredentials.integrity !== 'intact') return undefined;
  const track = asset.streams?.tracks.find(({ kind }) => kind === 'image');
  const size = track?.width && track.height ? { width: track.width, height: track.height } : undefined;
  if (size && !haveSameShape({ src: '', ...size }, { src: '', ...preview })) return undefined;
  const actions = findActiveManifest(contentCredentials)?.actions ?? [];
  const last = actions.findLastIndex(({ action }) => MOVING.has(action));
  const stating = actions.slice(last + 1);
  const regions = stating.flatMap((action) => action.regions ?? []);
  const shapes = regions.flatMap((region) => toShape(region, size) ?? []).slice(0, MAX_SHAPES);
  if (shapes.length === 0) return undefined;
  const areAll = shapes.length === regions.length && !stating.some(({ moreRegions }) => moreRegions);
  return { shapes, ...(areAll && { percent: coveredPercent(shapes) }) };
}

function toShape(
  { shape, unit, origin, width = 0, height = 0, vertices = [] }: Region,
  size: { width: number; height: number } | undefined,
): DrawnShape | undefined {
  if (unit === 'pixel' && size === undefined) return undefined;
  const [across, down] = unit === 'pixel' && size ? [100 / size.width, 100 / size.height] : [1, 1];
  if (shape === 'polygon') return { points: vertices.map(({ x, y }) => [x * across, y * down]) };
  if (origin === undefined) return undefined;
  const [x, y] = [origin.x * across, origin.y * down];
  if (shape === 'circle') return { x, y, across: (width * across) / 2, down: (width * down) / 2 };
  const [right, bottom] = [x + width * across, y + height * down];
  return {
    points: [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
    ],
  };
}

/** Counts the squares of one percent by one percent whose middle is in a shape, so that none counts twice. */
function coveredPercent(shapes: readonly DrawnShape[]): number {
  let inside = 0;
  for (let row = 0; row < 100; row += 1)
    for (let column = 0; column < 100; column += 1)
      if (shapes.some((shape) => contains(shape, column + 0.5, row + 0.5))) inside += 1;
  return Math.round(inside / 100);
}

function contains(shape: DrawnShape, x: number, y: number): boolean {
  if (!('points' in shape))
    return ((x - shape.x) / shape.across) ** 2 + ((y - shape.y) / shape.down) ** 2 <= 1;
  let isInside = false;
  const { points } = shape;
  for (const [at, [x1, y1]] of points.entries()) {
    const [x2, y2] = points.at(at - 1) ?? [x1, y1];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) isInside = !isInside;
  }
  return isInside;
}
