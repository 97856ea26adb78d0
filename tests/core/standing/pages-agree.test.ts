import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles } from '../../../fixtures/build/expected.js';
import type { ContentCredentials, Declared, StoredReport } from '../../../src/core/report/report.js';
import { INTEGRITIES, TRUSTS, VALIDITIES } from '../../../src/core/report/report-terms.js';
import { summariseReport } from '../../../src/core/summary/summary.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { reportOf } from '../renderers/report-literal.js';
import { violations } from './agreement.js';

/** Holds every page against the rules by which its parts agree: fixtures under three sets of lists, and made-up standings. */

const CA = join(import.meta.dirname, '../../../fixtures/ca');

function listsOf(anchor: 'root' | 'nobody-root', hasAuthority: boolean): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-lists-'));
  mkdirSync(join(folder, 'private/tsa'), { recursive: true });
  cpSync(join(CA, `${anchor}.pem`), join(folder, 'private/anchor.pem'));
  if (hasAuthority) cpSync(join(CA, 'tsa.pem'), join(folder, 'private/tsa/tsa.pem'));
  return folder;
}

describe.each([
  ['no list', (): string | undefined => undefined],
  ['the list of the signer', () => listsOf('root', true)],
  ['the list of another signer', () => listsOf('nobody-root', false)],
] as const)('pages of all fixtures, with %s', (_name, lists) => {
  const trustDir = lists();
  const inspector = createInspector({ jobs: 2, ...(trustDir === undefined ? {} : { trustDir }) });
  afterAll(async () => {
    await inspector.close();
    if (trustDir !== undefined) rmSync(trustDir, { recursive: true });
  });

  it('do not contradict themselves', async () => {
    const files = fixtureFiles();
    expect(files.length).toBeGreaterThan(600);
    const found = await Promise.all(
      files.map(async ({ folder, name, path, deep }) => {
        const report = await inspector.inspect({ path, name, asOf: AS_OF, engine: 'auto', deep });
        return violations(report).map(([rule, what]) => `${folder}/${name}: ${rule}: ${what}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

describe('made-up standings', () => {
  it('give pages that do not contradict themselves', () => {
    fc.assert(
      fc.property(standings, (given) => {
        expect(violations(toReport(given))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const time = fc.record(
  {
    proven: fc.constant('2026-05-03T10:00:00Z'),
    timestamp: fc.constant('2026-05-03T10:00:00Z'),
    timestampIn: fc.constant('urn:c2pa:parent'),
  },
  { requiredKeys: [] },
);

/** Everything that the standing of a signed file with one earlier version depends on. */
const standings = fc.record({
  trust: fc.constantFrom(...TRUSTS),
  earlierTrust: fc.constantFrom(undefined, ...TRUSTS),
  validity: fc.constantFrom(...VALIDITIES),
  earlierValidity: fc.constantFrom(undefined, ...VALIDITIES),
  isRevoked: fc.boolean(),
  isEarlierRevoked: fc.boolean(),
  integrity: fc.constantFrom(...INTEGRITIES),
  earlierIntegrity: fc.constantFrom(...INTEGRITIES),
  cause: fc.constantFrom(
    'assertion.dataHash.mismatch',
    'claimSignature.mismatch',
    'assertion.hashedURI.mismatch',
  ),
  time,
  claims: fc.boolean(),
  leavesOutMore: fc.boolean(),
  date: fc.constantFrom(undefined, 'Exif DateTimeOriginal', 'IFD0 ModifyDate', 'xmp:CreateDate'),
  declared: fc.constantFrom('none', 'this', 'ancestor', 'ancestor of the same signer'),
  origin: fc.constantFrom('ai-generated', 'ai-edited', 'captured', 'other'),
  parts: fc.constantFrom('none', 'unread'),
});
type Given = typeof standings extends fc.Arbitrary<infer T> ? T : never;

function toReport(given: Given): StoredReport {
  const { integrity, declared: where, origin, date, leavesOutMore } = given;
  const credentials = credentialsOf(given);
  const declared: Declared | undefined =
    where === 'none'
      ? undefined
      : {
          origin,
          backing: 'valid',
          where: where === 'this' ? 'this' : 'ancestor',
          editedAfterCapture: false,
          ...(where === 'this'
            ? {}
            : {
                manifest: 'urn:c2pa:parent',
                signedBy: where === 'ancestor' ? ('another' as const) : ('same' as const),
              }),
        };
  const base = reportOf();
  const basis: StoredReport['signals'][number]['basis'] = [{ carrier: 'c2pa', locator: 'x' }];
  const signals: StoredReport['signals'] = [
    {
      id: `c2pa.integrity.${integrity}`,
      backing: 'valid',
      basis,
    },
    ...(leavesOutMore
      ? [{ id: 'c2pa.binding.leavesOutMore' as const, backing: 'valid' as const, basis }]
      : []),
  ];
  const claimedDates =
    date === undefined
      ? undefined
      : [{ name: date, value: '2026:04:01 10:00:00', carrier: 'exif', locator: 'x' } as const];
  const parts = given.parts === 'none' ? undefined : [UNREAD_PART];
  const { summary, contradictions } = summariseReport({
    asset: { bytes: base.asset.bytes, mediaType: base.asset },
    credentials,
    ...(declared ? { declared } : {}),
    signals,
    coverage: base.summary.coverage,
    ...(parts ? { parts } : {}),
    ...(claimedDates ? { dates: claimedDates } : {}),
    reads: base.reads,
  });
  return {
    ...base,
    asset: { ...base.asset, ...(claimedDates ? { claimedDates } : {}) },
    summary,
    contentCredentials: credentials,
    signals,
    contradictions,
    ...(parts ? { parts } : {}),
  };
}

const UNREAD_PART = {
  kind: 'embedded-picture',
  offset: 1,
  bytes: 2,
  locator: 'x',
  signed: 'covered',
  code: 'part.encrypted',
} as const satisfies NonNullable<StoredReport['parts']>[number];

function credentialsOf(given: Given): ContentCredentials {
  const { trust, validity, integrity, cause, isRevoked, earlierTrust, earlierValidity } = given;
  return {
    presence: 'present',
    integrity,
    ...(integrity === 'altered' ? { integrityCauses: [cause] } : {}),
    activeManifest: 'urn:c2pa:active',
    signer: { name: 'Active Studio', trust },
    time: {
      ...given.time,
      authorityTrust: 'official',
      validity,
      revocation: isRevoked ? 'revoked' : 'not-checked',
    },
    manifests: [
      {
        label: 'urn:c2pa:active',
        active: true,
        depth: 0,
        integrity,
        signer: 'Active Studio',
        trust,
        actions: [{ action: 'c2pa.opened', ...(given.claims ? { when: '2026-05-02T10:00:00Z' } : {}) }],
        ingredients: [{ relationship: 'parentOf', manifest: 'urn:c2pa:parent' }],
      },
      {
        label: 'urn:c2pa:parent',
        active: false,
        depth: 1,
        integrity: given.earlierIntegrity,
        signer: 'Parent Cameras',
        ...(earlierTrust === undefined ? {} : { trust: earlierTrust }),
        ...(earlierValidity === undefined ? {} : { validity: earlierValidity }),
        ...(given.isEarlierRevoked ? { revoked: true } : {}),
        time: '2026-04-30T10:00:00Z',
        proven: '2026-04-30T10:00:00Z',
        actions: [{ action: 'c2pa.created', when: '2026-04-29T10:00:00Z' }],
        ingredients: [],
      },
    ],
  };
}
