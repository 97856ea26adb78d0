import { expect, it } from 'vitest';
import type { Likenesses } from '../../src/core/likeness/likeness.js';
import { makeBoth, makeLikeness } from '../../src/worker/likenesses.js';

/** Whoever makes them is asked for what it has time for. */
function makerOf(waiting: number) {
  const asked: string[] = [];
  const likeness: Likenesses = { made: [], missing: [] };
  const maker = {
    waiting,
    make: async () => {
      asked.push('both');
      return { made: [], missing: [], likeness };
    },
    likeness: async () => {
      asked.push('likeness');
      return likeness;
    },
  };
  return { maker, asked };
}

async function both(waiting: number) {
  const { maker, asked } = makerOf(waiting);
  const { pictures, likenesses } = await makeBoth({ path: 'a.jpg' }, 'picture', maker);
  return { asked, missing: [...pictures.missing, ...likenesses.missing].map(({ code }) => code) };
}

it('files that many wait before go without small pictures first, and later without what they look like', async () => {
  expect(await both(63)).toEqual({ asked: ['both'], missing: [] });
  expect(await both(64)).toEqual({ asked: ['likeness'], missing: ['pictures.busy'] });
  expect(await both(256)).toEqual({ asked: [], missing: ['pictures.busy', 'likeness.tooMany'] });
});

it('a video or a sound is done without where as many wait as wait for pictures', async () => {
  for (const kind of ['video', 'sound'] as const) {
    const { maker, asked } = makerOf(64);
    expect(await makeLikeness({ path: 'a' }, kind, maker)).toEqual({
      made: [],
      missing: [{ kind, code: 'likeness.tooMany' }],
    });
    expect(asked).toEqual([]);
  }
});
