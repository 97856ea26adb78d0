/**
 * Meaning of status codes for a CAWG identity assertion (CAWG Identity Assertion 1.1 to 1.3, sections 7 and 8; c2pa-rs
 * 0.90 and 0.91). Other codes leave the assertion unchecked.
 */

/** The engine also reports these for assertions with failures, so they mean nothing on their own. */
export const CAWG_VALID_CODES: readonly string[] = [
  'cawg.identity.well-formed',
  'cawg.identity.trusted',
  'cawg.ica.credential_valid',
];

/** No known list vouches for the identity. Expected if no CAWG list is installed, and never a fault. */
export const CAWG_UNLISTED_CODES: readonly string[] = [
  'signingCredential.untrusted',
  'cawg.identity.untrusted',
  'cawg.x509.credential.untrusted',
  'cawg.ica.untrusted_issuer',
];

export const CAWG_FAILURE_OUTCOMES: Readonly<
  Record<string, 'invalid' | 'malformed' | 'outsideValidity' | 'notCheckable'>
> = {
  'cawg.ica.signature_mismatch': 'invalid',
  'cawg.ica.signer_payload.mismatch': 'invalid',
  'cawg.x509.signature.mismatch': 'invalid',
  'cawg.identity.assertion.mismatch': 'invalid',
  'cawg.identity.hard_binding_incorrect': 'invalid',
  'cawg.identity.expected_partial_claim.mismatch': 'invalid',
  'cawg.identity.expected_claim_generator.mismatch': 'invalid',
  'cawg.identity.expected_countersigner.mismatch': 'invalid',

  'cawg.identity.cbor.invalid': 'malformed',
  'cawg.identity.pad.invalid': 'malformed',
  'cawg.identity.assertion.duplicate': 'malformed',
  'cawg.identity.hard_binding_missing': 'malformed',
  'cawg.identity.unexpected_countersigner': 'malformed',
  'cawg.identity.expected_countersigner.missing': 'malformed',
  'cawg.ica.invalid_cose_sign1': 'malformed',
  'cawg.ica.invalid_alg': 'malformed',
  'cawg.ica.invalid_content_type': 'malformed',
  'cawg.ica.invalid_verifiable_credential': 'malformed',
  'cawg.ica.verified_identities.missing': 'malformed',
  'cawg.ica.verified_identities.invalid': 'malformed',
  'cawg.ica.valid_from.missing': 'malformed',

  'cawg.identity.credential_revoked': 'outsideValidity',
  'cawg.ica.credential.revoked': 'outsideValidity',
  'cawg.ica.valid_from.invalid': 'outsideValidity',
  'cawg.ica.valid_until.invalid': 'outsideValidity',
  'cawg.ica.time_stamp.invalid': 'outsideValidity',

  // Certificate of an X.509 identity. c2pa-rs 0.90 nevertheless calls such an assertion well-formed.
  'signingCredential.invalid': 'malformed',
  'cawg.x509.credential.invalid': 'malformed',
  'signingCredential.expired': 'outsideValidity',
  'signingCredential.revoked': 'outsideValidity',
  'signingCredential.ocsp.revoked': 'outsideValidity',
  'cawg.x509.signature.outside_validity': 'outsideValidity',
  'cawg.x509.credential.expired': 'outsideValidity',
  'cawg.x509.time_stamp.malformed': 'outsideValidity',
  'cawg.x509.time_stamp.mismatch': 'outsideValidity',
  'algorithm.unsupported': 'notCheckable',
  'cawg.x509.algorithm.unsupported': 'notCheckable',

  // c2pa-rs also reports `invalid_issuer` for a DID method that it does not support.
  'cawg.ica.invalid_issuer': 'notCheckable',
  'cawg.ica.did_unsupported_method': 'notCheckable',
  'cawg.ica.did_unavailable': 'notCheckable',
  'cawg.ica.invalid_did_document': 'notCheckable',
  'cawg.ica.revocation.unsupported': 'notCheckable',
  'cawg.ica.revocation.unavailable': 'notCheckable',
  'cawg.identity.sig_type.unknown': 'notCheckable',
};
