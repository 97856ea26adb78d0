import { asArray, asRecord, type JsonRecord, ownMember } from '../../base/json-shape.js';

/** Point of a picture, from its top left. */
interface Point {
  x: number;
  y: number;
}

/** Region of interest of an action: where its author states that it changed the content. */
export interface StatedRegion {
  shape: 'rectangle' | 'circle' | 'polygon';
  /** Percent of the picture's width and height, or its pixels. */
  unit: 'percent' | 'pixel';
  /** Top left corner of a rectangle, middle of a circle. */
  origin?: Point;
  /** Width of a rectangle, or diameter of a circle. */
  width?: number;
  height?: number;
  vertices?: Point[];
}

const MAX_REGIONS = 16;
const MAX_VERTICES = 64;

/** Regions of an action, as far as they are read. */
export interface ActionRegions {
  regions: StatedRegion[];
  /** More changes are stated: beyond the bounds, or in a form that is not read. */
  hasMore: boolean;
}

/**
 * Reads `changes` of an action (C2PA 2.x). Times, pages, texts and what lies outside a shape are not read.
 */
export function readRegions(action: JsonRecord): ActionRegions {
  const changes = asArray(ownMember(action, 'changes'), MAX_REGIONS + 1);
  const ranges = changes.flatMap((change) => {
    const own = asArray(ownMember(asRecord(change) ?? {}, 'region'), MAX_REGIONS + 1);
    return own.length === 0 ? [undefined] : own;
  });
  const regions = ranges
    .flatMap((range) => {
      const shape = asRecord(ownMember(asRecord(range) ?? {}, 'shape'));
      return (shape && readShape(shape)) ?? [];
    })
    .slice(0, MAX_REGIONS);
  return { regions, hasMore: regions.length < ranges.length };
}

function readShape(from: JsonRecord): StatedRegion | undefined {
  const [shape, unit] = [ownMember(from, 'type'), ownMember(from, 'unit')];
  if ((unit !== 'percent' && unit !== 'pixel') || ownMember(from, 'inside') === false) return undefined;
  const origin = readPoint(ownMember(from, 'origin'));
  const [width, height] = [readLength(from, 'width'), readLength(from, 'height')];
  if (shape === 'rectangle' && origin && width && height) return { shape, unit, origin, width, height };
  if (shape === 'circle' && origin && width) return { shape, unit, origin, width };
  const vertices = asArray(ownMember(from, 'vertices'), MAX_VERTICES + 1).map(readPoint);
  if (shape !== 'polygon' || vertices.length < 3 || vertices.length > MAX_VERTICES) return undefined;
  const known = vertices.filter((point) => point !== undefined);
  return known.length === vertices.length ? { shape, unit, vertices: known } : undefined;
}

function readLength(from: JsonRecord, key: string): number | undefined {
  const value = ownMember(from, key);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function readPoint(value: unknown): Point | undefined {
  const point = asRecord(value);
  const [x, y] = point ? [ownMember(point, 'x'), ownMember(point, 'y')] : [];
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y)
    ? { x, y }
    : undefined;
}
