/**
 * Returns the milliseconds of processor time that `work` takes in this process, independent of the machine's load.
 * Waiting costs nothing, so this bounds work and not waiting.
 */
export async function processorMillis(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Bound for quadratic behavior: code that starts over for each byte of a hostile file takes minutes. The bound is far
 * below that, and far above the time of a pass on a busy core, so that seconds added by a slow machine are no failure.
 */
export const SOON_MILLIS = 20_000;
