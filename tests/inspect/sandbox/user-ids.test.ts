import { afterEach, expect, it, vi } from 'vitest';

const asRoot = process.getuid?.() === 0;
afterEach(() => void vi.restoreAllMocks());

/** Returns the user ids of a starting program for this random value. */
async function numbers(chance: number): Promise<(number | undefined)[]> {
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  vi.resetModules();
  const { takeUserNumber: ownUserNumber } = await import('../../../src/inspect/sandbox/user-ids.js');
  return Array.from({ length: 50 }, () => ownUserNumber());
}

it.runIf(asRoot)('no two readers have one user number, of whatever program they are', async () => {
  const all: unknown[] = [];
  // The last value wraps around to the first number.
  for (const chance of [0.1, 0.5, 0.999999]) all.push(...(await numbers(chance)));
  expect(new Set(all).size).toBe(150);
  for (const one of all) expect(one).toBeGreaterThan(60_000);
});

it.runIf(!asRoot)('whoever is not root becomes nobody else', async () => {
  expect(new Set(await numbers(0.5))).toEqual(new Set([undefined]));
});
