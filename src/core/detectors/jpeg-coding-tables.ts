/**
 * The example quantisation tables of JPEG (ITU-T T.81 Annex K), which the Independent JPEG Group's library and most
 * encoders scale by a quality from 1 to 100.
 */

/** Table K.1 in row order. */
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
] as const;

/** Table K.2. */
const CHROMINANCE = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
] as const;

/** Figure A.6: table cell of the n-th coefficient in zigzag order. */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
] as const;

/**
 * Follows the library's jpeg_quality_scaling and jpeg_add_quant_table, with values limited to a byte as baseline
 * requires.
 */
function scaleTable(table: readonly number[], quality: number): number[] {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return ZIGZAG.map((cell) =>
    Math.min(255, Math.max(1, Math.floor(((table[cell] ?? 0) * scale + 50) / 100))),
  );
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

/** Returns the quality at which the standard tables equal these, value for value; `undefined` if there is none. */
export function findStandardQuality(
  luminance: readonly number[],
  chrominance: readonly number[] | undefined,
): number | undefined {
  const fitting = findQualities(luminance.join());
  if (chrominance === undefined) return fitting[0];
  return fitting.find((quality) => areEqual(chrominance, scaleTable(CHROMINANCE, quality)));
}

/** Returns the qualities that produce this luminance table, highest first. */
function findQualities(luminance: string): readonly number[] {
  if (byLuminance.size === 0) {
    for (let quality = 100; quality >= 1; quality--) {
      const table = scaleTable(LUMINANCE, quality).join();
      byLuminance.set(table, [...(byLuminance.get(table) ?? []), quality]);
    }
  }
  return byLuminance.get(luminance) ?? [];
}

/** Built once, because it is consulted for every JPEG. */
const byLuminance = new Map<string, readonly number[]>();
