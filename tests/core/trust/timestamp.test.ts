import { beforeAll, describe, expect, it } from 'vitest';
import { readTimestamp } from '../../../src/core/trust/timestamp.js';
import { type Issued, issue, STAMPING, timestampToken } from './ca.js';

const AT = '2025-03-01T12:00:00.000Z';
const COVERED = Buffer.from('the bytes of a claim signature');

let root: Issued;
let authority: Issued;

beforeAll(async () => {
  root = await issue({ name: 'Stamp Root', ca: true });
  authority = await issue({ name: 'Stamps', issuer: root, purposes: [STAMPING] });
});

async function read(
  wish: Partial<Parameters<typeof timestampToken>[0]>,
  covered: Buffer | undefined = COVERED,
) {
  const token = await timestampToken({ authority, covered: COVERED, at: AT, ...wish });
  return readTimestamp({ header: 'sigTst2', token, ...(covered ? { covered: [covered] } : {}) });
}

describe('a timestamp', () => {
  it('gives its time, its authority and that it covers these bytes', async () => {
    const answer = await read({ along: [root] });
    expect(answer).toMatchObject({
      timestamp: {
        genTime: new Date(AT),
        imprint: 'matches',
        imprintAlgorithm: 'sha256',
        signature: 'holds',
      },
    });
    if (!('timestamp' in answer)) throw new Error('no timestamp');
    expect(answer.timestamp.authority?.sha256).toBe(authority.certificate.sha256);
    expect(answer.timestamp.certificates).toHaveLength(2);
  });

  it('is read the same with the status of the authority’s answer before it', async () => {
    expect(await read({ asResponse: true })).toMatchObject({
      timestamp: { imprint: 'matches', signature: 'holds' },
    });
  });

  it('of other bytes differs', async () => {
    expect(await read({ covered: Buffer.from('another signature') })).toMatchObject({
      timestamp: { imprint: 'differs', signature: 'holds' },
    });
  });

  it('says that it could not compare where the covered bytes are not known', async () => {
    const token = await timestampToken({ authority, covered: COVERED, at: AT });
    expect(readTimestamp({ header: 'sigTst', token })).toMatchObject({
      timestamp: { imprint: 'cannot-check' },
    });
  });

  it('changed after it was signed does not hold', async () => {
    expect(await read({ tamper: true })).toMatchObject({ timestamp: { signature: 'does-not-hold' } });
  });

  it('whose signed attributes name another certificate does not hold', async () => {
    expect(await read({ namedCertificate: root })).toMatchObject({
      timestamp: { signature: 'does-not-hold' },
    });
  });

  it('cut anywhere is a fault, never an error', async () => {
    const token = await timestampToken({ authority, covered: COVERED, at: AT });
    for (let length = 0; length < token.length; length += 7) {
      const answer = readTimestamp({
        header: 'sigTst2',
        token: token.subarray(0, length),
        covered: [COVERED],
      });
      expect('fault' in answer && answer.fault.code).toMatch(/^timestamp\./);
    }
  });

  it('with any byte flipped is a fault, does not hold, or covers other bytes', async () => {
    const token = await timestampToken({ authority, covered: COVERED, at: AT });
    const sound = readTimestamp({ header: 'sigTst2', token, covered: [COVERED] });
    for (let at = 0; at < token.length; at += 3) {
      const bytes = Buffer.from(token);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x55, at);
      const answer = readTimestamp({ header: 'sigTst2', token: bytes, covered: [COVERED] });
      if ('fault' in answer) continue;
      // Unsigned fields may change: version numbers, the list of digests. The time may not.
      if (answer.timestamp.signature === 'holds') expect(answer.timestamp.genTime).toEqual(new Date(AT));
    }
    expect(sound).toMatchObject({ timestamp: { signature: 'holds' } });
  });

  it('nested without end is refused at once', () => {
    const deep = Buffer.alloc(200_000, 0x30);
    for (let at = 1; at < deep.length; at += 2) deep[at] = 0x80;
    const before = performance.now();
    expect(readTimestamp({ header: 'sigTst2', token: deep })).toMatchObject({
      fault: { code: 'timestamp.malformed' },
    });
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
