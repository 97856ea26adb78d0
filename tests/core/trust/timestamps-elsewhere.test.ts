import { beforeAll, describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import type { TimestampsElsewhere } from '../../../src/core/trust/external-timestamps.js';
import {
  bytesCoveredElsewhere,
  type ClaimSignature,
  readClaimSignature,
} from '../../../src/core/trust/formats/cose.js';
import { judgeSigner } from '../../../src/core/trust/judge-signer.js';
import type { TrustList, TrustMaterial } from '../../../src/core/trust/lists/material.js';
import { EMAIL, type Issued, issue, STAMPING, timestampToken } from './ca.js';
import { CLAIM, sign1, tstTokens } from './store.js';

const TODAY = '2026-06-01';
const IN_TERM = '2025-06-01T08:00:00Z';
const PLACE = 'self#jumbf=/c2pa/later/c2pa.assertions/c2pa.time-stamp';
const UNREAD = fault('timestamp.assertion');

let root: Issued;
let expired: Issued;
let stampRoot: Issued;
let stamps: Issued;
let otherStamps: Issued;

beforeAll(async () => {
  root = await issue({ name: 'Root', ca: true });
  expired = await issue({
    name: 'Expired Signer',
    issuer: root,
    purposes: [EMAIL],
    from: '2025-01-01T00:00:00Z',
    until: '2026-01-01T00:00:00Z',
  });
  stampRoot = await issue({ name: 'Stamp Root', ca: true });
  stamps = await issue({ name: 'Stamps', issuer: stampRoot, purposes: [STAMPING] });
  otherStamps = await issue({ name: 'Other Stamps', purposes: [STAMPING] });
});

const list = (purpose: TrustList['purpose'], anchors: Issued[]): TrustList => ({
  kind: 'official',
  purpose,
  name: purpose === 'signer' ? 'c2pa' : 'c2paTsa',
  anchors: anchors.map((i) => i.certificate),
  allowed: new Set(),
});
const material = (...lists: TrustList[]): TrustMaterial => ({ lists, faults: [] });
const both = () => material(list('signer', [root]), list('authority', [stampRoot]));

function signature(unprotected: [string, unknown][] = [], value?: Buffer): ClaimSignature {
  const parts = { chain: [expired.der], unprotected, ...(value ? { signature: value } : {}) };
  const answer = readClaimSignature(sign1(parts), CLAIM);
  if (!('signature' in answer)) throw new Error(answer.fault.code);
  return answer.signature;
}

/** Creates the assertion of a later manifest: a token over one of the forms, counted from the signature itself. */
async function kept(
  of: ClaimSignature,
  { form = 0, at = IN_TERM, authority = stamps }: { form?: number; at?: string; authority?: Issued } = {},
) {
  const covered = bytesCoveredElsewhere(of)[form];
  if (!covered) throw new Error('no such form');
  return { token: await timestampToken({ authority, covered, at }), manifest: 'later', locator: PLACE };
}

function judge(of: ClaimSignature, elsewhere: TimestampsElsewhere, trust = both(), asOf = TODAY) {
  const answer = judgeSigner(of, trust, { asOf, elsewhere });
  if (!('judgement' in answer)) throw new Error(answer.fault.code);
  return answer.judgement;
}

describe('a timestamp that another manifest keeps', () => {
  it.each([
    ['the signature', 0],
    ['its structure, the signature as it is', 1],
    ['its structure, the signature as CBOR', 2],
    ['the box of the signature', 3],
  ])('over %s proves that an expired credential was used in time', async (_what, form) => {
    const of = signature();
    expect(judge(of, { tokens: [await kept(of, { form })] })).toMatchObject({
      validity: 'inside',
      trust: 'official',
      provenTime: new Date(IN_TERM),
      timestamp: {
        state: 'sound',
        authorityTrust: 'official',
        keptIn: { manifest: 'later', locator: PLACE },
      },
    });
  });

  it('over another signature proves nothing', async () => {
    const token = await kept(signature([], Buffer.alloc(64, 9)));
    const judgement = judge(signature(), { tokens: [token] });
    expect(judgement).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { state: 'unsound', reason: { code: 'timestamp.mismatch' }, authorityTrust: 'not-checked' },
    });
    expect(judgement.provenTime).toBeUndefined();
  });

  it('that is no token, or of an authority on no list, proves nothing', async () => {
    const of = signature();
    const rubbish = { token: Buffer.from('3003020101', 'hex'), manifest: 'later', locator: PLACE };
    expect(judge(of, { tokens: [rubbish] })).toMatchObject({ validity: 'expired-without-timestamp' });
    const unlisted = judge(of, { tokens: [await kept(of, { authority: otherStamps })] });
    expect(unlisted).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { state: 'sound', authorityTrust: 'unlisted' },
    });
    expect(unlisted.provenTime).toBeUndefined();
  });

  it('is never proven by a list of signers', async () => {
    const of = signature();
    const trust = material(list('signer', [root, stampRoot]), list('authority', [root]));
    expect(judge(of, { tokens: [await kept(of)] }, trust)).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { authorityTrust: 'unlisted' },
    });
  });

  it('leaves it open where no list of authorities is installed', async () => {
    const of = signature();
    const judgement = judge(of, { tokens: [await kept(of)] }, material(list('signer', [root])));
    expect(judgement).toMatchObject({ validity: 'unknown', timestamp: { authorityTrust: 'not-checked' } });
  });

  it('from after the term shows no use in time, nor use out of it', async () => {
    const of = signature();
    const tokens = [await kept(of, { at: '2026-03-01T00:00:00Z' })];
    const late = judge(of, { tokens });
    expect(late).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { state: 'late', reason: { code: 'timestamp.late' } },
    });
    expect([late.provenTime, late.timestamp?.time]).toEqual([undefined, undefined]);
    expect(judge(of, { tokens }, both(), '2025-07-01').validity).toBe('inside');
  });

  it('from before the term speaks against it', async () => {
    const of = signature();
    const judgement = judge(of, { tokens: [await kept(of, { at: '2024-06-01T00:00:00Z' })] });
    expect(judgement.validity).toBe('outside');
  });

  it('counts at its earliest, whatever stands beside it and in whatever order', async () => {
    const of = signature();
    const tokens = [
      await kept(signature([], Buffer.alloc(64, 9))),
      await kept(of, { at: '2026-03-01T00:00:00Z' }),
      await kept(of, { at: '2025-09-01T00:00:00Z' }),
      await kept(of, { at: '2025-08-01T00:00:00Z', authority: otherStamps }),
      await kept(of),
    ];
    for (const order of [tokens, [...tokens].reverse()]) {
      expect(judge(of, { tokens: order }).provenTime).toEqual(new Date(IN_TERM));
    }
  });

  it('yields to the signature’s own where that is proven, and helps where it is not', async () => {
    const [, , covered] = bytesCoveredElsewhere(signature());
    if (!covered) throw new Error('no covered bytes');
    const at = '2025-05-01T00:00:00Z';
    const own = async (authority: Issued) =>
      signature([['sigTst2', tstTokens(await timestampToken({ authority, covered, at }))]]);
    const proven = await own(stamps);
    expect(judge(proven, { tokens: [await kept(proven)], unread: UNREAD }).provenTime).toEqual(new Date(at));
    const unproven = await own(otherStamps);
    const judgement = judge(unproven, { tokens: [await kept(unproven)] });
    expect(judgement).toMatchObject({
      provenTime: new Date(IN_TERM),
      timestamp: { keptIn: { manifest: 'later' } },
    });
  });

  it('that may be there and was not read leaves an expired credential open, and no other', async () => {
    const of = signature();
    const timestamp = { state: 'unread', reason: UNREAD };
    expect(judge(of, { tokens: [], unread: UNREAD })).toMatchObject({ validity: 'unknown', timestamp });
    expect(judge(of, { tokens: [], unread: UNREAD }, both(), '2025-06-01')).toMatchObject({
      validity: 'inside',
      timestamp,
    });
    expect(judge(of, { tokens: [await kept(of)], unread: UNREAD }).validity).toBe('inside');
  });
});
