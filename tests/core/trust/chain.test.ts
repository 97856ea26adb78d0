import { beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../../../src/core/trust/certificate.js';
import { findChain } from '../../../src/core/trust/chain.js';
import type { ChainPurpose } from '../../../src/core/trust/purposes.js';
import { ANY, EMAIL, type Issued, issue, OCSP, SERVER, STAMPING, type Wish } from './ca.js';

const AT = new Date('2026-06-01T00:00:00Z');

let root: Issued;
let middle: Issued;

beforeAll(async () => {
  root = await issue({ name: 'Root', ca: true });
  middle = await issue({ name: 'Middle', issuer: root, ca: true, pathLength: 0 });
});

function chain(
  leaf: Issued,
  along: Issued[],
  anchors: Issued[],
  purpose: ChainPurpose = 'claim-signing',
  at = AT,
) {
  const certificates = (list: Issued[]): Certificate[] => list.map((i) => i.certificate);
  return findChain({
    leaf: leaf.certificate,
    intermediates: certificates(along),
    anchors: certificates(anchors),
    purpose,
    at,
  });
}

const outcome = (answer: ReturnType<typeof findChain>) =>
  answer.status === 'chained' ? answer.path.length : answer.code;

describe('a chain to an anchor', () => {
  it('goes through the certificates that came along', async () => {
    const leaf = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [middle], [root]))).toBe(3);
    expect(outcome(chain(leaf, [middle, root], [root]))).toBe(3);
  });

  it('may end at an anchor that is itself an intermediate', async () => {
    const leaf = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [], [middle]))).toBe(2);
    expect(outcome(chain(leaf, [middle], [middle]))).toBe(2);
  });

  it('is not there where an intermediate is missing', async () => {
    const leaf = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [], [root]))).toBe('chain.noIssuer');
    expect(outcome(chain(leaf, [middle], []))).toBe('chain.noIssuer');
  });

  it('is never the leaf alone, though an anchor list holds it', async () => {
    const leaf = await issue({ name: 'Signer', issuer: middle, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [middle], [leaf]))).toBe('chain.noIssuer');
  });
});

describe('a leaf', () => {
  const rows: [string, Partial<Wish>, ChainPurpose, number | string][] = [
    ['for e-mail protection signs claims', { purposes: [EMAIL] }, 'claim-signing', 3],
    ['with a further purpose signs claims', { purposes: [SERVER, EMAIL] }, 'claim-signing', 3],
    ['without a purpose does not', {}, 'claim-signing', 'certificate.purpose'],
    ['for servers does not', { purposes: [SERVER] }, 'claim-signing', 'certificate.purpose'],
    ['for any purpose does not', { purposes: [ANY, EMAIL] }, 'claim-signing', 'certificate.purpose'],
    ['for timestamps does not', { purposes: [STAMPING] }, 'claim-signing', 'certificate.purpose'],
    [
      'for timestamps and e-mail does not',
      { purposes: [STAMPING, EMAIL] },
      'claim-signing',
      'certificate.purpose',
    ],
    ['for OCSP and e-mail does not', { purposes: [OCSP, EMAIL] }, 'claim-signing', 'certificate.purpose'],
    ['for timestamps stamps', { purposes: [STAMPING] }, 'time-stamping', 3],
    ['for e-mail does not stamp', { purposes: [EMAIL] }, 'time-stamping', 'certificate.purpose'],
    ['that issues does not sign', { purposes: [EMAIL], ca: true }, 'claim-signing', 'certificate.issuer'],
    [
      'that may not sign does not',
      { purposes: [EMAIL], keyUsage: 0x20 },
      'claim-signing',
      'certificate.keyUsage',
    ],
    [
      'past its time does not',
      { purposes: [EMAIL], until: '2026-05-31T00:00:00Z' },
      'claim-signing',
      'certificate.validity',
    ],
    [
      'before its time does not',
      { purposes: [EMAIL], from: '2026-06-02T00:00:00Z' },
      'claim-signing',
      'certificate.validity',
    ],
    [
      'with an unknown critical extension cannot be checked',
      { purposes: [EMAIL], criticalExtension: '1.2.3.4.5' },
      'claim-signing',
      'certificate.criticalExtension',
    ],
  ];
  it.each(rows)('%s', async (_name, wish, purpose, expected) => {
    const leaf = await issue({ name: 'Leaf', issuer: middle, ...wish });
    expect(outcome(chain(leaf, [middle], [root], purpose))).toBe(expected);
  });
});

describe('an issuer', () => {
  const under = async (wish: Partial<Wish>, leafPurposes = [EMAIL]) => {
    const issuer = await issue({ name: 'Issuer', issuer: root, ca: true, ...wish });
    const leaf = await issue({ name: 'Leaf', issuer, purposes: leafPurposes });
    const purpose = leafPurposes.includes(STAMPING) ? 'time-stamping' : 'claim-signing';
    return outcome(chain(leaf, [issuer], [root], purpose));
  };

  it('that is no CA does not count', async () => {
    expect(await under({ ca: false, keyUsage: 0x04 })).not.toBe(3);
  });

  it('whose key may not sign certificates does not count', async () => {
    expect(await under({ keyUsage: 0x80 })).not.toBe(3);
  });

  it('past its time does not count, whatever the leaf says', async () => {
    expect(await under({ until: '2026-05-31T00:00:00Z' })).toBe('issuer.validity');
  });

  it('of timestamp authorities issues no signers, and of signers no authorities', async () => {
    expect(await under({ purposes: [STAMPING] })).toBe('issuer.purpose');
    expect(await under({ purposes: [EMAIL] }, [STAMPING])).toBe('issuer.purpose');
    expect(await under({ purposes: [STAMPING] }, [STAMPING])).toBe(3);
  });

  it('limited to a purpose of its maker’s own issues signers, as Adobe’s does', async () => {
    expect(await under({ purposes: ['1.2.840.113583.1.1.7'] })).toBe(3);
  });

  it('with an unknown critical extension leaves it open, if it leads to an anchor at all', async () => {
    expect(await under({ criticalExtension: '1.2.3.4.5' })).toBe('certificate.criticalExtension');
    const alone = await issue({ name: 'Alone', ca: true, criticalExtension: '1.2.3.4.5' });
    const leaf = await issue({ name: 'Leaf', issuer: alone, purposes: [EMAIL] });
    expect(chain(leaf, [alone], [root]).status).toBe('not-chained');
  });

  it('that signs with SHA-1 proves nothing, and nothing against it', async () => {
    const leaf = await issue({ name: 'Leaf', issuer: root, purposes: [EMAIL], digest: 'SHA-1' });
    expect(chain(leaf, [], [root])).toMatchObject({ status: 'cannot-check', code: 'chain.algorithm' });
  });

  it('that allows no further issuer below it is kept to that', async () => {
    const below = await issue({ name: 'Below', issuer: middle, ca: true });
    const leaf = await issue({ name: 'Leaf', issuer: below, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [below, middle], [root]))).toBe('issuer.pathLength');
    expect(outcome(chain(leaf, [below], [middle]))).toBe('issuer.pathLength');
  });

  it('in name only is found out by its signature', async () => {
    const impostor = await issue({ name: 'Root', ca: true });
    const leaf = await issue({ name: 'Leaf', issuer: impostor, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [impostor], [root]))).toBe('chain.signature');
    const forged = await issue({ name: 'Leaf', issuer: root, forgedWith: impostor, purposes: [EMAIL] });
    expect(outcome(chain(forged, [], [root]))).toBe('chain.signature');
  });
});

describe('a search', () => {
  it('ends where issuers certify each other', async () => {
    const a = await issue({ name: 'A', ca: true });
    const b = await issue({ name: 'B', issuer: a, ca: true });
    const a2 = await issue({ name: 'A', issuer: b, ca: true, keys: a.keys });
    const leaf = await issue({ name: 'Leaf', issuer: b, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [b, a2, a], [root]))).toBe('chain.noIssuer');
    expect(outcome(chain(leaf, [b, a2], [a]))).toBe(3);
  });

  it('does not multiply where many issuers bear one name', async () => {
    const twins = await Promise.all(Array.from({ length: 16 }, () => issue({ name: 'Twin', ca: true })));
    const [first] = twins;
    if (!first) throw new Error('no twin');
    const leaf = await issue({ name: 'Leaf', issuer: first, purposes: [EMAIL] });
    const crossed = await Promise.all(
      twins.map((twin) => issue({ name: 'Twin', issuer: first, ca: true, keys: twin.keys })),
    );
    expect(['chain.noIssuer', 'chain.signature', 'bound.chainChecks']).toContain(
      outcome(chain(leaf, crossed, [root])),
    );
  });

  it('does not follow a chain past its bound', async () => {
    let issuer = root;
    const along: Issued[] = [];
    for (let i = 0; i < 8; i++) {
      issuer = await issue({ name: `Step ${i}`, issuer, ca: true });
      along.push(issuer);
    }
    const leaf = await issue({ name: 'Leaf', issuer, purposes: [EMAIL] });
    expect(outcome(chain(leaf, along, [root]))).toBe('bound.chainDepth');
  });

  it('takes the way that holds where another does not', async () => {
    const old = await issue({ name: 'Two', issuer: root, ca: true, until: '2025-01-01T00:00:00Z' });
    const renewed = await issue({ name: 'Two', issuer: root, ca: true, keys: old.keys });
    const leaf = await issue({ name: 'Leaf', issuer: old, purposes: [EMAIL] });
    expect(outcome(chain(leaf, [old, renewed], [root]))).toBe(3);
  });
});
