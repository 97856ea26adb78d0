import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  formatVerifierKey,
  parseHead,
  signHead,
  verifyHead,
} from '../../../src/core/transparency-log/checkpoint.js';
import { leafHash } from '../../../src/core/transparency-log/tree.js';

const HEAD = { origin: 'assay.example.org/desk', size: 7, root: leafHash(Buffer.from('x')) };
const NAME = 'assay.example.org/desk';

describe('a signed head', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const text = signHead(HEAD, NAME, privateKey, publicKey);

  it('is read back by its own key and name alone', () => {
    expect(verifyHead(text, NAME, publicKey)).toEqual(HEAD);
    expect(verifyHead(text, 'another', publicKey)).toBeUndefined();
    expect(verifyHead(text, NAME, generateKeyPairSync('ed25519').publicKey)).toBeUndefined();
    expect(verifyHead(text.replace('\n7\n', '\n8\n'), NAME, publicKey)).toBeUndefined();
  });

  it('has the form that others read', () => {
    expect(text).toMatch(
      /^assay\.example\.org\/desk\n7\n[A-Za-z0-9+/]{43}=\n\n— assay\.example\.org\/desk [A-Za-z0-9+/]+=*\n$/,
    );
    // Key from C2SP’s page on signed notes.
    const raw = Buffer.from('AcAw1uF+/cSUL8WuAjJ/QtrsbCDgCrCNvHqv2nvCJwLm', 'base64');
    expect(raw[0]).toBe(1);
    const x = raw.subarray(1).toString('base64url');
    const known = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(formatVerifierKey('example.com/foo', known)).toMatch(/^example\.com\/foo\+[0-9a-f]{8}\+AcAw1uF/);
  });

  it.each([
    ['', 'nothing'],
    [text.slice(0, -1), 'without its last line end'],
    [text.replace('\n7\n', '\n07\n'), 'a size with a zero before it'],
    [text.replace('\n7\n', '\n-7\n'), 'a size below none'],
    [text.split('\n\n')[0] ?? '', 'without a signature'],
    [text.replace('— ', '- '), 'another dash'],
    ['x'.repeat(70_000), 'too long'],
  ])('is not read where it is none: %#', (none) => {
    expect(parseHead(none)).toBeUndefined();
  });
});
