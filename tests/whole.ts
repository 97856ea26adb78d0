/**
 * Long sweeps over all there is: every kind of them runs in `npm test`, over a share that is the same each time;
 * `.ci/run` asks for the whole.
 */
export const WHOLE = process.env['ASSAY_TEST_WHOLE'] === '1';

/** One of so many, or all. */
export function share<T>(all: readonly T[], oneIn: number): T[] {
  return WHOLE ? [...all] : all.filter((_one, at) => at % oneIn === 0);
}
