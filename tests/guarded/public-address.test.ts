import { describe, expect, it } from 'vitest';
import { assertPublicLiteral } from '../../src/guarded/guarded-lookup.js';
import { isPublicAddress } from '../../src/guarded/public-address.js';
import { thrown } from '../say/english.js';

describe('a public address', () => {
  it.each([
    ...['1.1.1.1', '168.63.129.17', '185.199.108.133', '172.15.0.1', '172.32.0.1'],
    ...['2606:50c0:8000::154', '2a00:1450::1'],
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::1',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://①②⑦.⓪.⓪.①/',
  ])('is not hidden in %s', (url) => {
    expect(thrown(() => assertPublicLiteral(new URL(url).hostname))).toContain('private network');
  });
});
