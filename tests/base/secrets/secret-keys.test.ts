import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSecretKeys } from '../../../src/base/secrets/key-text.js';
import { SecretError } from '../../../src/base/secrets/secret-keys.js';
import { readConfig } from '../../../src/config/settings.js';
import { thrown } from '../../i18n/english.js';
import { keyBytes, keyText, secretKeys } from '../../support/secret-keys.js';

describe('a sealed secret', () => {
  it('opens under its key, in its place, and is another text each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, locator) => {
        const keys = secretKeys(1, 2);
        const sealed = keys.encrypt(secret, locator);
        expect(keys.decrypt(sealed, locator)).toBe(secret);
        expect(keys.encrypt(secret, locator).text).not.toBe(sealed.text);
        expect(() => keys.decrypt(sealed, `${locator}x`)).toThrow(SecretError);
      }),
    );
  });

  it('does not open where one bit of it is another, or a part is missing', () => {
    const keys = secretKeys(1);
    const { key, text } = keys.encrypt('whsec_one', 'here');
    const bytes = Buffer.from(text.slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => keys.decrypt({ key, text: `v1.${other.toString('base64url')}` }, 'here')).toThrow(
        SecretError,
      );
    }
    for (const cut of ['', 'v1.', 'v1.AAAA', text.slice(0, -4), text.slice(3), 'whsec_one'])
      expect(() => keys.decrypt({ key, text: cut }, 'here')).toThrow(SecretError);
  });

  it('is sealed by the first key and opened by all; which key, is told apart', () => {
    const sealed = secretKeys(1).encrypt('whsec_one', 'here');
    expect(secretKeys(2, 1).decrypt(sealed, 'here')).toBe('whsec_one');
    expect(secretKeys(2, 1).encrypt('whsec_one', 'here').key).toBe(secretKeys(2).encryptingKeyId);
    expect(() => secretKeys(2).decrypt(sealed, 'here')).toThrow(/not here/);
    expect(() => secretKeys(2).decrypt({ ...sealed, key: secretKeys(2).encryptingKeyId }, 'here')).toThrow(
      SecretError,
    );
  });

  it('and its keys show nothing of them', () => {
    const shown = JSON.stringify([secretKeys(1), secretKeys(1).encrypt('whsec_one', 'here')]);
    expect(shown).not.toContain('whsec_one');
    expect(shown).not.toContain(keyBytes(1).toString('base64').slice(0, 8));
  });
});

describe('keys as they are written down', () => {
  it('are 32 bytes in base64 or hexadecimal, one or several', () => {
    const hex = keyBytes(2).toString('hex');
    expect(parseSecretKeys(`${keyText(1)},${hex.toUpperCase()}`)).toEqual([keyBytes(1), keyBytes(2)]);
    expect(parseSecretKeys(`# of 2026\r\n${hex}\n\n  ${keyText(1)}\n`)).toEqual([keyBytes(2), keyBytes(1)]);
    expect(parseSecretKeys(keyText(255).replace('=', '').replaceAll('/', '_'))).toEqual([keyBytes(255)]);
  });

  it.each([
    '',
    ' ',
    '# none',
    'secret',
    'a'.repeat(63),
    `${keyText(1)},short`,
    Array(17).fill(keyText(1)).join(),
  ])('are refused otherwise: %j', (text) => {
    expect(parseSecretKeys(text)).toBeUndefined();
  });

  it('come from one place, and no refusal repeats them', () => {
    expect(readConfig({ ASSAY_SECRET_KEY: keyText(1) }).secrets).toMatchObject({ from: 'variable' });
    expect(readConfig({ ASSAY_SECRET_KEY_FILE: '/run/key' }).secrets).toEqual({
      from: 'file',
      file: '/run/key',
    });
    expect(readConfig({ ASSAY_DATA_DIR: '/d' }).secrets).toEqual({ from: 'own-file', file: '/d/secret.key' });
    expect(
      thrown(() => readConfig({ ASSAY_SECRET_KEY: keyText(1), ASSAY_SECRET_KEY_FILE: '/run/key' })),
    ).toMatch(/unset one/);
    const almost = `${keyText(1)}x`;
    expect(thrown(() => readConfig({ ASSAY_SECRET_KEY: almost }))).toMatch(
      /ASSAY_SECRET_KEY must be 32 bytes/,
    );
    expect(thrown(() => readConfig({ ASSAY_SECRET_KEY: almost }))).not.toMatch(
      new RegExp(almost.slice(0, 8)),
    );
  });
});
