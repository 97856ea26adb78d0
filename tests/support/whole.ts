/**
 * Long sweeps run over a share of their input. `ASSAY_TEST_TURN` selects the share: `.ci/run` passes the number of
 * commits, so that a few commits cover everything. `ASSAY_TEST_WHOLE=1` runs the whole at once.
 */
export const WHOLE = process.env['ASSAY_TEST_WHOLE'] === '1';

const TURN = Number(process.env['ASSAY_TEST_TURN'] ?? 0) || 0;

/** Returns one of `oneIn` entries, or all; never none. */
export function share<T>(all: readonly T[], oneIn: number): T[] {
  if (WHOLE) return [...all];
  const among = Math.min(oneIn, all.length);
  return all.filter((_one, at) => at % among === TURN % among);
}
