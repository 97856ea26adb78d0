/**
 * Milliseconds of processor time that `work` takes of this process: how much is done, whatever else the machine does
 * meanwhile. What it waits for costs nothing, so it bounds work and not waiting.
 */
export async function processorMillis(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * What starts over for each byte of a hostile file takes minutes. The bound is far below that, and far above what a pass
 * takes on a core that does other work too: seconds that a slow machine adds are no finding.
 */
export const SOON_MILLIS = 20_000;
