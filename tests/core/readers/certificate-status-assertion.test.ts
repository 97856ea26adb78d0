import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyStoreBytes } from '../../../src/core/credentials/verify-store.js';
import { readClaimFacts } from '../../../src/core/readers/c2pa/c2pa-claims.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { EMAIL, type Issued, issue, ocspAnswer } from '../trust/ca.js';
import { box, encode, sign1, store, superbox } from '../trust/store.js';

const LABEL = 'c2pa.certificate-status';
const TODAY = '2026-06-01';

let middle: Issued;
let signer: Issued;
let other: Issued;
let good: Buffer;
let revoked: Buffer;

beforeAll(async () => {
  const root = await issue({ name: 'Root', ca: true });
  middle = await issue({ name: 'Middle', issuer: root, ca: true });
  signer = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
  other = await issue({ name: 'Other', issuer: middle, purposes: [EMAIL] });
  good = await answer(signer, 'good');
  revoked = await answer(signer, 'revoked');
});

const answer = (subject: Issued, status: 'good' | 'revoked', responder = middle) =>
  ocspAnswer({
    subject,
    issuer: middle,
    responder,
    status,
    thisUpdate: '2026-05-30T00:00:00Z',
    nextUpdate: '2026-06-06T00:00:00Z',
  });

const CLAIM = superbox('c2cl', 'c2pa.claim.v2', box('cbor', encode({ created_assertions: [] })));
const kept = (data: unknown, label = LABEL) => superbox('cbor', label, box('cbor', encode(data)));
function manifest(label: string, of: Issued, assertions: Buffer[], stapled: Buffer[] = []): Buffer {
  const unprotected: [string, unknown][] =
    stapled.length > 0 ? [['rVals', new Map([['ocspVals', stapled]])]] : [];
  const signature = sign1({ chain: [of.der, middle.der], unprotected });
  return superbox(
    'c2ma',
    label,
    superbox('c2as', 'c2pa.assertions', ...assertions),
    CLAIM,
    superbox('c2cs', 'c2pa.signature', box('cbor', signature)),
  );
}

/** Returns whether each signer was revoked, by label. */
async function revocations(...manifests: Buffer[]): Promise<Record<string, string>> {
  const { signers } = await verifyStoreBytes({ bytes: store(...manifests) }, { asOf: TODAY });
  return Object.fromEntries(
    signers.map(({ label, answer: judged }) => [
      label,
      judged && 'judgement' in judged ? judged.judgement.revocation.revocation : 'unread',
    ]),
  );
}

describe('a certificate-status assertion', () => {
  it('tells of its own signer, in bytes and in text', async () => {
    expect(await revocations(manifest('m1', signer, [kept({ ocspVals: [revoked] })]))).toEqual({
      m1: 'revoked',
    });
    const text = good.toString('base64');
    expect(await revocations(manifest('m1', signer, [kept({ ocspVals: [text] })]))).toEqual({ m1: 'good' });
  });

  it('tells of the signers of other manifests, each of its own', async () => {
    const later = manifest('m2', other, [kept({ ocspVals: [revoked, await answer(other, 'good')] })]);
    expect(await revocations(manifest('m1', signer, []), later)).toEqual({ m1: 'revoked', m2: 'good' });
  });

  it('counts beside what is stapled: no “good” takes a revocation back', async () => {
    const both = manifest('m1', signer, [kept({ ocspVals: [revoked] }, `${LABEL}__1`)], [good]);
    expect(await revocations(both)).toEqual({ m1: 'revoked' });
  });

  it('is nothing where its answer is not the issuer’s or about another certificate', async () => {
    const selfMade = await issue({ name: 'Responder', purposes: ['1.3.6.1.5.5.7.3.9'] });
    const forged = await answer(signer, 'revoked', selfMade);
    const about = await answer(other, 'revoked');
    expect(await revocations(manifest('m1', signer, [kept({ ocspVals: [forged, about] })]))).toEqual({
      m1: 'not-checked',
    });
  });

  it.each([
    ['no map', ['x']],
    ['no list', { ocspVals: 7 }],
    ['numbers', { ocspVals: [1, [48, 0]] }],
    ['text that is no Base64', { ocspVals: ['*'] }],
    ['more bytes than an answer has', { ocspVals: [Buffer.alloc(trustLimits.ocspResponseBytes + 1)] }],
  ])('that holds %s leaves revocation unchecked and the claim whole', async (_what, data) => {
    const bytes = store(manifest('m1', signer, [kept(data)]));
    expect(readClaimFacts(bytes)).toMatchObject({ missing: [] });
    expect(await revocations(manifest('m1', signer, [kept(data)]))).toEqual({ m1: 'not-checked' });
  });

  it('keeps no more answers than are read', async () => {
    const crowd = Array.from({ length: trustLimits.ocspResponsesElsewhere }, () =>
      Buffer.from('3000', 'hex'),
    );
    expect(await revocations(manifest('m1', signer, [kept({ ocspVals: [...crowd, revoked] })]))).toEqual({
      m1: 'not-checked',
    });
    const same = Array.from({ length: trustLimits.ocspResponsesPerSignature + 4 }, () => good);
    const { answers } = readClaimFacts(store(manifest('m1', signer, [kept({ ocspVals: same })])));
    expect(answers.forSerial(signer.certificate.serial)).toHaveLength(trustLimits.ocspResponsesPerSignature);
  });

  it('of any bytes is no error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        const one = manifest('m1', signer, [kept({ ocspVals: [Buffer.from(random)] })]);
        expect(readClaimFacts(store(one)).missing).toEqual([]);
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});
