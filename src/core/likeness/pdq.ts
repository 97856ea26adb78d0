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
  return hashedOf(smallOf(luma, part));
}

/** Of a part that lies in the picture, as it stands: its turns are nobody’s question. */
export function fingerprintOf(
  luma: Luma,
  part: Part,
): { bits: Fingerprint } & Pick<Hashed, 'quality' | 'undecided'> {
  const small = smallOf(luma, part);
  return { ...bitsOf(transformed(small), IDENTITY), quality: qualityOf(small) };
}

const wholeOf = ({ width, height }: Luma): Part => ({ left: 0, top: 0, width, height });

/** In points, as `Box` of views.ts. */
export interface Part {
  left: number;
  top: number;
  width: number;
  height: number;
}

function hashedOf(small: Float32Array): Hashed {
  const coefficients = transformed(small);
  const own = bitsOf(coefficients, IDENTITY);
  const turned = TURNS.map((turn) => [turn, bitsOf(coefficients, MAPS[turn]).bits]);
  return {
    fingerprint: own.bits,
    turned: Object.fromEntries(turned) as Record<Turn, Fingerprint>,
    quality: qualityOf(small),
    undecided: own.undecided,
  };
}

/**
 * 64 points a side, each the mean of those around it. The reference takes two passes of a moving mean each way and then every
 * so-manieth point; here what the neighbours of those points weigh after two passes is worked out first, since most points
 * of such a pass are wanted by nobody.
 */
function smallOf({ width, height, points }: Luma, part: Part): Float32Array {
  if (width === SIDE && height === SIDE && part.width === SIDE && part.height === SIDE) return points;
  const [across, down] = [weightsOf(part.width), weightsOf(part.height)];
  const narrow = new Float32Array(part.height * SIDE);
  for (let y = 0; y < part.height; y += 1) {
    const row = (part.top + y) * width + part.left;
    for (let x = 0; x < SIDE; x += 1) {
      const from = across.from[x] ?? 0;
      let sum = 0;
      for (let n = 0; n < across.count; n += 1)
        sum += (across.weights[x * across.count + n] ?? 0) * (points[row + from + n] ?? 0);
      narrow[y * SIDE + x] = sum;
    }
  }
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
    const middle = Math.floor(((at + 0.5) * length) / SIDE);
    const [first, last] = windowAt(middle, ahead, window, length);
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

/** The 16 × 16 lowest frequencies, constant ones left out: [vertical][horizontal]. */
function transformed(small: Float32Array): Float32Array {
  const half = new Float32Array(KEPT * SIDE);
  for (let i = 0; i < KEPT; i += 1)
    for (let x = 0; x < SIDE; x += 1) {
      let sum = 0;
      for (let y = 0; y < SIDE; y += 1) sum += (COSINES[i * SIDE + y] ?? 0) * (small[y * SIDE + x] ?? 0);
      half[i * SIDE + x] = sum;
    }
  const all = new Float32Array(KEPT * KEPT);
  for (let i = 0; i < KEPT; i += 1)
    for (let j = 0; j < KEPT; j += 1) {
      let sum = 0;
      for (let x = 0; x < SIDE; x += 1) sum += (half[i * SIDE + x] ?? 0) * (COSINES[j * SIDE + x] ?? 0);
      all[i * KEPT + j] = sum;
    }
  return all;
}

/** Where a coefficient of the turned picture comes from, and whether its sign changes. */
type TurnMap = (i: number, j: number) => readonly [from: number, negative: boolean];

const at = (i: number, j: number): number => i * KEPT + j;
const isEven = (n: number): boolean => n % 2 === 0;
const IDENTITY: TurnMap = (i, j) => [at(i, j), false];
/** Index 0 is the first frequency, an odd one: mirroring changes the sign of those. */
const MAPS: Readonly<Record<Turn, TurnMap>> = {
  left: (i, j) => [at(j, i), isEven(i)],
  half: (i, j) => [at(i, j), !isEven(i + j)],
  right: (i, j) => [at(j, i), isEven(j)],
  upsideDown: (i, j) => [at(i, j), isEven(i)],
  mirrored: (i, j) => [at(i, j), isEven(j)],
  transposed: (i, j) => [at(j, i), false],
  antitransposed: (i, j) => [at(j, i), !isEven(i + j)],
};

/** A bit for each coefficient above the middle one, the lower of the two middle ones. */
function bitsOf(coefficients: Float32Array, map: TurnMap): { bits: Fingerprint; undecided: number } {
  const own = new Float32Array(FINGERPRINT_BITS);
  for (let i = 0; i < KEPT; i += 1)
    for (let j = 0; j < KEPT; j += 1) {
      const [from, negative] = map(i, j);
      const value = coefficients[from] ?? 0;
      own[at(i, j)] = negative ? -value : value;
    }
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
