import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashAsReference, ORIENTATIONS } from '../../src/matching/pdq.js';
import { describeWith } from '../support/system-parts.js';
import { REAL, WHOLE } from './pdq-vectors.js';

/** Folder of the operator's copies of these files. The variable is not registered elsewhere. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

/**
 * Input that the reference got: neither rotated nor flattened, and reduced by integer arithmetic, so that every ffmpeg
 * gives the same.
 */
const REDUCED = {
  filter: 'scale=64:64:flags=area+accurate_rnd+bitexact,format=gray',
  width: 64,
  height: 64,
};
const quiet = ['-nostdin', '-v', 'error', '-noautorotate'];
const raw = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];

describeWith('ffmpeg', 'PDQ of real files', (ffmpeg) => {
  it.each([...REAL.map((one) => ({ ...REDUCED, ...one })), ...WHOLE])(
    '$file, $filter',
    ({ file, filter, width, height, sha256, quality, hashes }) => {
      const path = join(CORPUS, 'negatives', file);
      const points = execFileSync(ffmpeg, [...quiet, '-i', path, '-vf', filter, ...raw], {
        maxBuffer: 4 * 1024 ** 2,
      });
      const isSame = createHash('sha256').update(points).digest('hex') === sha256;

      const hashed = hashAsReference({ width, height, points: Float32Array.from(points) });

      const all = [hashed.hash, ...ORIENTATIONS.map((orientation) => hashed.byOrientation[orientation])].map(
        (bytes) => Buffer.from(bytes).toString('hex'),
      );
      // Another ffmpeg version may decode to slightly different pixels, which changes a few bits.
      if (isSame) expect({ all, quality: hashed.quality }).toEqual({ all: hashes, quality });
      else
        for (const [at, hash] of all.entries()) expect(apart(hash, hashes[at] ?? '')).toBeLessThanOrEqual(10);
    },
  );
});

const apart = (one: string, other: string): number =>
  (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
