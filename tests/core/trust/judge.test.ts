import { beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../../src/core/trust/certificate.js';
import { type ClaimSignature, readClaimSignature } from '../../../src/core/trust/formats/cose.js';
import { judgeSigner } from '../../../src/core/trust/judge-signer.js';
import type { TrustFault, TrustList, TrustMaterial } from '../../../src/core/trust/lists/material.js';
import { LIST_NAMES, type ListKind, type ListPurpose } from '../../../src/core/trust/lists/trust-files.js';
import { EMAIL, type Issued, issue, ocspAnswer, STAMPING, timestampToken } from './ca.js';
import { CLAIM, sign1, tstTokens } from './store.js';

const TODAY = '2026-06-01';

let root: Issued;
let middle: Issued;
let signer: Issued;
let expired: Issued;
let stampRoot: Issued;
let stamps: Issued;

beforeAll(async () => {
  root = await issue({ name: 'Root', ca: true });
  middle = await issue({ name: 'Middle', issuer: root, ca: true });
  signer = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
  expired = await issue({
    name: 'Expired Signer',
    issuer: middle,
    purposes: [EMAIL],
    from: '2025-01-01T00:00:00Z',
    until: '2026-01-01T00:00:00Z',
  });
  stampRoot = await issue({ name: 'Stamp Root', ca: true });
  stamps = await issue({ name: 'Stamps', issuer: stampRoot, purposes: [STAMPING] });
});

const list = (
  kind: ListKind,
  purpose: ListPurpose,
  anchors: Issued[],
  allowed: Issued[] = [],
): TrustList => ({
  kind,
  purpose,
  name: LIST_NAMES[purpose][kind],
  date: '2026-05-01',
  anchors: anchors.map((i): Certificate => i.certificate),
  allowed: new Set(allowed.map((i) => i.certificate.sha256)),
});

const material = (lists: TrustList[], faults: TrustFault[] = []): TrustMaterial => ({
  lists,
  faults,
});

function signature(chain: Issued[], unprotected: [string, unknown][] = []): ClaimSignature {
  const answer = readClaimSignature(sign1({ chain: chain.map((i) => i.der), unprotected }), CLAIM);
  if (!('signature' in answer)) throw new Error(answer.fault.code);
  return answer.signature;
}

/** The covered bytes do not depend on the token: they are read from the signature without one. */
async function stamped(
  chain: Issued[],
  at: string,
  header: 'sigTst' | 'sigTst2' = 'sigTst2',
  authority = stamps,
) {
  const bare = signature(chain, [[header, tstTokens(Buffer.from([0]))]]);
  const covered = bare.timestamps[0]?.covered?.[0];
  if (!covered) throw new Error('no covered bytes');
  const token = await timestampToken({ authority, covered, at });
  return signature(chain, [[header, tstTokens(token)]]);
}

function judge(of: ClaimSignature, trust: TrustMaterial, asOf = TODAY) {
  const answer = judgeSigner(of, trust, { asOf: asOf });
  if (!('judgement' in answer)) throw new Error(answer.fault.code);
  return answer.judgement;
}

describe('whom a signer is listed by', () => {
  it('is the official list before the interim before private anchors', () => {
    const all = (['private', 'interim', 'official'] as const).map((kind) => list(kind, 'signer', [root]));
    const ordered = [...all].reverse();
    const of = signature([signer, middle]);
    expect(judge(of, material(ordered))).toMatchObject({
      trust: 'official',
      list: { name: 'c2pa', date: '2026-05-01' },
      through: 'anchor',
    });
    expect(judge(of, material(ordered.slice(1))).trust).toBe('interim');
    expect(judge(of, material(ordered.slice(2))).trust).toBe('private');
  });

  it('is nobody where the lists hold other issuers', async () => {
    const other = await issue({ name: 'Other', ca: true });
    expect(judge(signature([signer, middle]), material([list('official', 'signer', [other])]))).toMatchObject(
      {
        trust: 'unlisted',
        reason: { code: 'chain.noIssuer' },
      },
    );
  });

  it('is never a list of timestamp authorities, though the chain leads there', () => {
    const of = signature([signer, middle]);
    const stampers = list('official', 'authority', [root, middle]);
    expect(judge(of, material([stampers, list('official', 'signer', [stampRoot])])).trust).toBe('unlisted');
    expect(judge(of, material([stampers]))).toMatchObject({
      trust: 'not-checked',
      reason: { code: 'trust.noList' },
    });
  });

  it('is not a signer list for an authority’s own certificate', () => {
    const of = signature([stamps, stampRoot]);
    expect(judge(of, material([list('official', 'signer', [stampRoot])]))).toMatchObject({
      trust: 'unlisted',
      reason: { code: 'certificate.purpose' },
    });
  });

  it('is the list that holds the certificate itself, with no chain at all', () => {
    expect(judge(signature([expired]), material([list('interim', 'signer', [], [expired])]))).toMatchObject({
      trust: 'interim',
      through: 'allowed',
      validity: 'expired-without-timestamp',
    });
    expect(judge(signature([signer]), material([list('interim', 'signer', [], [expired])])).trust).toBe(
      'unlisted',
    );
  });

  it('was not checked where no list is installed', () => {
    expect(judge(signature([signer, middle]), material([]))).toMatchObject({
      trust: 'not-checked',
      validity: 'inside',
      certificate: {
        subject: { commonName: 'Signer', organisation: 'Test Organisation' },
        issuer: { commonName: 'Middle' },
      },
    });
  });

  it('is not "nobody" where a list file is broken, and is still another list that has it', () => {
    const broken: TrustFault = {
      file: 'C2PA-TRUST-LIST.pem',
      code: 'trust.truncated',
      affects: ['signer'],
    };
    const of = signature([signer, middle]);
    expect(judge(of, material([list('interim', 'signer', [stampRoot])], [broken]))).toMatchObject({
      trust: 'not-checked',
      reason: { code: 'trust.listBroken' },
    });
    expect(judge(of, material([list('interim', 'signer', [root])], [broken])).trust).toBe('interim');
  });
});

describe('when a certificate counts', () => {
  const lists = () =>
    material([list('interim', 'signer', [root]), list('interim', 'authority', [stampRoot])]);

  it('on the day asked for, where no time is proven', () => {
    const of = signature([expired, middle]);
    expect(judge(of, lists(), '2025-06-01')).toMatchObject({ trust: 'interim', validity: 'inside' });
    expect(judge(of, lists(), '2026-06-01')).toMatchObject({
      trust: 'interim',
      validity: 'expired-without-timestamp',
    });
    expect(judge(of, lists(), '2024-12-30')).toMatchObject({ trust: 'interim', validity: 'not-yet-valid' });
  });

  it.each(['sigTst', 'sigTst2'] as const)(
    'at the time that a listed authority proves (%s)',
    async (header) => {
      const judgement = judge(await stamped([expired, middle], '2025-06-01T08:00:00Z', header), lists());
      expect(judgement).toMatchObject({
        trust: 'interim',
        validity: 'inside',
        provenTime: new Date('2025-06-01T08:00:00Z'),
        timestamp: { state: 'sound', authorityTrust: 'interim', authority: { commonName: 'Stamps' } },
      });
    },
  );

  it('is outside where the proven time is, and stays on its list', async () => {
    const late = judge(await stamped([expired, middle], '2026-02-01T08:00:00Z'), lists());
    expect(late).toMatchObject({ trust: 'interim', validity: 'outside' });
  });

  it('is not proven by an authority that is on no list, nor by a signer list', async () => {
    const of = await stamped([expired, middle], '2025-06-01T08:00:00Z');
    const signersOnly = list('interim', 'signer', [root, stampRoot]);
    const elsewhere = material([signersOnly, list('official', 'authority', [root])]);
    const judgement = judge(of, elsewhere);
    expect(judgement).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { state: 'sound', authorityTrust: 'unlisted' },
    });
    expect(judgement.provenTime).toBeUndefined();
  });

  it('is unknown where an expired credential’s timestamp could not be looked up', async () => {
    const of = await stamped([expired, middle], '2025-06-01T08:00:00Z');
    expect(judge(of, material([list('interim', 'signer', [root])]))).toMatchObject({
      trust: 'interim',
      validity: 'unknown',
      timestamp: { authorityTrust: 'not-checked' },
    });
  });

  it('is not proven by another signature’s timestamp', async () => {
    const of = await stamped([signer, middle], '2025-06-01T08:00:00Z');
    const token = of.timestamps[0]?.token;
    if (!token) throw new Error('no token');
    const transplanted = signature([expired, middle], [['sigTst2', tstTokens(token)]]);
    expect(judge(transplanted, lists())).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { state: 'unsound', reason: { code: 'timestamp.mismatch' }, authorityTrust: 'not-checked' },
    });
  });

  it('is judged with an authority that was valid when it stamped, though no longer today', async () => {
    const brief = await issue({
      name: 'Brief',
      issuer: stampRoot,
      purposes: [STAMPING],
      from: '2025-01-01T00:00:00Z',
      until: '2025-12-01T00:00:00Z',
    });
    const inTime = await stamped([expired, middle], '2025-06-01T08:00:00Z', 'sigTst2', brief);
    expect(judge(inTime, lists()).validity).toBe('inside');
    const tooLate = await stamped([expired, middle], '2025-12-15T08:00:00Z', 'sigTst2', brief);
    expect(judge(tooLate, lists())).toMatchObject({
      validity: 'expired-without-timestamp',
      timestamp: { authorityTrust: 'unlisted', reason: { code: 'certificate.validity' } },
    });
  });
});

describe('stapled answers on revocation', () => {
  const lists = () => material([list('official', 'signer', [root])]);
  const judged = async (wish: Partial<Parameters<typeof ocspAnswer>[0]>) => {
    const answer = await ocspAnswer({
      subject: signer,
      issuer: middle,
      responder: middle,
      status: 'good',
      thisUpdate: '2026-06-01T00:00:00Z',
      nextUpdate: '2026-06-08T00:00:00Z',
      ...wish,
    });
    return judge(signature([signer, middle], [['rVals', new Map([['ocspVals', [answer]]])]]), lists())
      .revocation;
  };

  it('count where they hold and cover the time', async () => {
    expect(await judged({})).toMatchObject({
      revocation: 'good',
      answer: { signature: 'holds', status: 'good' },
    });
    expect(await judged({ status: 'revoked', revokedAt: '2026-05-01T00:00:00Z' })).toMatchObject({
      revocation: 'revoked',
    });
  });

  it('count from a responder that the issuer appointed, and from no other', async () => {
    const appointed = await issue({ name: 'Responder', issuer: middle, purposes: ['1.3.6.1.5.5.7.3.9'] });
    expect(await judged({ responder: appointed })).toMatchObject({
      revocation: 'good',
      answer: { responder: { commonName: 'Responder' } },
    });
    const selfMade = await issue({ name: 'Responder', purposes: ['1.3.6.1.5.5.7.3.9'] });
    expect(await judged({ responder: selfMade })).toMatchObject({
      revocation: 'not-checked',
      answer: { signature: 'does-not-hold' },
    });
    const mere = await issue({ name: 'Mere', issuer: middle, purposes: [EMAIL] });
    expect(await judged({ responder: mere })).toMatchObject({ revocation: 'not-checked' });
  });

  it('count up to the end that they name, and for a day where they name none', async () => {
    const answered = (thisUpdate: string, nextUpdate?: string) =>
      judged({ thisUpdate, nextUpdate: nextUpdate ?? '' });
    expect(await answered('2026-05-27T00:00:00Z', '2026-06-03T00:00:00Z')).toMatchObject({
      revocation: 'good',
      answer: { nextUpdate: new Date('2026-06-03T00:00:00Z') },
    });
    expect(await answered('2026-05-27T00:00:00Z')).toMatchObject({ revocation: 'not-checked' });
    expect(await answered('2026-06-01T00:00:00Z')).toMatchObject({ revocation: 'good' });
  });

  it('leave it unchecked where they are too old, of another certificate, or not there', async () => {
    expect(
      await judged({ thisUpdate: '2026-01-01T00:00:00Z', nextUpdate: '2026-01-08T00:00:00Z' }),
    ).toMatchObject({ revocation: 'not-checked' });
    const other = await judged({ subject: expired });
    expect(other).toEqual({ revocation: 'not-checked' });
    expect(judge(signature([signer, middle]), lists()).revocation).toEqual({ revocation: 'not-checked' });
  });
});

describe('a hostile certificate', () => {
  it('is refused or listed as before, never an error, and never listed for another', async () => {
    const lists = material([list('official', 'signer', [root])]);
    for (let at = 0; at < signer.der.length; at += 2) {
      const der = Buffer.from(signer.der);
      der.writeUInt8(der.readUInt8(at) ^ 0x41, at);
      const answer = readClaimSignature(sign1({ chain: [der, middle.der] }), CLAIM);
      if (!('signature' in answer)) throw new Error(answer.fault.code);
      const judged = judgeSigner(answer.signature, lists, { asOf: TODAY });
      if ('judgement' in judged) expect(judged.judgement.trust).not.toBe('official');
    }
  });

  it('nested without end or made of zeros is refused at once', () => {
    const before = performance.now();
    for (const byte of [0x30, 0x24, 0xa0, 0x00]) {
      const der = Buffer.alloc(60_000, byte);
      const answer = readClaimSignature(sign1({ chain: [der] }), CLAIM);
      if (!('signature' in answer)) throw new Error(answer.fault.code);
      expect(judgeSigner(answer.signature, material([]), { asOf: TODAY })).toMatchObject({
        fault: { code: 'certificate.malformed' },
      });
    }
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
