import { sm2, sm3 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { parseCandidateKeys, parseSignature } from '../../../src/core/trust/formats/sm2-forms.js';
import { verifySm2 } from '../../../src/core/trust/sm2.js';

/** The example of GB/T 32918.5 (its key, user id 1234567812345678). */
const STANDARD = {
  text: 'message digest',
  r: 'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3',
  s: 'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
  x: '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020',
  y: 'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
};
const DER = `3046022100${STANDARD.r}022100${STANDARD.s}`;
const ask = (text: string, signature: string, publicKey: string) =>
  verifySm2({ texts: [{ names: 'it', text }], signature, publicKey });

/** Made with `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` (3.5.9). */
const OPENSSL = {
  text: '"Label":"1","ContentProducer":"001191000000MA0TEXT00","ProduceID":"x"',
  signature:
    '304502204b6fe18e5415c58c2c7440cbfa211016b437627b2bbedbd092e2375c92926343022100b79f5756b402fc33f222df0d4abcd0848635d1cb6b55cdcb1b775e1029415f6a',
  key: '3059301306072a8648ce3d020106082a811ccf5501822d034200041071f2ce7114bed0faba065dc2ce92304c13e9f894a0a040dbe4ab9abbced1ed045905706f3535481168f86134aa7d3dd1dffcc646f7b25131f27205b97a2f43',
};

describe('SM2 with SM3', () => {
  it.each([
    ['the standard’s example', STANDARD.text, DER, `04${STANDARD.x}${STANDARD.y}`],
    ['r and s side by side', STANDARD.text, STANDARD.r + STANDARD.s, `04${STANDARD.x}${STANDARD.y}`],
    ['a key without its 04', STANDARD.text, DER, STANDARD.x + STANDARD.y],
    ['a compressed key', STANDARD.text, DER, `03${STANDARD.x}`],
    ['a key of which only X is there', STANDARD.text, DER, `00${STANDARD.x}`],
    ['a signature and a key by OpenSSL', OPENSSL.text, OPENSSL.signature, OPENSSL.key],
    ['capital letters', OPENSSL.text, OPENSSL.signature.toUpperCase(), OPENSSL.key.toUpperCase()],
  ])('holds for %s', (_name, text, signature, key) => {
    expect(ask(text, signature, key)).toEqual({ outcome: 'holds', signed: 'it', form: 'text' });
  });

  it('holds for the digest of a text, and says so', () => {
    const pair = sm2.generateKeyPairHex();
    const digest = Buffer.from(sm3('a'), 'hex');
    const signature = sm2.doSignature(digest, pair.privateKey, { hash: true, der: true });
    expect(ask('a', signature, pair.publicKey)).toEqual({ outcome: 'holds', signed: 'it', form: 'digest' });
  });

  it('does not hold for another text or another key', () => {
    expect(ask('message digesu', DER, `04${STANDARD.x}${STANDARD.y}`).outcome).toBe('does-not-hold');
    expect(ask(STANDARD.text, DER, OPENSSL.key).outcome).toBe('does-not-hold');
  });

  it.each([
    ['no hexadecimal', 'signature', STANDARD.x + STANDARD.y],
    ['an empty signature', '', STANDARD.x + STANDARD.y],
    ['numbers past the order', 'f'.repeat(128), STANDARD.x + STANDARD.y],
    ['zeros', '0'.repeat(128), STANDARD.x + STANDARD.y],
    ['DER with a rest', `${DER}00`, STANDARD.x + STANDARD.y],
    ['a key that is no point of the curve', DER, `04${STANDARD.x}${STANDARD.x}`],
    ['a key of odd length', DER, STANDARD.x.slice(1)],
    ['a key far too long', DER, '04'.repeat(100_000)],
  ])('cannot be checked with %s', (_name, signature, key) => {
    expect(ask(STANDARD.text, signature, key).outcome).toBe('cannot-check');
  });

  it('takes numbers and keys only in known forms', () => {
    expect(parseSignature('3006020101020101')).toBe(`${'1'.padStart(64, '0')}${'1'.padStart(64, '0')}`);
    expect(parseSignature('300602010102010102')).toBeUndefined();
    expect(parseCandidateKeys('05')).toEqual([]);
  });
});
