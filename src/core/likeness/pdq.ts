/**
 * PDQ: 256 bits that stay nearly the same when a picture is made smaller or packed anew. Written after the description
 * published with Meta’s reference (repository facebook/ThreatExchange, folder pdq, BSD); held against its output in the tests.
 */

/** Brightness of each point, 0 to 255, row by row from the top. */
export interface Luma {
  width: number;
  height: number;
  points: Float32Array;
}

/** 256 bits as 32 bytes, the highest bit first: the order in which the hexadecimal form is written. */
export type Fingerprint = Uint8Array;

export interface Hashed {
  fingerprint: Fingerprint;
  /** The same for the picture turned and mirrored, by what was done to it. */
  turned: Readonly<Record<Turn, Fingerprint>>;
  /** 0 to 100: how much there is to see. The reference refuses below 50. */
  quality: number;
  /**
   * Bits that lie so near the middle that another order of adding would turn them. Pictures of bars, lines of text or
   * flags have many and the quality does not see it.
   */
  undecided: number;
}

/** `left`, `right`: a quarter turn against and with the clock. `upsideDown`, `mirrored`: top with bottom, left with right. */
export const TURNS = [
  'left',
  'half',
  'right',
  'upsideDown',
  'mirrored',
  'transposed',
  'antitransposed',
] as const;
export type Turn = (typeof TURNS)[number];

export const FINGERPRINT_BITS = 256;
const SIDE = 64;
const KEPT = 16;
/** Nearer to the middle than this a coefficient is rounding. The largest error of float32 that was seen is 0.0005. */
const UNDECIDED = 0.001;

export function pdqOf(luma: Luma, part: Part = wholeOf(luma)): Hashed {
  return new Hashing(luma).reference(part);
}

/** Of a part that lies in the picture, as it stands: its turns are nobody’s question. */
export function fingerprintOf(luma: Luma, part: Part): Plain {
  return new Hashing(luma).plain(part);
}

export type Plain = { bits: Fingerprint } & Pick<Hashed, 'quality' | 'undecided'>;

const wholeOf = ({ width, height }: Luma): Part => ({ left: 0, top: 0, width, height });

/** In points, as `Box` of views.ts. */
export interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Fingerprints of several parts of one picture: what they have in common is worked out once. */
export class Hashing {
  readonly #luma: Luma;
  /** Lines of the whole height that were made narrow: those of the whole width are wanted by many parts. */
  #narrow: Float32Array | undefined;
  readonly #small = new Map<string, Float32Array>();

  constructor(luma: Luma) {
    this.#luma = luma;
  }

  get whole(): Part {
    return wholeOf(this.#luma);
  }

  /** `scale`: as with `inTurns`. */
  plain(part: Part = this.whole, scale = 1): Plain {
    const small = this.#smallOf(part, scale);
    return { ...bitsOf(transformed(small), IDENTITY), quality: qualityOf(small) };
  }

  /** Its turns as the reference tells them: by the signs of its own transform. */
  reference(part: Part = this.whole): Hashed {
    const small = this.#smallOf(part);
    const own = transformed(small);
    return hashedOf(small, { own, mirrored: own, upsideDown: own, half: own });
  }

  /**
   * Its turns as the picture would have them that is really turned. The points that PDQ takes lie a little to the right and
   * below of the middle of what they stand for, so that those of a mirrored picture are others: up to 36 bits were seen.
   * `scale`, 1 or more: as if it had so many times the points a side. Of a small picture PDQ takes few points, and which
   * ones hangs on its size.
   */
  inTurns(part: Part = this.whole, scale = 1): Hashed {
    const small = this.#smallOf(part, scale);
    const [across, down] = [
      mirroredCosines(scaled(part.width, scale)),
      mirroredCosines(scaled(part.height, scale)),
    ];
    const [half, upsideDown] = [along(small, COSINES), down && along(small, down)];
    const own = both(half, COSINES);
    const mirrored = across ? both(half, across) : own;
    const flipped = upsideDown ? both(upsideDown, COSINES) : own;
    return hashedOf(small, {
      own,
      mirrored,
      upsideDown: flipped,
      half: upsideDown ? (across ? both(upsideDown, across) : flipped) : mirrored,
    });
  }

  /**
   * The same of the whole, but each mirroring is worked out of the points themselves: between 64 points a side nothing is left of
   * fine lines. It costs three passes more, so parts go without it.
   */
  wholeInTurns(): Hashed {
    const { width, height } = this.#luma;
    const small = this.#smallOf(this.whole);
    if (width === SIDE && height === SIDE) return this.inTurns();
    const own = this.#narrowOf(this.whole);
    const fromRight = isEvenly(width) ? undefined : narrowed(this.#luma, this.whole, 1, true);
    const isEven = isEvenly(height);
    const of = (narrow: Float32Array, fromBelow: boolean): Float32Array =>
      transformed(shortened(narrow, height, 1, fromBelow));
    const plain = transformed(small);
    const mirrored = fromRight ? of(fromRight, false) : plain;
    const upsideDown = isEven ? plain : of(own, true);
    const half = isEven ? mirrored : fromRight ? of(fromRight, true) : upsideDown;
    return hashedOf(small, { own: plain, mirrored, upsideDown, half });
  }

  /**
   * 64 points a side, each the mean of those around it. The reference takes two passes of a moving mean each way and then every
   * so-manieth point; here what the neighbours of those points weigh after two passes is worked out first, since most points
   * of such a pass are wanted by nobody.
   */
  #smallOf(part: Part, scale = 1): Float32Array {
    const { width, height, points } = this.#luma;
    const isSmall = width === SIDE && height === SIDE && part.width === SIDE && part.height === SIDE;
    if (scale === 1 && isSmall) return points;
    const key = `${part.left} ${part.top} ${part.width} ${part.height} ${scale}`;
    let small = this.#small.get(key);
    if (small === undefined) {
      const narrow = scale === 1 ? this.#narrowOf(part) : narrowed(this.#luma, part, scale);
      small = shortened(narrow, part.height, scale);
      this.#small.set(key, small);
    }
    return small;
  }

  #narrowOf(part: Part): Float32Array {
    const { width, height } = this.#luma;
    if (part.width !== width) return narrowed(this.#luma, part);
    this.#narrow ??= narrowed(this.#luma, { left: 0, top: 0, width, height });
    return this.#narrow.subarray(part.top * SIDE, (part.top + part.height) * SIDE);
  }
}

/** The coefficients that each mirroring begins from. */
type Coefficients = Readonly<Record<'own' | 'mirrored' | 'upsideDown' | 'half', Float32Array>>;

function hashedOf(small: Float32Array, coefficients: Coefficients): Hashed {
  const own = bitsOf(coefficients.own, IDENTITY);
  const turned = TURNS.map((turn) => {
    const { from, map } = MAPS[turn];
    return [turn, bitsOf(coefficients[from], map).bits];
  });
  return {
    fingerprint: own.bits,
    turned: Object.fromEntries(turned) as Record<Turn, Fingerprint>,
    quality: qualityOf(small),
    undecided: own.undecided,
  };
}

/** Each row of a part made 64 points wide. */
function narrowed({ width, points }: Luma, part: Part, scale = 1, isMirrored = false): Float32Array {
  const across = isMirrored ? mirroredWeights(part.width) : scaledWeights(part.width, scale);
  const narrow = new Float32Array(part.height * SIDE);
  const { count, from, weights } = across;
  const last = part.height - 1;
  for (let y = 0; y <= last; y += 4) {
    // Four rows at a time, as below; those past the last are the last once more.
    const rows = [y, Math.min(y + 1, last), Math.min(y + 2, last), Math.min(y + 3, last)] as const;
    const [r0, r1, r2, r3] = rows.map((row) => (part.top + row) * width + part.left) as [
      number,
      number,
      number,
      number,
    ];
    for (let x = 0; x < SIDE; x += 1) {
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
      narrow[rows[0] * SIDE + x] = a;
      narrow[rows[1] * SIDE + x] = b;
      narrow[rows[2] * SIDE + x] = c;
      narrow[rows[3] * SIDE + x] = d;
    }
  }
  return narrow;
}

/** So many rows of 64 points made 64. */
function shortened(narrow: Float32Array, height: number, scale = 1, isMirrored = false): Float32Array {
  const down = isMirrored ? mirroredWeights(height) : scaledWeights(height, scale);
  const small = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) {
    const from = down.from[y] ?? 0;
    for (let n = 0; n < down.count; n += 1) {
      const weight = down.weights[y * down.count + n] ?? 0;
      const row = (from + n) * SIDE;
      for (let x = 0; x < SIDE; x += 1)
        small[y * SIDE + x] = (small[y * SIDE + x] ?? 0) + weight * (narrow[row + x] ?? 0);
    }
  }
  return small;
}

interface Weights {
  /** Neighbours of each of the 64 points, and the first of them. */
  count: number;
  from: Int32Array;
  weights: Float32Array;
}

/** What the neighbours of a point weigh in it after two passes of a moving mean along a line of so many. */
function weightsOf(length: number): Weights {
  const window = windowOf(length);
  const ahead = aheadOf(window);
  const count = Math.min(length, 2 * window - 1);
  const [from, weights] = [new Int32Array(SIDE), new Float32Array(SIDE * count)];
  for (let at = 0; at < SIDE; at += 1) {
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

const scaled = (length: number, scale: number): number => Math.round(length * scale);

/** The same of a line that has so many times the points, each between two that there are. */
function scaledWeights(length: number, scale: number): Weights {
  const long = scaled(length, scale);
  const whole = weightsOf(long);
  if (long === length) return whole;
  const placeOf = (at: number): number =>
    Math.min(length - 1, Math.max(0, ((at + 0.5) * length) / long - 0.5));
  let count = 1;
  for (let at = 0; at < SIDE; at += 1) {
    const first = whole.from[at] ?? 0;
    const needed = Math.ceil(placeOf(first + whole.count - 1)) - Math.floor(placeOf(first)) + 1;
    count = Math.max(count, needed);
  }
  const [from, weights] = [new Int32Array(SIDE), new Float32Array(SIDE * count)];
  for (let at = 0; at < SIDE; at += 1) {
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

/** What a mirrored line would take, read from this one's own beginning: the transform is then that of this one, nearly. */
function mirroredWeights(length: number): Weights {
  const { count, from, weights } = weightsOf(length);
  return {
    count,
    from: from.map((_none, at) => length - count - (from[SIDE - 1 - at] ?? 0)),
    weights: weights.map((_none, at) => weights[SIDE * count - 1 - at] ?? 0),
  };
}

const middleAt = (at: number, length: number): number => Math.floor(((at + 0.5) * length) / SIDE);

/** The first and the last of those that a moving mean takes at a place. */
const windowAt = (at: number, ahead: number, window: number, length: number): readonly [number, number] => [
  Math.max(0, at + ahead - window + 1),
  Math.min(length - 1, at + ahead),
];

const windowOf = (length: number): number => Math.floor((length + 2 * SIDE - 1) / (2 * SIDE));
/** So many are summed before the first mean is taken. */
const aheadOf = (window: number): number => Math.floor((window + 2) / 2) - 1;

/** Rows of the cosine transform without the constant one: [16][64]. */
const COSINES = Float32Array.from({ length: KEPT * SIDE }, (_none, at) => {
  const frequency = Math.floor(at / SIDE) + 1;
  return Math.sqrt(2 / SIDE) * Math.cos((Math.PI / 2 / SIDE) * frequency * (2 * (at % SIDE) + 1));
});

/**
 * Rows of the same transform of a line that is read from its other end: what it gives, with the signs of a mirrored one, is
 * that of the mirrored line. It takes each of the 64 points where the mirrored line would take it, between two of them.
 * Undefined where those are the same points.
 */
function mirroredCosines(length: number): Float32Array | undefined {
  const { places, areEven } = placesOf(length);
  if (areEven) return undefined;
  const cosines = Float32Array.from(COSINES);
  for (let at = 1; at < SIDE; at += 1) {
    const [before, own] = [places[at - 1] ?? 0, places[at] ?? 0];
    const wanted = length - 1 - (places[SIDE - 1 - at] ?? 0);
    const share = own > before ? Math.min(1, Math.max(0, (own - wanted) / (own - before))) : 0;
    for (let frequency = 0; frequency < KEPT; frequency += 1) {
      const one = (COSINES[frequency * SIDE + at] ?? 0) * share;
      const here = frequency * SIDE + at;
      cosines[here] = (cosines[here] ?? 0) - one;
      cosines[here - 1] = (cosines[here - 1] ?? 0) + one;
    }
  }
  return cosines;
}

const isEvenly = (length: number): boolean => placesOf(length).areEven;

/** The middle of what each of the 64 points is the mean of, and whether these lie the same way from both ends. */
function placesOf(length: number): { places: Float64Array; areEven: boolean } {
  const window = windowOf(length);
  const shift = 2 * aheadOf(window) - (window - 1);
  const places = Float64Array.from({ length: SIDE }, (_none, one) => middleAt(one, length) + shift);
  const areEven = places.every((place, one) => place === length - 1 - (places[SIDE - 1 - one] ?? 0));
  return { places, areEven };
}

/** The 16 × 16 lowest frequencies, constant ones left out: [vertical][horizontal]. */
const transformed = (small: Float32Array): Float32Array => both(along(small, COSINES), COSINES);

/** The vertical transform alone: [16][64]. */
function along(small: Float32Array, cosines: Float32Array): Float32Array {
  const half = new Float32Array(KEPT * SIDE);
  for (let i = 0; i < KEPT; i += 4)
    for (let x = 0; x < SIDE; x += 1) {
      // Four at a time: they wait for none of the others, and each is summed in the same order as alone.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let y = 0; y < SIDE; y += 1) {
        const value = small[y * SIDE + x] ?? 0;
        const at = i * SIDE + y;
        a += (cosines[at] ?? 0) * value;
        b += (cosines[at + SIDE] ?? 0) * value;
        c += (cosines[at + 2 * SIDE] ?? 0) * value;
        d += (cosines[at + 3 * SIDE] ?? 0) * value;
      }
      const to = i * SIDE + x;
      half[to] = a;
      half[to + SIDE] = b;
      half[to + 2 * SIDE] = c;
      half[to + 3 * SIDE] = d;
    }
  return half;
}

function both(half: Float32Array, cosines: Float32Array): Float32Array {
  const all = new Float32Array(KEPT * KEPT);
  for (let i = 0; i < KEPT; i += 1)
    for (let j = 0; j < KEPT; j += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let x = 0; x < SIDE; x += 1) {
        const value = half[i * SIDE + x] ?? 0;
        const at = j * SIDE + x;
        a += value * (cosines[at] ?? 0);
        b += value * (cosines[at + SIDE] ?? 0);
        c += value * (cosines[at + 2 * SIDE] ?? 0);
        d += value * (cosines[at + 3 * SIDE] ?? 0);
      }
      all.set([a, b, c, d], i * KEPT + j);
    }
  return all;
}

/** Where a coefficient of the turned picture comes from, and whether its sign changes. */
type TurnMap = (i: number, j: number) => readonly [from: number, negative: boolean];

const at = (i: number, j: number): number => i * KEPT + j;
const isEven = (n: number): boolean => n % 2 === 0;

/** The same for each of the 256: where from, and 1 or -1. */
interface Taken {
  from: Uint8Array;
  sign: Int8Array;
}
function takenBy(map: TurnMap): Taken {
  const all = Array.from({ length: FINGERPRINT_BITS }, (_none, one) =>
    map(Math.floor(one / KEPT), one % KEPT),
  );
  return {
    from: Uint8Array.from(all, ([from]) => from),
    sign: Int8Array.from(all, ([, negative]) => (negative ? -1 : 1)),
  };
}

const IDENTITY = takenBy((i, j) => [at(i, j), false]);
/** Index 0 is the first frequency, an odd one: mirroring changes the sign of those. */
const MAPS: Readonly<Record<Turn, { from: keyof Coefficients; map: Taken }>> = {
  left: { from: 'mirrored', map: takenBy((i, j) => [at(j, i), isEven(i)]) },
  half: { from: 'half', map: takenBy((i, j) => [at(i, j), !isEven(i + j)]) },
  right: { from: 'upsideDown', map: takenBy((i, j) => [at(j, i), isEven(j)]) },
  upsideDown: { from: 'upsideDown', map: takenBy((i, j) => [at(i, j), isEven(i)]) },
  mirrored: { from: 'mirrored', map: takenBy((i, j) => [at(i, j), isEven(j)]) },
  transposed: { from: 'own', map: takenBy((i, j) => [at(j, i), false]) },
  antitransposed: { from: 'half', map: takenBy((i, j) => [at(j, i), !isEven(i + j)]) },
};

/** A bit for each coefficient above the middle one, the lower of the two middle ones. */
function bitsOf(coefficients: Float32Array, { from, sign }: Taken): { bits: Fingerprint; undecided: number } {
  const own = new Float32Array(FINGERPRINT_BITS);
  for (let one = 0; one < FINGERPRINT_BITS; one += 1)
    own[one] = (coefficients[from[one] ?? 0] ?? 0) * (sign[one] ?? 1);
  const middle = Float32Array.from(own).sort()[FINGERPRINT_BITS / 2 - 1] ?? 0;
  const bits = new Uint8Array(FINGERPRINT_BITS / 8);
  let undecided = 0;
  for (let bit = 0; bit < FINGERPRINT_BITS; bit += 1) {
    const above = (own[bit] ?? 0) - middle;
    const byte = bits.length - 1 - (bit >> 3);
    if (above > 0) bits[byte] = (bits[byte] ?? 0) | (1 << (bit & 7));
    if (Math.abs(above) <= UNDECIDED) undecided += 1;
  }
  return { bits, undecided };
}

/** How much neighbours differ, in hundredths and cut to whole numbers one by one, as the reference does. */
function qualityOf(small: Float32Array): number {
  let sum = 0;
  const add = (one: number, other: number): void => {
    sum += Math.abs(Math.trunc((((small[one] ?? 0) - (small[other] ?? 0)) * 100) / 255));
  };
  for (let y = 0; y < SIDE - 1; y += 1)
    for (let x = 0; x < SIDE; x += 1) add(y * SIDE + x, (y + 1) * SIDE + x);
  for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE - 1; x += 1) add(y * SIDE + x, y * SIDE + x + 1);
  return Math.min(100, Math.trunc(sum / 90));
}
