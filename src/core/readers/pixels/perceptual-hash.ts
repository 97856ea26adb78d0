/** Grey samples in row order. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Area of a picture in its own pixels, including fractions. */
export interface HashArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Side of the transformed square, and of its low frequencies that form the hash. */
const SIDE = 32;
const LOW = 8;
export const HASH_BITS = LOW * LOW;

/**
 * Computes a DCT hash: which of the 8x8 lowest frequencies exceed their median. A scaled copy of the picture keeps most
 * bits.
 */
export function computePerceptualHash(grey: Grey, area: HashArea): Uint8Array {
  const square = scaleToSquare(grey, area);
  const lows: number[] = [];
  for (let v = 0; v < LOW; v++) for (let u = 0; u < LOW; u++) lows.push(coefficient(square, u, v));
  // Excludes the first coefficient, the mean brightness, which would always exceed the median.
  const sorted = lows.slice(1).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Uint8Array.from(lows, (value) => (value > median ? 1 : 0));
}

export function countDifferingBits(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, bit, i) => sum + (bit === b[i] ? 0 : 1), 0);
}

/** Rotates by a quarter turn clockwise. */
export function rotateQuarter({ width, height, data }: Grey): Grey {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + (height - 1 - y)] = data[y * width + x] ?? 0;
  }
  return { width: height, height: width, data: out };
}

export const wholeArea = ({ width, height }: Grey): HashArea => ({ left: 0, top: 0, width, height });

/** Returns the largest centred area with that aspect ratio, which excludes bars on opposite sides. */
export function centredArea({ width, height }: Grey, aspect: number): HashArea {
  const across = Math.min(width, height * aspect);
  const down = Math.min(height, width / aspect);
  return { left: (width - across) / 2, top: (height - down) / 2, width: across, height: down };
}

/** Returns the standard deviation of the brightness. In a nearly uniform picture, hash bits are noise. */
export function computeContrast({ data }: Grey): number {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
}

/** Scales the area by averaging the samples under each cell. */
function scaleToSquare(grey: Grey, area: HashArea): Float64Array {
  const square = new Float64Array(SIDE * SIDE);
  for (let v = 0; v < SIDE; v++) {
    const [top, bottom] = span(area.top, area.height, v, grey.height);
    for (let u = 0; u < SIDE; u++) {
      const [left, right] = span(area.left, area.width, u, grey.width);
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += grey.data[y * grey.width + x] ?? 0;
      }
      square[v * SIDE + u] = sum / ((bottom - top) * (right - left));
    }
  }
  return square;
}

/** Returns a span that is at least one sample wide. */
function span(start: number, length: number, cell: number, most: number): [number, number] {
  const from = Math.min(most - 1, Math.floor(start + (length * cell) / SIDE));
  return [from, Math.min(most, Math.max(from + 1, Math.floor(start + (length * (cell + 1)) / SIDE)))];
}

const COSINES = Float64Array.from({ length: LOW * SIDE }, (_, i) =>
  Math.cos((Math.PI / SIDE) * ((i % SIDE) + 0.5) * Math.floor(i / SIDE)),
);

function coefficient(square: Float64Array, u: number, v: number): number {
  let sum = 0;
  for (let y = 0; y < SIDE; y++) {
    const down = COSINES[v * SIDE + y] ?? 0;
    for (let x = 0; x < SIDE; x++) sum += (square[y * SIDE + x] ?? 0) * down * (COSINES[u * SIDE + x] ?? 0);
  }
  return sum;
}
