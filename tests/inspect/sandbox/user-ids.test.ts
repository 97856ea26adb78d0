import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => void vi.restoreAllMocks());

/** Returns the user ids that a starting program of `user` takes for this random value. */
async function numbers(user: number, chance: number): Promise<(number | undefined)[]> {
  vi.spyOn(process, 'getuid').mockReturnValue(user);
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  vi.resetModules();
  const { takeUserNumber: ownUserNumber } = await import('../../../src/inspect/sandbox/user-ids.js');
  return Array.from({ length: 50 }, () => ownUserNumber());
}

it('no two readers of root have one user number, of whatever program they are', async () => {
  const all: unknown[] = [];
  // The last value wraps around to the first number.
  for (const chance of [0.1, 0.5, 0.999999]) all.push(...(await numbers(0, chance)));
  expect(new Set(all).size).toBe(150);
  for (const one of all) expect(one).toBeGreaterThan(60_000);
});

it('whoever is not root becomes nobody else', async () => {
  expect(new Set(await numbers(1_000, 0.5))).toEqual(new Set([undefined]));
});
