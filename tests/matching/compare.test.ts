import { describe, expect, it } from 'vitest';
import { cropLuma, cropScale, standardCrops } from '../../src/matching/crops.js';
import {
  hashAsReference,
  hashRegion,
  type Luma,
  ORIENTATIONS,
  type Orientation,
  PdqHasher,
} from '../../src/matching/pdq.js';
import { compareSounds, decodeValues, encodeValues } from '../../src/matching/sound-fingerprint.js';
import { trimBorder } from '../../src/matching/trim-border.js';
import { compareFrames, hammingDistance, splitFrames } from '../../src/matching/video-frames.js';

/** Returns a deterministic generator of 32-bit numbers. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
}

const picture = (width: number, height: number, point: (x: number, y: number) => number): Luma => ({
  width,
  height,
  points: Float32Array.from({ length: width * height }, (_, at) => point(at % width, Math.floor(at / width))),
});
const waves = (x: number, y: number) =>
  128 + 60 * Math.sin(x / 9 + y / 31) + 50 * Math.cos((x * y) / 3_000) + (((x * 7) ^ (y * 13)) % 17);

describe('the border', () => {
  it('is what has one tone all around, ripples and all', () => {
    const framed = picture(200, 150, (x, y) => {
      const isInside = x >= 20 && x < 170 && y >= 10 && y < 130;
      return isInside ? waves(x, y) : 250 + ((x + y) % 5);
    });
    expect(trimBorder(framed)).toEqual({ left: 20, top: 10, width: 150, height: 120 });
  });

  it('is none where the picture goes to its edge, or where nothing else is left', () => {
    expect(trimBorder(picture(90, 60, waves))).toBeUndefined();
    expect(trimBorder(picture(90, 60, () => 255))).toBeUndefined();
    expect(trimBorder(picture(90, 60, (x, y) => (x < 10 && y < 10 ? 0 : 255)))).toBeUndefined();
  });
});

it('a part of a picture has the fingerprint of what is cut out', () => {
  for (const [width, height] of [
    [512, 341],
    [90, 333],
    [64, 64],
  ] as const) {
    const whole = picture(width, height, waves);
    const part = { left: 5, top: 7, width: width - 20, height: height - 9 };
    const cut = hashAsReference(cropLuma(whole, part));
    expect(hashAsReference(whole, part)).toEqual(cut);
    const { bits, quality, undecided } = hashRegion(whole, part);
    expect([bits, quality, undecided]).toEqual([cut.hash, cut.quality, cut.undecided]);
  }
});

describe('turns', () => {
  /** Maps each orientation to the source of a point. */
  const TURNED: Readonly<
    Record<Orientation, (x: number, y: number, w: number, h: number) => readonly [number, number]>
  > = {
    left: (x, y, w) => [w - 1 - y, x],
    half: (x, y, w, h) => [w - 1 - x, h - 1 - y],
    right: (x, y, _w, h) => [y, h - 1 - x],
    upsideDown: (x, y, _w, h) => [x, h - 1 - y],
    mirrored: (x, y, w) => [w - 1 - x, y],
    transposed: (x, y) => [y, x],
    antitransposed: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  };
  const isSideways = (orientation: Orientation) =>
    ['left', 'right', 'transposed', 'antitransposed'].includes(orientation);
  /** Contains structures of many sizes, as pictures do, relative to its sides. */
  const hills = (x: number, y: number) =>
    Array.from({ length: 24 }, (_, at) => {
      const [across, down] = [1 + ((at * 7) % 15), 1 + ((at * 11) % 13)];
      return (60 / Math.hypot(across, down)) * Math.cos(Math.PI * (across * x + down * y) + at);
    }).reduce((sum, one) => sum + one, 128);

  it.each([
    [512, 384],
    [200, 150],
    [250, 333],
    [64, 64],
  ])('are those of the turned picture, where signs alone are others: %i by %i', (width, height) => {
    const point = (x: number, y: number) => hills((x + 0.5) / width, (y + 0.5) / height);
    const luma = picture(width, height, point);
    const hashing = new PdqHasher(luma);
    const [exact, own, signs] = [
      hashing.hashWholeOrientations(),
      hashing.hashOrientations(),
      hashAsReference(luma),
    ];
    expect(own.hash).toEqual(signs.hash);
    expect(exact).toMatchObject({ hash: signs.hash, quality: signs.quality });
    const far = { exact: 0, own: 0, signs: 0 };
    for (const orientation of ORIENTATIONS) {
      const [w, h] = isSideways(orientation) ? [height, width] : [width, height];
      const whole = picture(w, h, (x, y) => {
        const [fromX, fromY] = TURNED[orientation](x, y, width, height);
        return luma.points[fromY * width + fromX] ?? 0;
      });
      const turned = hashAsReference(whole).hash;
      far.exact = Math.max(far.exact, hammingDistance(exact.byOrientation[orientation], turned));
      far.own = Math.max(far.own, hammingDistance(own.byOrientation[orientation], turned));
      far.signs = Math.max(far.signs, hammingDistance(signs.byOrientation[orientation], turned));
    }
    // The remaining difference is rounding: bits whose coefficient is near the median, and the median's own.
    expect(far.exact).toBeLessThanOrEqual(2);
    expect(far.own).toBeLessThanOrEqual(8);
    expect(far.own).toBeLessThanOrEqual(far.signs);
  });

  it('a small part is hashed as if it had more points', () => {
    const point = (side: number) => (x: number, y: number) => hills((x + 0.5) / side, (y + 0.5) / side);
    const large = new PdqHasher(picture(512, 512, point(512))).hash();
    const hashing = new PdqHasher(picture(150, 150, point(150)));
    const plain = hammingDistance(hashing.hash().bits, large.bits);
    const { hash: fingerprint } = hashing.hashOrientations(undefined, 512 / 150);
    expect(hammingDistance(fingerprint, large.bits)).toBeLessThan(plain);
  });
});

it('what parts of a picture have in common is worked out once, and comes out the same', () => {
  const luma = picture(300, 200, waves);
  const hashing = new PdqHasher(luma);
  const part = { left: 0, top: 20, width: 300, height: 180 };
  expect(hashing.hashOrientations().hash).toEqual(hashAsReference(luma).hash);
  expect(hashing.hash(part)).toEqual(hashRegion(luma, part));
  expect(hashing.hashAsReference(part)).toEqual(hashAsReference(luma, part));
  expect(hashing.hash()).toEqual(hashRegion(luma, hashing.whole));
});

it('a cut that is kept is that of the picture cut so and sent at the usual size', () => {
  const fine = (side: number) => (x: number, y: number) =>
    128 +
    90 * Math.sin(((x + 0.5) / side) * 61) +
    35 * Math.cos(((x + 0.5) / side) * 47 + ((y + 0.5) / side) * 83);
  const whole = picture(512, 384, fine(1024));
  const hashing = new PdqHasher(whole);
  for (const cut of standardCrops(whole)) {
    const scale = cropScale(whole, cut);
    const times = 512 / Math.max(cut.width, cut.height);
    expect(scale).toBe(times);
    const [width, height] = [Math.round(cut.width * times), Math.round(cut.height * times)];
    const sent = picture(width, height, (x, y) =>
      fine(1024)(cut.left + (x + 0.5) / times - 0.5, cut.top + (y + 0.5) / times - 0.5),
    );
    expect(hammingDistance(hashing.hash(cut, scale).bits, hashAsReference(sent).hash)).toBeLessThanOrEqual(8);
  }
  // A picture smaller than the standard size gets its crops without further scaling.
  const small = picture(400, 300, waves);
  for (const cut of standardCrops(small)) expect(cropScale(small, cut)).toBe(1);
});

describe('frames', () => {
  const next = numbers(7);
  const random = () => Uint8Array.from({ length: 32 }, () => next() & 255);
  const off = (fingerprint: Uint8Array, bits: number) =>
    fingerprint.map((byte, at) => (at < bits ? byte ^ 1 : byte));
  const shots = Array.from({ length: 8 }, random);

  it('are told by the shares that both have, and by the middle one of those that match', () => {
    const kept = shots.map((shot) => [random(), shot]);
    const asked = shots.slice(2, 5).map((shot, at) => [random(), off(shot, at * 10)]);
    expect(hammingDistance(shots[0] ?? random(), off(shots[0] ?? random(), 9))).toBe(9);
    expect(compareFrames([...asked, [random()]], kept, 31)).toEqual({
      matched: 3,
      of: 4,
      matchedOfKept: 3,
      ofStored: 8,
      distance: 10,
    });
  });

  it('of another video match none, and no distance is told', () => {
    const others = Array.from({ length: 5 }, () => [random()]);
    const compared = compareFrames(others, [...shots.map((shot) => [shot])], 60);
    expect(compared).toEqual({ matched: 0, of: 5, matchedOfKept: 0, ofStored: 8 });
    expect(compareFrames([], [], 60)).toEqual({ matched: 0, of: 0, matchedOfKept: 0, ofStored: 0 });
  });

  it('are taken from bytes only where each has as many', () => {
    expect(splitFrames(new Uint8Array(6 * 32), 3).map((frame) => frame.length)).toEqual([2, 2, 2]);
    expect(splitFrames(new Uint8Array(5 * 32), 3)).toEqual([]);
    expect(splitFrames(new Uint8Array(0), 3)).toEqual([]);
  });
});

describe('sounds', () => {
  const next = numbers(3);
  const long = Array.from({ length: 1_500 }, next);
  /** Flips a share of the bits, as a lossy copy does. */
  const worn = (values: readonly number[], of32: number) =>
    values.map((value) => {
      let mask = 0;
      for (let bit = 0; bit < 32; bit += 1) if (next() % 32 < of32) mask |= 1 << bit;
      return (value ^ mask) >>> 0;
    });

  it('are found at their place in a longer one, worn as they are', () => {
    const clip = worn(long.slice(700, 800), 2);
    const compared = compareSounds(encodeValues(clip), encodeValues(long));
    expect(compared).toMatchObject({ offset: 700, shared: 100 });
    expect(compared?.distance).toBeGreaterThan(8);
    expect(compared?.distance).toBeLessThan(24);
    expect(compareSounds(encodeValues(long), encodeValues(clip))?.offset).toBe(-700);
    expect(compareSounds(encodeValues(long), encodeValues(long))).toEqual({
      distance: 0,
      offset: 0,
      shared: 1_500,
    });
  });

  it('of another kind are far apart, where they are compared at all', () => {
    const other = compareSounds(encodeValues(Array.from({ length: 300 }, next)), encodeValues(long));
    expect(other?.distance ?? 256).toBeGreaterThan(90);
    expect(compareSounds(new Uint8Array(0), encodeValues(long))).toBeUndefined();
  });

  it('are not alike for the silence that both have', () => {
    const silence = new Array<number>(400).fill(627_964_279);
    const one = [...silence, ...Array.from({ length: 100 }, next)];
    const other = [...silence, ...Array.from({ length: 100 }, next)];
    expect(compareSounds(encodeValues(one), encodeValues(other))?.distance ?? 256).toBeGreaterThan(90);
    expect(compareSounds(encodeValues(silence), encodeValues(silence))).toBeUndefined();
  });

  it('that overlap by a few values only are not compared', () => {
    const tail = encodeValues([...long.slice(-10), ...Array.from({ length: 90 }, next)]);
    expect(compareSounds(tail, encodeValues(long))?.distance ?? 256).toBeGreaterThan(60);
  });

  it('come as bytes and go', () => {
    expect([...decodeValues(encodeValues([0, 1, 4_294_967_295, 558_758_263]))]).toEqual([
      0, 1, 4_294_967_295, 558_758_263,
    ]);
  });
});
