import { expect, it, vi } from 'vitest';

const asRoot = process.getuid?.() === 0;

/** Of a program that starts now. */
async function numbers(many: number): Promise<(number | undefined)[]> {
  vi.resetModules();
  const { ownUserNumber } = await import('../../src/isolation/user-number.js');
  return Array.from({ length: many }, () => ownUserNumber());
}

it.runIf(asRoot)('no two readers have one user number, of whatever program they are', async () => {
  const all = [...(await numbers(50)), ...(await numbers(50)), ...(await numbers(50))];
  expect(new Set(all).size).toBe(150);
  for (const one of all) expect(one).toBeGreaterThan(60_000);
});

it.runIf(!asRoot)('whoever is not root becomes nobody else', async () => {
  expect(await numbers(1)).toEqual([undefined]);
});
