import { expect, it } from 'vitest';
import { type Box, findContentBox, middleBox, standardCrops } from '../../src/matching/crops.js';
import type { Luma } from '../../src/matching/pdq.js';
import { queryCrops, videoQueryCrops } from '../../src/matching/query-crops.js';

/** Hills and grain without a uniform tone. */
const scene = (x: number, y: number): number =>
  120 + 60 * Math.sin(x / 17 + Math.cos(y / 23)) + 40 * Math.cos(y / 11) + ((x * 7919 + y * 104_729) % 13);

function drawn(width: number, height: number, tone: (x: number, y: number) => number): Luma {
  return {
    ...{ width, height },
    points: Float32Array.from({ length: width * height }, (_none, at) =>
      tone(at % width, Math.floor(at / width)),
    ),
  };
}

/** Returns a screen of one tone with the scene at a position, and text-like strokes around it. */
function screen(width: number, height: number, bar: number, box: Box): Luma {
  const isIn = (x: number, y: number): boolean =>
    x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;
  const ink = 255 - bar;
  return drawn(width, height, (x, y) => {
    if (isIn(x, y)) return scene(x, y);
    const isText = y % 20 > 10 && x > 10 && x < width - 30 && (x % 6 < 2 || (y % 20 === 15 && x % 24 < 18));
    return isText ? ink : bar + ((x + y) % 2);
  });
}

const near = (one: Box | undefined, other: Box): void => {
  for (const side of ['left', 'top', 'width', 'height'] as const)
    expect(Math.abs((one?.[side] ?? Number.NaN) - other[side])).toBeLessThanOrEqual(3);
};

it('finds the picture in a screenshot, beneath a caption and within bars, light or dark', () => {
  const boxes: Box[] = [
    { left: 0, top: 120, width: 236, height: 157 },
    { left: 30, top: 90, width: 170, height: 300 },
    { left: 0, top: 0, width: 236, height: 430 },
    { left: 0, top: 60, width: 236, height: 452 },
  ];
  for (const box of boxes)
    for (const bar of [252, 3, 60]) near(findContentBox(screen(236, 512, bar, box)), box);
});

it('sees no bars where there are none, and none to leave where all is plain', () => {
  expect(findContentBox(drawn(300, 200, scene))).toBeUndefined();
  expect(findContentBox(drawn(300, 200, () => 200))).toBeUndefined();
  // A screen with text only.
  expect(findContentBox(screen(236, 512, 250, { left: 0, top: 0, width: 0, height: 0 }))).toBeUndefined();
  expect(findContentBox(drawn(5, 5, scene))).toBeUndefined();
});

it('asks with two parts besides the whole: what stands in bars, else the middle', () => {
  const whole = { left: 0, top: 0, width: 400, height: 300 };
  const [first, second, ...more] = queryCrops(drawn(400, 300, scene));
  expect([first, second]).toEqual([
    { box: middleBox(whole, 75), scale: 512 / 300 },
    { box: middleBox(whole, 79), scale: 512 / 316 },
  ]);
  expect(more).toEqual([]);
  // The box is one of the stored crops; text that others added at the edges is in neither.
  expect(standardCrops(whole)).toContainEqual(first?.box);

  const box = { left: 0, top: 120, width: 236, height: 157 };
  const [content, ...others] = queryCrops(screen(236, 512, 250, box));
  near(content?.box, box);
  // Scale of a part that is taken for the picture, which was larger in its original.
  expect(content?.scale).toBeCloseTo(512 / 236, 1);
  expect(others).toHaveLength(1);
});

it('asks with the plain edges too that may be the picture’s own', () => {
  const shown = { left: 20, top: 15, width: 360, height: 270 };
  const plain = drawn(400, 360, (x, y) => {
    const isIn = x >= shown.left && x < 380 && y >= shown.top && y < 285;
    return isIn ? scene(x, y) : 250;
  });
  const [content, own] = queryCrops(plain);
  near(content?.box, shown);
  // The caption's area below is a bar; the rest of its background beside and above the picture may be excluded.
  near(own?.box, { left: 0, top: 0, width: 400, height: 285 });
  const size = { width: 400, height: 360 };
  expect(videoQueryCrops(size, { content: shown, within: shown }, 400)).toEqual([
    { box: shown, scale: 400 / 360 },
    { box: { left: 0, top: 0, width: 400, height: 285 }, scale: 1 },
  ]);
  expect(videoQueryCrops(size, { content: undefined, within: undefined }, 400)).toEqual([]);
});
