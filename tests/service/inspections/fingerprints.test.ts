import { expect, it } from 'vitest';
import type { Fingerprints } from '../../../src/matching/fingerprint.js';
import {
  makeFingerprints,
  makePicturesAndFingerprints,
} from '../../../src/service/inspections/fingerprints.js';

/** The fake maker accepts jobs up to its capacity. */
function makerOf(waiting: number) {
  const asked: string[] = [];
  const fingerprint: Fingerprints = { made: [], missing: [] };
  const maker = {
    waiting,
    make: async () => {
      asked.push('both');
      return { made: [], missing: [], fingerprint };
    },
    fingerprint: async () => {
      asked.push('fingerprint');
      return fingerprint;
    },
  };
  return { maker, asked };
}

async function both(waiting: number) {
  const { maker, asked } = makerOf(waiting);
  const { pictures, fingerprints } = await makePicturesAndFingerprints({ path: 'a.jpg' }, 'picture', maker);
  return { asked, missing: [...pictures.missing, ...fingerprints.missing].map(({ code }) => code) };
}

it('files that many wait before go without small pictures first, and later without what they look like', async () => {
  expect(await both(63)).toEqual({ asked: ['both'], missing: [] });
  expect(await both(64)).toEqual({ asked: ['fingerprint'], missing: ['pictures.busy'] });
  expect(await both(256)).toEqual({ asked: [], missing: ['pictures.busy', 'fingerprint.busy'] });
});

it('a video or a sound is done without where as many wait as wait for pictures', async () => {
  for (const kind of ['video', 'sound'] as const) {
    const { maker, asked } = makerOf(64);
    expect(await makeFingerprints({ path: 'a' }, kind, maker)).toEqual({
      made: [],
      missing: [{ kind, code: 'fingerprint.busy' }],
    });
    expect(asked).toEqual([]);
  }
});
