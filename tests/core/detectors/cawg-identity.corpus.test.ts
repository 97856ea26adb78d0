import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeIntegrity } from '../../../src/core/c2pa/integrity.js';
import { cawgIdentity } from '../../../src/core/detectors/cawg-identity.js';
import { loadNativeEngine } from '../../../src/core/readers/c2pa/native.js';
import { inEnglish } from '../../i18n/english.js';
import { evidence, facts, store } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';

const detect = (value: ReturnType<typeof store>) => cawgIdentity.detect(evidence({ c2pa: value }), facts());

const IDENTITY = join(CORPUS, 'c2pa-rs/sdk/src/identity/tests/fixtures');
describe('real assertions', () => {
  it.each([
    ['claim_aggregation/adobe_connected_identities.jpg', 'notCheckable cawg.ica.did_unavailable'],
    // c2pa-rs 0.91 reports no more of a credential whose issuer is on no list; 0.90 called this one valid.
    ['claim_aggregation/ica_validation/success.jpg', 'notCheckable cawg.ica.untrusted_issuer'],
    ['claim_aggregation/ica_validation/unresolvable_did.jpg', 'notCheckable cawg.ica.did_unavailable'],
    ['claim_aggregation/ica_validation/unsupported_did_method.jpg', 'notCheckable cawg.ica.invalid_issuer'],
    ['claim_aggregation/ica_validation/signature_mismatch.jpg', 'invalid cawg.ica.signature_mismatch'],
    [
      'claim_aggregation/ica_validation/signer_payload_mismatch.jpg',
      'invalid cawg.ica.signer_payload.mismatch',
    ],
    ['claim_aggregation/ica_validation/missing_vc.jpg', 'malformed cawg.ica.invalid_verifiable_credential'],
    [
      'claim_aggregation/ica_validation/valid_until_in_past.jpg',
      'outsideValidity cawg.ica.valid_until.invalid',
    ],
    ['validation_method/no_hard_binding.jpg', 'malformed cawg.identity.hard_binding_missing'],
    ['validation_method/extra_assertion_claim_v1.jpg', 'invalid cawg.identity.assertion.mismatch'],
    ['validation_method/invalid_sig_type.jpg', 'notCheckable cawg.identity.sig_type.unknown'],
    ['validation_method/malformed_cbor.jpg', `notCheckable ${inEnglish('fact.cawg.noAnswer')}`],
    ['../../../../../cli/tests/fixtures/C_with_CAWG_data.jpg', 'wellFormed cawg.identity.well-formed'],
  ])('%s: %s, and the file is as intact as before', async (name, expected) => {
    const read = await (await loadNativeEngine()).read(join(IDENTITY, name), 'image/jpeg');
    const found = read.status === 'found' && read.value.kind === 'store' ? read.value : store();
    const [present, one, ...others] = toldSignals(detect(found));
    expect(present?.id).toBe('cawg.identity.present');
    expect(`${one?.id.replace('cawg.identity.', '')} ${one?.value}`).toBe(expected);
    expect(others).toEqual([]);
    expect(activeIntegrity(found).integrity).toBe('intact');
  });
});
