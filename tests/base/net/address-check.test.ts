import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AddressPolicy } from '../../../src/base/net/address-check.js';
import { findOwnAddresses } from '../../../src/base/net/own-addresses.js';

const { allowsPublic: isPublicAddress } = new AddressPolicy();

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
    expect(isPublicAddress(new URL(url).hostname.replace(/^\[|\]$/g, ''))).toBe(false);
  });
});

describe('an address check', () => {
  const check = new AddressPolicy([
    '93.184.216.0/24',
    '1.1.1.1',
    '2606:4700::/32',
    '::ffff:9.9.9.0/120',
    'fe80::%eth0/64',
  ]);

  it('knows this machine', () => {
    const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    expect(found.length).toBeGreaterThan(0);
    for (const { address } of found) {
      expect(check.allowsPublic(address), address).toBe(false);
      expect(isIn(address), address).toBe(true);
    }
    // A connection to one of the machine's own addresses comes from the same address.
    expect(check.allowsPublic('45.83.9.9', '45.83.9.9')).toBe(false);
    expect(check.allowsPublic('45.83.9.9', '45.83.9.8')).toBe(true);
  });

  it.each(['93.184.216.34', '1.1.1.1', '2606:4700::9', '::ffff:93.184.216.34', '9.9.9.9'])(
    'denies %s to everybody',
    (address) => {
      expect(check.allowsPublic(address)).toBe(false);
      expect(check.guardForNamed('cdn.example')(address)).toBe(false);
      expect(check.guardForNamed(address)(address)).toBe(false);
      expect(check.sideOf(address)).toBeUndefined();
    },
  );

  it.each(['1.1.1.2', '93.184.217.1', '2606:4701::1'])('leaves %s open', (address) => {
    expect(check.allowsPublic(address)).toBe(true);
    expect(check.sideOf(address)).toBe('public');
  });

  it('lets a name that the operator gave lead inside, and to metadata and link-local addresses only a number', () => {
    const named = check.guardForNamed('store.example');
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', 'fd12::1', '198.18.0.7', '8.8.8.8'])
      expect(named(address), address).toBe(true);
    for (const address of [
      ...['169.254.169.254', '100.100.100.200', '168.63.129.16', '0.0.0.0', '224.0.0.1', '255.255.255.255'],
      ...[
        'fd00:ec2::254',
        'fe80::1',
        'fe80::1%eth0',
        'ff02::1',
        '::',
        '::ffff:169.254.169.254',
        'no address',
        '',
      ],
    ])
      expect(named(address), address).toBe(false);
    expect(check.guardForNamed('169.254.169.254')('169.254.169.254')).toBe(true);
    expect(check.guardForNamed('fe80::1')('fe80::1%eth1')).toBe(false);
    expect(new AddressPolicy().guardForNamed('fe80::1')('fe80::1%eth1')).toBe(true);
  });
});

function isIn(address: string): boolean {
  return findOwnAddresses().list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
