import { randomBytes } from 'node:crypto';
import { drawn } from '../../../../fixtures/build/signing/actions.js';
import { BASES } from '../../../../fixtures/build/signing/bases.js';
import { sign } from '../../../../fixtures/build/signing/sign.js';

/** Above some 50 MB the WASM SDK reads by ranges. */
const MORE_BYTES = 64 * 1024 ** 2;

/**
 * Returns a signed file with a large part that players ignore and the hard binding covers.
 * @param {'mov' | 'wav' | 'png'} container
 */
export async function largeSigned(container) {
  const { bytes, mimeType } = BASES[container];
  const grown = GROW[container](await bytes());
  const { asset } = await sign({ bytes: grown, mimeType, title: container, actions: [drawn()] });
  return asset;
}

const filler = () => Buffer.concat(Array(MORE_BYTES / 1024 ** 2).fill(randomBytes(1024 ** 2)));

/** @type {Record<'mov' | 'wav' | 'png', (seed: Buffer) => Buffer>} */
const GROW = {
  mov(seed) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(MORE_BYTES + head.length);
    head.write('mdat', 4, 'latin1');
    return Buffer.concat([seed, head, filler()]);
  },
  wav(seed) {
    const head = Buffer.alloc(8);
    head.write('junk', 'latin1');
    head.writeUInt32LE(MORE_BYTES, 4);
    const whole = Buffer.concat([seed, head, filler()]);
    whole.writeUInt32LE(whole.length - 8, 4);
    return whole;
  },
  png(seed) {
    const end = seed.length - 12;
    const head = Buffer.alloc(8);
    head.writeUInt32BE(MORE_BYTES);
    head.write('prVt', 4, 'latin1');
    // Its checksum is wrong, and neither engine checks it.
    return Buffer.concat([seed.subarray(0, end), head, filler(), Buffer.alloc(4), seed.subarray(end)]);
  },
};
