import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { defer } from '../../../src/inspect/files/deferred.js';

it('does its work once: in a while, or when it is asked for before', async () => {
  const done: string[] = [];
  defer(() => done.push('in a while'));
  const endMeanwhile = defer(() => done.push('asked for'));
  expect(done).toEqual([]);
  endMeanwhile();
  expect(done).toEqual(['asked for']);
  await expect.poll(() => done).toEqual(['asked for', 'in a while']);
  endMeanwhile();
  await delay(20);
  expect(done).toEqual(['asked for', 'in a while']);
});
