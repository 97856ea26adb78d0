import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { meanwhile } from '../../src/isolation/meanwhile.js';

it('does its work once: in a while, or when it is asked for before', async () => {
  const done: string[] = [];
  meanwhile(() => done.push('in a while'));
  const endMeanwhile = meanwhile(() => done.push('asked for'));
  expect(done).toEqual([]);
  endMeanwhile();
  expect(done).toEqual(['asked for']);
  await expect.poll(() => done).toEqual(['asked for', 'in a while']);
  endMeanwhile();
  await delay(20);
  expect(done).toEqual(['asked for', 'in a while']);
});
