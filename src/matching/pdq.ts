/**
 * PDQ: a hash of 256 bits that hardly changes when a picture is scaled down or recompressed. Implemented from the
 * description published with Meta’s reference (repository facebook/ThreatExchange, folder pdq, BSD) and compared with
 * its output in the tests.
 */

/** Brightness of each point, 0 to 255, row by row from the top. */
export interface Luma {
  width: number;
  height: number;
  points: Float32Array;
}

/** 256 bits as 32 bytes, highest bit first, which is the order of the hexadecimal form. */
export type PdqHash = Uint8Array;

export interface OrientedHashes {
  hash: PdqHash;
  /** Fingerprints of the rotated and mirrored picture, by transformation. */
  byOrientation: Readonly<Record<Orientation, PdqHash>>;
  /** Amount of detail from 0 to 100. The reference rejects hashes below 50. */
  quality: number;
  /**
   * Bits so close to the median that another order of summation would flip them. Pictures of bars, lines of text or
   * flags have many, which the quality does not show.
   */
  undecided: number;
}

/**
 * `left`, `right`: a quarter turn counterclockwise and clockwise. `upsideDown`: top and bottom swapped; `mirrored`:
 * left and right swapped.
 */
export const ORIENTATIONS = [
  'left',
  'half',
  'right',
  'upsideDown',
  'mirrored',
  'transposed',
  'antitransposed',
] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

export const HASH_BITS = 256;
const GRID_SIDE = 64;
const KEPT_FREQUENCIES = 16;
/** Closer to the median, a coefficient is decided by rounding. The largest float32 error observed is 0.0005. */
const UNDECIDED_DISTANCE = 0.001;

export function hashAsReference(luma: Luma, part: PixelRegion = wholeRegion(luma)): OrientedHashes {
  return new PdqHasher(luma).hashAsReference(part);
}

/** Returns the fingerprint of a part of the picture in its orientation only. */
export function hashRegion(luma: Luma, part: PixelRegion): UprightHash {
  return new PdqHasher(luma).hash(part);
}

export type UprightHash = { bits: PdqHash } & Pick<OrientedHashes, 'quality' | 'undecided'>;

const wholeRegion = ({ width, height }: Luma): PixelRegion => ({ left: 0, top: 0, width, height });

/** Box in points, as `Box` in views.ts. */
export interface PixelRegion {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Computes fingerprints of several parts of one picture and shares their common work. */
export class PdqHasher {
  readonly #luma: Luma;
  /** Rows of the full width reduced to 64 points, shared by all parts of full width. */
  #narrow: Float32Array | undefined;
  readonly #small = new Map<string, Float32Array>();

  constructor(luma: Luma) {
    this.#luma = luma;
  }

  get whole(): PixelRegion {
    return wholeRegion(this.#luma);
  }

  /** `scale`: see `hashOrientations`. */
  hash(part: PixelRegion = this.whole, scale = 1): UprightHash {
    const small = this.#smallOf(part, scale);
    return { ...thresholdBits(transform(small), IDENTITY), quality: measureQuality(small) };
  }

  /** Returns the orientations as the reference computes them, by changing signs of one transform. */
  hashAsReference(part: PixelRegion = this.whole): OrientedHashes {
    const small = this.#smallOf(part);
    const own = transform(small);
    return toOrientedHashes(small, { own, mirrored: own, upsideDown: own, half: own });
  }

  /**
   * Returns the orientations that a really rotated picture would have. PDQ's sample points lie slightly right of and
   * below the centres of their areas, so a mirrored picture is sampled elsewhere; differences of up to 36 bits were
   * observed. `scale` (1 or more) hashes the part as if it were enlarged by this factor, because PDQ's sample points in
   * a small picture depend on its size.
   */
  hashOrientations(part: PixelRegion = this.whole, scale = 1): OrientedHashes {
    const small = this.#smallOf(part, scale);
    const [across, down] = [
      mirroredCosines(scaleLength(part.width, scale)),
      mirroredCosines(scaleLength(part.height, scale)),
    ];
    const [half, upsideDown] = [
      transformVertically(small, COSINES),
      down && transformVertically(small, down),
    ];
    const own = transformHorizontally(half, COSINES);
    const mirrored = across ? transformHorizontally(half, across) : own;
    const flipped = upsideDown ? transformHorizontally(upsideDown, COSINES) : own;
    return toOrientedHashes(small, {
      own,
      mirrored,
      upsideDown: flipped,
      half: upsideDown ? (across ? transformHorizontally(upsideDown, across) : flipped) : mirrored,
    });
  }

  /**
   * Returns the orientations of the whole picture, with each mirroring computed from the original points: fine lines
   * are lost in the 64 × 64 points. Takes three more passes, so it is not used for parts.
   */
  hashWholeOrientations(): OrientedHashes {
    const { width, height } = this.#luma;
    const small = this.#smallOf(this.whole);
    if (width === GRID_SIDE && height === GRID_SIDE) return this.hashOrientations();
    const own = this.#narrowOf(this.whole);
    const fromRight = isSampledSymmetrically(width) ? undefined : reduceRows(this.#luma, this.whole, 1, true);
    const isEven = isSampledSymmetrically(height);
    const of = (narrow: Float32Array, fromBelow: boolean): Float32Array =>
      transform(reduceColumns(narrow, height, 1, fromBelow));
    const plain = transform(small);
    const mirrored = fromRight ? of(fromRight, false) : plain;
    const upsideDown = isEven ? plain : of(own, true);
    const half = isEven ? mirrored : fromRight ? of(fromRight, true) : upsideDown;
    return toOrientedHashes(small, { own: plain, mirrored, upsideDown, half });
  }

  /**
   * Reduces a part to 64 × 64 points, each the mean of its neighbourhood. The reference runs a moving mean twice in
   * each direction and then picks every n-th point. Here the weights of the neighbours are computed first, because most
   * points of such a pass would not be used.
   */
  #smallOf(part: PixelRegion, scale = 1): Float32Array {
    const { width, height, points } = this.#luma;
    const isSmall =
      width === GRID_SIDE && height === GRID_SIDE && part.width === GRID_SIDE && part.height === GRID_SIDE;
    if (scale === 1 && isSmall) return points;
    const key = `${part.left} ${part.top} ${part.width} ${part.height} ${scale}`;
    let small = this.#small.get(key);
    if (small === undefined) {
      const narrow = scale === 1 ? this.#narrowOf(part) : reduceRows(this.#luma, part, scale);
      small = reduceColumns(narrow, part.height, scale);
      this.#small.set(key, small);
    }
    return small;
  }

  #narrowOf(part: PixelRegion): Float32Array {
    const { width, height } = this.#luma;
    if (part.width !== width) return reduceRows(this.#luma, part);
    this.#narrow ??= reduceRows(this.#luma, { left: 0, top: 0, width, height });
    return this.#narrow.subarray(part.top * GRID_SIDE, (part.top + part.height) * GRID_SIDE);
  }
}

/** Coefficients from which each orientation is derived. */
type Coefficients = Readonly<Record<'own' | 'mirrored' | 'upsideDown' | 'half', Float32Array>>;

function toOrientedHashes(small: Float32Array, coefficients: Coefficients): OrientedHashes {
  const own = thresholdBits(coefficients.own, IDENTITY);
  const turned = ORIENTATIONS.map((orientation) => {
    const { from, map } = ORIENTATION_MAPS[orientation];
    return [orientation, thresholdBits(coefficients[from], map).bits];
  });
  return {
    hash: own.bits,
    byOrientation: Object.fromEntries(turned) as Record<Orientation, PdqHash>,
    quality: measureQuality(small),
    undecided: own.undecided,
  };
}

/** Reduces each row of a part to 64 points. */
function reduceRows({ width, points }: Luma, part: PixelRegion, scale = 1, isMirrored = false): Float32Array {
  const across = isMirrored ? mirroredWeights(part.width) : scaledWeights(part.width, scale);
  const narrow = new Float32Array(part.height * GRID_SIDE);
  const { count, from, weights } = across;
  const last = part.height - 1;
  for (let y = 0; y <= last; y += 4) {
    // Processes four rows at a time, as below; behind the last row, that row is repeated.
    const rows = [y, Math.min(y + 1, last), Math.min(y + 2, last), Math.min(y + 3, last)] as const;
    const [r0, r1, r2, r3] = rows.map((row) => (part.top + row) * width + part.left) as [
      number,
      number,
      number,
      number,
    ];
    for (let x = 0; x < GRID_SIDE; x += 1) {
      const first = from[x] ?? 0;
      const own = x * count;
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let n = 0; n < count; n += 1) {
        const weight = weights[own + n] ?? 0;
        const at = first + n;
        a += weight * (points[r0 + at] ?? 0);
        b += weight * (points[r1 + at] ?? 0);
        c += weight * (points[r2 + at] ?? 0);
        d += weight * (points[r3 + at] ?? 0);
      }
      narrow[rows[0] * GRID_SIDE + x] = a;
      narrow[rows[1] * GRID_SIDE + x] = b;
      narrow[rows[2] * GRID_SIDE + x] = c;
      narrow[rows[3] * GRID_SIDE + x] = d;
    }
  }
  return narrow;
}

/** Reduces the rows of 64 points to 64 rows. */
function reduceColumns(narrow: Float32Array, height: number, scale = 1, isMirrored = false): Float32Array {
  const down = isMirrored ? mirroredWeights(height) : scaledWeights(height, scale);
  const small = new Float32Array(GRID_SIDE * GRID_SIDE);
  for (let y = 0; y < GRID_SIDE; y += 1) {
    const from = down.from[y] ?? 0;
    for (let n = 0; n < down.count; n += 1) {
      const weight = down.weights[y * down.count + n] ?? 0;
      const row = (from + n) * GRID_SIDE;
      for (let x = 0; x < GRID_SIDE; x += 1)
        small[y * GRID_SIDE + x] = (small[y * GRID_SIDE + x] ?? 0) + weight * (narrow[row + x] ?? 0);
    }
  }
  return small;
}

interface Weights {
  /** Neighbours of each of the 64 points; `from` holds the first of them. */
  count: number;
  from: Int32Array;
  weights: Float32Array;
}

/** Returns the weights of a point's neighbours after two passes of a moving mean along a line of `length` points. */
function meanWeights(length: number): Weights {
  const window = windowOf(length);
  const ahead = aheadOf(window);
  const count = Math.min(length, 2 * window - 1);
  const [from, weights] = [new Int32Array(GRID_SIDE), new Float32Array(GRID_SIDE * count)];
  for (let at = 0; at < GRID_SIDE; at += 1) {
    const [first, last] = windowAt(middleAt(at, length), ahead, window, length);
    const begin = Math.min(windowAt(first, ahead, window, length)[0], length - count);
    from[at] = begin;
    for (let mean = first; mean <= last; mean += 1) {
      const [low, high] = windowAt(mean, ahead, window, length);
      for (let one = low; one <= high; one += 1)
        weights[at * count + one - begin] =
          (weights[at * count + one - begin] ?? 0) + 1 / (last - first + 1) / (high - low + 1);
    }
  }
  return { count, from, weights };
}

const scaleLength = (length: number, scale: number): number => Math.round(length * scale);

/** Returns the weights for the line enlarged by `scale`, with linear interpolation between its points. */
function scaledWeights(length: number, scale: number): Weights {
  const long = scaleLength(length, scale);
  const whole = meanWeights(long);
  if (long === length) return whole;
  const placeOf = (at: number): number =>
    Math.min(length - 1, Math.max(0, ((at + 0.5) * length) / long - 0.5));
  let count = 1;
  for (let at = 0; at < GRID_SIDE; at += 1) {
    const first = whole.from[at] ?? 0;
    const needed = Math.ceil(placeOf(first + whole.count - 1)) - Math.floor(placeOf(first)) + 1;
    count = Math.max(count, needed);
  }
  const [from, weights] = [new Int32Array(GRID_SIDE), new Float32Array(GRID_SIDE * count)];
  for (let at = 0; at < GRID_SIDE; at += 1) {
    const first = whole.from[at] ?? 0;
    const begin = Math.min(Math.floor(placeOf(first)), length - count);
    from[at] = begin;
    for (let n = 0; n < whole.count; n += 1) {
      const place = placeOf(first + n);
      const [low, weight] = [Math.floor(place), whole.weights[at * whole.count + n] ?? 0];
      const here = at * count + low - begin;
      weights[here] = (weights[here] ?? 0) + weight * (1 - (place - low));
      if (place > low) weights[here + 1] = (weights[here + 1] ?? 0) + weight * (place - low);
    }
  }
  return { count, from, weights };
}

/**
 * Returns the weights of the mirrored line, indexed from this line's start, so that the transform's signs apply almost
 * unchanged.
 */
function mirroredWeights(length: number): Weights {
  const { count, from, weights } = meanWeights(length);
  return {
    count,
    from: from.map((_none, at) => length - count - (from[GRID_SIDE - 1 - at] ?? 0)),
    weights: weights.map((_none, at) => weights[GRID_SIDE * count - 1 - at] ?? 0),
  };
}

const middleAt = (at: number, length: number): number => Math.floor(((at + 0.5) * length) / GRID_SIDE);

/** Returns the first and last point covered by the moving mean at a position. */
const windowAt = (at: number, ahead: number, window: number, length: number): readonly [number, number] => [
  Math.max(0, at + ahead - window + 1),
  Math.min(length - 1, at + ahead),
];

const windowOf = (length: number): number => Math.floor((length + 2 * GRID_SIDE - 1) / (2 * GRID_SIDE));
/** Number of points summed before the first mean is taken. */
const aheadOf = (window: number): number => Math.floor((window + 2) / 2) - 1;

/** Rows of the cosine transform without the constant one: [16][64]. */
const COSINES = Float32Array.from({ length: KEPT_FREQUENCIES * GRID_SIDE }, (_none, at) => {
  const frequency = Math.floor(at / GRID_SIDE) + 1;
  return (
    Math.sqrt(2 / GRID_SIDE) * Math.cos((Math.PI / 2 / GRID_SIDE) * frequency * (2 * (at % GRID_SIDE) + 1))
  );
});

/**
 * Returns rows of the transform for a line read from its other end; with the signs of mirroring, the result is the
 * transform of the mirrored line. Each of the 64 points is interpolated at the position where the mirrored line would
 * be sampled. `undefined` if the positions are equal.
 */
function mirroredCosines(length: number): Float32Array | undefined {
  const { places, areEven } = samplePositions(length);
  if (areEven) return undefined;
  const cosines = Float32Array.from(COSINES);
  for (let at = 1; at < GRID_SIDE; at += 1) {
    const [before, own] = [places[at - 1] ?? 0, places[at] ?? 0];
    const wanted = length - 1 - (places[GRID_SIDE - 1 - at] ?? 0);
    const share = own > before ? Math.min(1, Math.max(0, (own - wanted) / (own - before))) : 0;
    for (let frequency = 0; frequency < KEPT_FREQUENCIES; frequency += 1) {
      const one = (COSINES[frequency * GRID_SIDE + at] ?? 0) * share;
      const here = frequency * GRID_SIDE + at;
      cosines[here] = (cosines[here] ?? 0) - one;
      cosines[here - 1] = (cosines[here - 1] ?? 0) + one;
    }
  }
  return cosines;
}

const isSampledSymmetrically = (length: number): boolean => samplePositions(length).areEven;

/** Returns the centres of the areas averaged into the 64 points, and whether they are symmetric. */
function samplePositions(length: number): { places: Float64Array; areEven: boolean } {
  const window = windowOf(length);
  const shift = 2 * aheadOf(window) - (window - 1);
  const places = Float64Array.from({ length: GRID_SIDE }, (_none, one) => middleAt(one, length) + shift);
  const areEven = places.every((place, one) => place === length - 1 - (places[GRID_SIDE - 1 - one] ?? 0));
  return { places, areEven };
}

/** Returns the lowest 16 × 16 frequencies without the constant ones: [vertical][horizontal]. */
const transform = (small: Float32Array): Float32Array =>
  transformHorizontally(transformVertically(small, COSINES), COSINES);

/** Applies the vertical transform only: [16][64]. */
function transformVertically(small: Float32Array, cosines: Float32Array): Float32Array {
  const half = new Float32Array(KEPT_FREQUENCIES * GRID_SIDE);
  for (let i = 0; i < KEPT_FREQUENCIES; i += 4)
    for (let x = 0; x < GRID_SIDE; x += 1) {
      // Computes four sums at a time, because they are independent of each other. Each is added in the same order as on
      // its own.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let y = 0; y < GRID_SIDE; y += 1) {
        const value = small[y * GRID_SIDE + x] ?? 0;
        const at = i * GRID_SIDE + y;
        a += (cosines[at] ?? 0) * value;
        b += (cosines[at + GRID_SIDE] ?? 0) * value;
        c += (cosines[at + 2 * GRID_SIDE] ?? 0) * value;
        d += (cosines[at + 3 * GRID_SIDE] ?? 0) * value;
      }
      const to = i * GRID_SIDE + x;
      half[to] = a;
      half[to + GRID_SIDE] = b;
      half[to + 2 * GRID_SIDE] = c;
      half[to + 3 * GRID_SIDE] = d;
    }
  return half;
}

function transformHorizontally(half: Float32Array, cosines: Float32Array): Float32Array {
  const all = new Float32Array(KEPT_FREQUENCIES * KEPT_FREQUENCIES);
  for (let i = 0; i < KEPT_FREQUENCIES; i += 1)
    for (let j = 0; j < KEPT_FREQUENCIES; j += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let x = 0; x < GRID_SIDE; x += 1) {
        const value = half[i * GRID_SIDE + x] ?? 0;
        const at = j * GRID_SIDE + x;
        a += value * (cosines[at] ?? 0);
        b += value * (cosines[at + GRID_SIDE] ?? 0);
        c += value * (cosines[at + 2 * GRID_SIDE] ?? 0);
        d += value * (cosines[at + 3 * GRID_SIDE] ?? 0);
      }
      all.set([a, b, c, d], i * KEPT_FREQUENCIES + j);
    }
  return all;
}

/** Source of a coefficient of the rotated picture, and whether its sign changes. */
type CoefficientMap = (i: number, j: number) => readonly [from: number, negative: boolean];

const at = (i: number, j: number): number => i * KEPT_FREQUENCIES + j;
const isEven = (n: number): boolean => n % 2 === 0;

/** Sources of all 256 coefficients, with signs of 1 or -1. */
interface CoefficientSources {
  from: Uint8Array;
  sign: Int8Array;
}
function coefficientSources(map: CoefficientMap): CoefficientSources {
  const all = Array.from({ length: HASH_BITS }, (_none, one) =>
    map(Math.floor(one / KEPT_FREQUENCIES), one % KEPT_FREQUENCIES),
  );
  return {
    from: Uint8Array.from(all, ([from]) => from),
    sign: Int8Array.from(all, ([, negative]) => (negative ? -1 : 1)),
  };
}

const IDENTITY = coefficientSources((i, j) => [at(i, j), false]);
/** Index 0 is the first frequency, which is odd; mirroring changes the sign of odd ones. */
const ORIENTATION_MAPS: Readonly<Record<Orientation, { from: keyof Coefficients; map: CoefficientSources }>> =
  {
    left: { from: 'mirrored', map: coefficientSources((i, j) => [at(j, i), isEven(i)]) },
    half: { from: 'half', map: coefficientSources((i, j) => [at(i, j), !isEven(i + j)]) },
    right: { from: 'upsideDown', map: coefficientSources((i, j) => [at(j, i), isEven(j)]) },
    upsideDown: { from: 'upsideDown', map: coefficientSources((i, j) => [at(i, j), isEven(i)]) },
    mirrored: { from: 'mirrored', map: coefficientSources((i, j) => [at(i, j), isEven(j)]) },
    transposed: { from: 'own', map: coefficientSources((i, j) => [at(j, i), false]) },
    antitransposed: { from: 'half', map: coefficientSources((i, j) => [at(j, i), !isEven(i + j)]) },
  };

/** Sets a bit for each coefficient above the median (the lower of the two middle ones). */
function thresholdBits(
  coefficients: Float32Array,
  { from, sign }: CoefficientSources,
): { bits: PdqHash; undecided: number } {
  const own = new Float32Array(HASH_BITS);
  for (let one = 0; one < HASH_BITS; one += 1)
    own[one] = (coefficients[from[one] ?? 0] ?? 0) * (sign[one] ?? 1);
  const middle = Float32Array.from(own).sort()[HASH_BITS / 2 - 1] ?? 0;
  const bits = new Uint8Array(HASH_BITS / 8);
  let undecided = 0;
  for (let bit = 0; bit < HASH_BITS; bit += 1) {
    const above = (own[bit] ?? 0) - middle;
    const byte = bits.length - 1 - (bit >> 3);
    if (above > 0) bits[byte] = (bits[byte] ?? 0) | (1 << (bit & 7));
    if (Math.abs(above) <= UNDECIDED_DISTANCE) undecided += 1;
  }
  return { bits, undecided };
}

/** Sums up the differences between neighbours in hundredths, each truncated to an integer, as the reference does. */
function measureQuality(small: Float32Array): number {
  let sum = 0;
  const add = (one: number, other: number): void => {
    sum += Math.abs(Math.trunc((((small[one] ?? 0) - (small[other] ?? 0)) * 100) / 255));
  };
  for (let y = 0; y < GRID_SIDE - 1; y += 1)
    for (let x = 0; x < GRID_SIDE; x += 1) add(y * GRID_SIDE + x, (y + 1) * GRID_SIDE + x);
  for (let y = 0; y < GRID_SIDE; y += 1)
    for (let x = 0; x < GRID_SIDE - 1; x += 1) add(y * GRID_SIDE + x, y * GRID_SIDE + x + 1);
  return Math.min(100, Math.trunc(sum / 90));
}
