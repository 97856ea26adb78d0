/**
 * Long sweeps over all there is: every kind of them runs over a share. Which one, `ASSAY_TEST_TURN` says: `.ci/run` gives the
 * number of commits, so that a few commits have gone over all. `ASSAY_TEST_WHOLE=1` asks for the whole at once.
 */
export const WHOLE = process.env['ASSAY_TEST_WHOLE'] === '1';

const TURN = Number(process.env['ASSAY_TEST_TURN'] ?? 0) || 0;

/** One of so many, or all. Never none. */
export function share<T>(all: readonly T[], oneIn: number): T[] {
  if (WHOLE) return [...all];
  const among = Math.min(oneIn, all.length);
  return all.filter((_one, at) => at % among === TURN % among);
}
