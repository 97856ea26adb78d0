import { describe, expect, it } from 'vitest';
import type { StatusCode } from '../../../src/core/c2pa/manifest-store.js';
import { cawgIdentity } from '../../../src/core/detectors/cawg-identity.js';
import { createReportMask } from '../../../src/core/masking/masking.js';
import { inEnglish } from '../../i18n/english.js';
import { evidence, facts, failure, INTACT, manifest, store } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const detect = (value: ReturnType<typeof store>) => cawgIdentity.detect(evidence({ c2pa: value }), facts());

const X509 = {
  signer_payload: { sig_type: 'cawg.x509.cose', referenced_assertions: [] },
  signature_info: { issuer: 'Jane Doe' },
};
const ICA = {
  type: ['VerifiableCredential', 'IdentityClaimsAggregationCredential'],
  issuer: 'did:web:aggregator.example',
  verifiedIdentities: [
    {
      type: 'cawg.social_media',
      username: 'janedoe',
      uri: 'https://social.example/janedoe',
      provider: { name: 'social' },
    },
    { type: 'cawg.document_verification', name: 'Jane Doe', provider: { name: 'idcheck' } },
  ],
};
const at = (instance = '') => `self#jumbf=/c2pa/m1/c2pa.assertions/cawg.identity${instance}`;
const code = (name: string, kind: StatusCode['kind'], instance?: string): StatusCode => ({
  code: name,
  kind,
  url: at(instance),
});
const held = (name: string) => code(name, 'success');
const failed = (name: string) => code(name, 'failure');
const of = (codes: StatusCode[], data: unknown = ICA) =>
  detect(
    store({
      manifests: [manifest('m1', { assertions: [{ label: 'cawg.identity', data }] })],
      codes: { active: [...INTACT, ...codes], ingredients: [] },
    }),
  );
const outcome = (...codes: StatusCode[]) => {
  const [, one] = toldSignals(of(codes));
  return `${one?.id.replace('cawg.identity.', '')} ${one?.backing} ${one?.value}`;
};

describe('a CAWG identity', () => {
  it('is described by kind and provider, and nobody is named', () => {
    expect(of([])[0]).toEqual({
      id: 'cawg.identity.present',
      backing: 'valid',
      value:
        'cawg.identity_claims_aggregation, cawg.social_media (social), cawg.document_verification (idcheck)',
      facts: [
        { name: 'account', value: 'social' },
        { name: 'accountName', value: 'janedoe', personal: 'names' },
      ],
      basis: [{ carrier: 'c2pa', locator: at() }],
    });
    expect(of([], X509)[0]?.value).toBe('cawg.x509.cose');
    const shown = (data: unknown) => createReportMask(of([], data)).signals(of([], data));
    expect(JSON.stringify([shown(ICA), shown(X509)])).not.toMatch(/jane/i);
    for (const data of [null, [], { verifiedIdentities: [null, {}, 'x'] }])
      expect(of([], data)[0]?.value).toBe('cawg.identity');
  });

  it('is well-formed where its signature holds and nothing speaks against it; never trusted', () => {
    expect(outcome(held('cawg.ica.credential_valid'))).toBe('wellFormed valid cawg.ica.credential_valid');
    // No CAWG list is installed, so an unlisted certificate is not reported.
    expect(outcome(held('cawg.identity.well-formed'), failed('signingCredential.untrusted'))).toBe(
      'wellFormed valid cawg.identity.well-formed',
    );
    expect(outcome(held('cawg.identity.trusted'))).toMatch(/^wellFormed valid/);
    expect(outcome(held('cawg.identity.well-formed'), failed('cawg.x509.credential.untrusted'))).toMatch(
      /^wellFormed valid/,
    );
    // In this case the newer engine omits its success code.
    expect(outcome(code('cawg.ica.untrusted_issuer', 'informational'))).toBe(
      'notCheckable unsigned cawg.ica.untrusted_issuer',
    );
    expect(
      outcome(code('cawg.ica.untrusted_issuer', 'informational'), failed('cawg.ica.valid_until.invalid')),
    ).toBe('outsideValidity unsigned cawg.ica.valid_until.invalid');
  });

  // The engine adds this success code to all of them.
  const anyway = held('cawg.ica.credential_valid');
  it.each([
    ['cawg.ica.did_unavailable', 'notCheckable unsigned'],
    ['cawg.ica.invalid_issuer', 'notCheckable unsigned'],
    ['cawg.x509.algorithm.unsupported', 'notCheckable unsigned'],
    ['cawg.ica.revocation.unavailable', 'notCheckable unsigned'],
    ['cawg.code.of.tomorrow', 'notCheckable unsigned'],
    ['cawg.ica.signature_mismatch', 'invalid invalid'],
    ['cawg.ica.signer_payload.mismatch', 'invalid invalid'],
    ['cawg.x509.signature.mismatch', 'invalid invalid'],
    ['cawg.identity.assertion.mismatch', 'invalid invalid'],
    ['cawg.identity.pad.invalid', 'malformed unsigned'],
    ['cawg.identity.hard_binding_missing', 'malformed unsigned'],
    ['cawg.ica.invalid_content_type', 'malformed unsigned'],
    ['cawg.ica.valid_until.invalid', 'outsideValidity unsigned'],
    ['signingCredential.expired', 'outsideValidity unsigned'],
  ])('%s is %s', (name, expected) => {
    expect(outcome(anyway, failed(name))).toBe(`${expected} ${name}`);
    expect(outcome(anyway, code(name, 'informational'))).toBe(`${expected} ${name}`);
  });

  it('without an answer is not checked', () => {
    expect(outcome()).toBe(`notCheckable unsigned ${inEnglish('fact.cawg.noAnswer')}`);
    expect(outcome(held('assertion.hashedURI.match'))).toMatch(/^notCheckable/);
  });

  it('codes of other assertions and manifests do not count', () => {
    const elsewhere = failure('cawg.ica.signature_mismatch', 'm2');
    const second = code('cawg.ica.signature_mismatch', 'failure', '__1');
    expect(outcome(held('cawg.ica.credential_valid'), elsewhere)).toMatch(/^wellFormed/);
    const signals = of([held('cawg.ica.credential_valid'), second]);
    expect(signals.map((s) => [s.id, s.basis[0]?.locator])).toEqual([
      ['cawg.identity.present', at()],
      ['cawg.identity.wellFormed', at()],
      ['cawg.identity.present', at('__1')],
      ['cawg.identity.invalid', at('__1')],
    ]);
  });

  it('of a manifest that no longer matches is not backed', () => {
    const signals = of([held('cawg.ica.credential_valid'), failure('assertion.dataHash.mismatch')]);
    expect(signals.map((s) => s.backing)).toEqual(['invalid', 'invalid']);
  });
});
