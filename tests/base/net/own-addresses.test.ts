import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  parseGateways4,
  parseGateways6,
  parseLocal4,
  parseLocal6,
} from '../../../src/base/net/own-addresses.js';
import { ASSAY, standIn } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';

interface Attempt {
  came: string | number;
  connected: number;
  asked: number;
}

describe('the kernel’s tables', () => {
  it('name the gateways', () => {
    const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
    const rows = [
      'eth0\t00000000\t010A532D\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000A532D\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'eth0\t00000000\t020A532D\t0002\t0\t0\t0\t00000000\t0\t0\t0',
    ];
    expect(parseGateways4(head + rows.join('\n'), 'LE')).toEqual(['45.83.10.1']);
    expect(parseGateways4('eth0\t00000000\t2D530A01\t0003\t0', 'BE')).toEqual(['45.83.10.1']);
    const none = '0'.repeat(32);
    const via = '26064700001000000000000000000001';
    const row6 = (gateway: string, flags: string) =>
      `${none} 00 ${none} 00 ${gateway} 00000400 00000001 00000000 ${flags}     eth0`;
    expect(parseGateways6([row6(via, '00000003'), row6(none, '00000001'), ''].join('\n'))).toEqual([
      '2606:4700:0010:0000:0000:0000:0000:0001',
    ]);
    expect(parseGateways4('nonsense\n\0')).toEqual([]);
  });

  it('and so are addresses that lead to this machine, with an interface or without', () => {
    const tree = `Local:
  +-- 0.0.0.0/0 3 0 5
     |-- 45.83.10.0
        /24 link UNICAST
     |-- 45.83.9.9
        /32 host LOCAL
     |-- 45.83.99.0
        /24 host LOCAL
     |-- 45.83.10.255
        /32 link BROADCAST`;
    expect(parseLocal4(tree)).toEqual([
      ['45.83.9.9', 32],
      ['45.83.99.0', 24],
    ]);
    const none = '0'.repeat(32);
    const row = (address: string, bits: string, flags: string) =>
      `${address} ${bits} ${none} 00 ${none} 00000000 00000002 00000000 ${flags}       lo`;
    const own = '26064700000900000000000000000009';
    expect(parseLocal6([row(own, '80', '80200001'), row(none, '00', '00200200')].join('\n'))).toEqual([
      ['2606:4700:0009:0000:0000:0000:0000:0009', 128],
    ]);
  });
});

describeWith('ip', 'on a machine that has public addresses, and a gateway with some', () => {
  describeWith('unshare', 'in a namespace of its own', () => {
    let results: Record<string, Attempt>;
    beforeAll(() => {
      const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
      const { stdout, stderr } = spawnSync(
        'unshare',
        [...asRoot, '--net', process.execPath, standIn('in-a-namespace'), ASSAY],
        { encoding: 'utf8' },
      );
      if (stdout === '') throw new Error(stderr);
      results = JSON.parse(stdout);
    });
    const of = (beginning: string) =>
      Object.entries(results).filter(([name]) => name.startsWith(`${beginning} `));

    it.each([
      ['link', 'fetch.private'],
      ['webhook', 'target.private'],
      ['list', 'fetch.privateAddress'],
    ])('no %s leads there, by number or by name', (beginning, code) => {
      const all = of(beginning).filter(([name]) => !name.startsWith('link to an address'));
      expect(all).toHaveLength(12);
      for (const [name, attempt] of all)
        expect(attempt, name).toEqual({ came: code, connected: 0, asked: 0 });
    });

    it('an address of the last moment, or of a route alone, is asked nothing', () => {
      const all = of('link to an address');
      expect(all).toHaveLength(2);
      for (const [name, attempt] of all)
        expect(attempt, name).toMatchObject({ came: 'fetch.private', asked: 0 });
    });

    it('what the operator names is reached: the test can fail', () => {
      for (const [name, attempt] of of('named: link'))
        expect(attempt, name).toMatchObject({ came: 'medium' });
      for (const [name, attempt] of of('named: webhook'))
        expect(attempt, name).toEqual({ came: 'delivered', connected: 1, asked: 1 });
      // The server speaks no TLS.
      for (const [name, attempt] of of('named: list'))
        expect(attempt, name).toMatchObject({ came: 'fetch.failed', connected: 1 });
      expect(of('named:').length).toBe(19);
    });

    it('what the operator denies is not, though it is named', () => {
      const all = of('denied:');
      expect(all).toHaveLength(18);
      for (const [name, attempt] of all) expect(attempt, name).toMatchObject({ connected: 0, asked: 0 });
      for (const [name, { came }] of all) expect(came, name).toMatch(/^(fetch|target)\.private/);
    });

    it('the command ends with the code of a private address', () => {
      expect(results['assay fetch']).toEqual({ came: 45, connected: 0, asked: 0 });
    });
  });
});
