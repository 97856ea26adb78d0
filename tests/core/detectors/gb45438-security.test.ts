import { sm2, sm3 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { verifyLabelSignatures } from '../../../src/core/credentials/label-signatures.js';
import { gb45438ImplicitLabel } from '../../../src/core/detectors/gb45438-implicit-label.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { evidence, facts } from '../../support/literals.js';

const en = translatorFor('en');

const PAIR = sm2.generateKeyPairHex();
const SM2 = '1.2.156.10197.1.501';
const FIELDS = {
  Label: '1',
  ContentProducer: 'Example',
  ProduceID: 'e-1',
  ContentPropagator: 'Example',
  PropagateID: 'e-1',
};
const PRODUCTION = '"Label":"1","ContentProducer":"Example","ProduceID":"e-1"';
const PROPAGATION = '"Label":"1","ContentPropagator":"Example","PropagateID":"e-1"';
const sign = (message: string | Uint8Array) =>
  sm2.doSignature(message, PAIR.privateKey, { hash: true, der: true });

const KEY = { Type: 'PubKey', AlgID: SM2, KeyValue: PAIR.publicKey };
const signature = (message: string | Uint8Array, changed: object = {}) => ({
  Type: 'DS',
  AlgID: SM2,
  TBSData: { Type: 'Md' },
  Signature: sign(message),
  ...changed,
});
const security = (...PubSD: object[]) =>
  JSON.stringify({ SecurityData: { Type: 'TC260PG', Version: 1, PubSD } });

async function told(reserved: object) {
  const value = JSON.stringify({ AIGC: { ...FIELDS, ...reserved } });
  const found = evidence({ vorbisComment: [{ key: 'AIGC', system: 'vorbis', value }] });
  const answers = await verifyLabelSignatures(found, facts());
  const asset = facts(answers ? { labelSignatures: answers } : {});
  return gb45438ImplicitLabel
    .detect(found, asset)
    .filter((s) => s.id.startsWith('gb45438.security.'))
    .map((s) => ({
      ...s,
      facts: Object.fromEntries(
        (s.facts ?? []).map((f) => [f.name, f.messages?.value ? en.translate(f.messages.value) : f.value]),
      ),
    }));
}

describe('SecurityData of a GB 45438 label', () => {
  it('shows what is in it, and a signature over the producer’s fields holds', async () => {
    expect(await told({ ReservedCode1: security(signature(PRODUCTION), KEY) })).toMatchObject([
      {
        id: 'gb45438.security.present',
        value: 'ReservedCode1',
        facts: { field: 'ReservedCode1', type: 'TC260PG', version: '1', publicEntries: 'DS, PubKey' },
      },
      {
        id: 'gb45438.security.signatureHolds',
        backing: 'unsigned',
        facts: {
          algorithm: `SM2 with SM3 (${SM2})`,
          signs: 'Md',
          publicKey: PAIR.publicKey,
          signed: 'Label, ContentProducer, ProduceID',
          signedForm: inEnglish('fact.signedForm.text'),
        },
      },
    ]);
  });

  it.each([
    ['an object where Annex E asks for a string', (text: string) => JSON.parse(text)],
    ['a string in a string', (text: string) => JSON.stringify(text)],
    ['without the name SecurityData', (text: string) => JSON.stringify(JSON.parse(text).SecurityData)],
    ['with the name PubSd', (text: string) => text.replace('PubSD', 'PubSd')],
  ])('is read as %s', async (_name, form) => {
    const signals = await told({ ReservedCode1: form(security(signature(PRODUCTION), KEY)) });
    expect(signals.map((s) => s.id)).toEqual(['gb45438.security.present', 'gb45438.security.signatureHolds']);
  });

  it('over the digest of the fields holds, as one writer makes it', async () => {
    const digest = Buffer.from(sm3(PRODUCTION), 'hex');
    const signals = await told({
      ReservedCode1: security(signature(digest, { TBSData: { Type: 'LabelMataData' } }), KEY),
    });
    expect(signals[1]).toMatchObject({
      id: 'gb45438.security.signatureHolds',
      facts: { signedForm: inEnglish('fact.signedForm.digest') },
    });
  });

  it('is told as broken when a signed field was changed', async () => {
    const signals = await told({
      ReservedCode1: security(signature(PRODUCTION), KEY),
      ProduceID: 'e-2',
    });
    expect(signals[1]).toMatchObject({ id: 'gb45438.security.signatureBroken', backing: 'unsigned' });
  });

  it('of a propagator holds where it can be understood, and is never told as broken', async () => {
    const holds = await told({ ReservedCode2: security(signature(PROPAGATION), KEY) });
    expect(holds[1]).toMatchObject({
      id: 'gb45438.security.signatureHolds',
      facts: { signed: 'Label, ContentPropagator, PropagateID' },
    });
    const not = await told({ ReservedCode2: security(signature('something else'), KEY) });
    expect(not[1]).toMatchObject({ id: 'gb45438.security.notCheckable' });
  });

  it.each([
    ['another algorithm', [signature(PRODUCTION, { AlgID: '1.2.840.113549.1.1.11' }), KEY], /not SM2/],
    [
      'a signature over the content',
      [signature(PRODUCTION, { TBSData: { Type: 'Bnd' } }), KEY],
      /something other/,
    ],
    ['no key', [signature(PRODUCTION)], /no public key/],
    ['a key of another id', [signature(PRODUCTION, { KeyID: 2 }), { ...KEY, KeyID: 1 }], /no public key/],
    ['no signature', [signature(PRODUCTION, { Signature: '' }), KEY], /missing/],
    ['a broken signature', [signature(PRODUCTION, { Signature: 'zz' }), KEY], /form of an SM2 signature/],
    ['a key that is none', [signature(PRODUCTION), { ...KEY, KeyValue: '04ff' }], /form of an SM2 key/],
  ])('cannot be checked with %s', async (_name, entries, reason) => {
    const [, signal] = await told({ ReservedCode1: security(...entries) });
    expect(signal?.id).toBe('gb45438.security.notCheckable');
    expect(signal?.facts['reason']).toMatch(reason);
  });

  it.each(['', 'L-1234', '5f3b1c0a9d8e7f60', '{"a":1}', '{', '[]', '{"SecurityData":7}'])(
    'is not seen in %s',
    async (text) => {
      expect(await told({ ReservedCode1: text })).toEqual([]);
    },
  );

  it('is not looked at without end', async () => {
    const many = Array.from({ length: 60 }, (_, i) => signature(PRODUCTION, { Signature: 'aa', n: i }));
    expect((await told({ ReservedCode1: security(...many, KEY) })).length).toBeLessThanOrEqual(17);
  });

  it('is told as not looked at where nobody looked', () => {
    const value = JSON.stringify({ ...FIELDS, ReservedCode1: security(signature(PRODUCTION), KEY) });
    const found = evidence({ vorbisComment: [{ key: 'AIGC', system: 'vorbis', value }] });
    expect(gb45438ImplicitLabel.detect(found, facts()).map((s) => s.id)).toContain(
      'gb45438.security.notCheckable',
    );
  });
});
