import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConformingProducts,
  loadConformingProducts,
  readConformingProducts,
} from '../../../src/core/trust/lists/conforming-products.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';

interface Wish {
  OU?: string;
  type?: string;
  level?: unknown;
  status?: string;
  day?: string;
  inception?: unknown;
}
const record = (CN: string, O: string, wish: Wish = {}) => ({
  recordId: '0197aa34-665b-7811-9bbc-317cfd988d0a',
  status: wish.status ?? 'conformant',
  product: {
    productType: wish.type ?? 'generatorProduct',
    DN: { CN, O, ...(wish.OU === undefined ? {} : { OU: wish.OU }), C: 'US' },
    assurance: { maxAssuranceLevel: wish.level ?? 1 },
    disallowedSignals: { inception: wish.inception ?? [] },
  },
  dates: { conformance: wish.day ?? '2026-01-02' },
});
const products = (...records: unknown[]): ConformingProducts => {
  const answer = readConformingProducts(Buffer.from(JSON.stringify(records)));
  if ('fault' in answer) throw new Error(answer.fault.code);
  return answer.products;
};
const name = (commonName: string, organisation: string, organisationalUnit?: string) => ({
  commonName,
  organisation,
  ...(organisationalUnit === undefined ? {} : { organisationalUnit }),
});

describe('a certificate’s name', () => {
  it('finds the product of the same CN and O, letter by letter', () => {
    const list = products(
      record('Lens', 'Example Inc.', { level: 2, inception: ['capturedMedia'] }),
      record('Other', 'Example Inc.'),
    );
    expect(list.match(name('Lens', 'Example Inc.'))).toEqual({
      productName: 'Lens',
      assuranceLevel: 2,
      status: 'conformant',
      conformanceDate: '2026-01-02',
      disallowedSignals: ['capturedMedia'],
    });
    for (const other of [
      name('lens', 'Example Inc.'),
      name('Lens', 'Example'),
      name('Lens 2', 'Example Inc.'),
      {},
    ])
      expect(list.match(other)).toBeUndefined();
  });

  it('must bear the OU that a record gives; a record without one takes any', () => {
    const list = products(
      record('App', 'Example', { OU: 'Android', level: 2 }),
      record('App', 'Example', { OU: 'iOS' }),
      record('Open', 'Example', { OU: '' }),
      record('Both', 'Example', { OU: 'Lab', level: 2 }),
      record('Both', 'Example'),
    );
    expect(list.match(name('App', 'Example', 'Android'))?.assuranceLevel).toBe(2);
    expect(list.match(name('App', 'Example', 'iOS'))?.assuranceLevel).toBe(1);
    expect(list.match(name('App', 'Example', 'Web'))).toBeUndefined();
    expect(list.match(name('App', 'Example'))).toBeUndefined();
    expect(list.match(name('Open', 'Example', 'Web'))?.productName).toBe('Open');
    expect(list.match(name('Both', 'Example', 'Lab'))?.assuranceLevel).toBe(2);
    expect(list.match(name('Both', 'Example', 'Shop'))?.assuranceLevel).toBe(1);
  });

  it('with spaces at its ends is the same name', () => {
    expect(products(record('TMKR ', ' Getty')).match(name('TMKR', 'Getty '))?.productName).toBe('TMKR');
  });

  it('on several records says only what all of them say', () => {
    const list = products(
      record('Lens', 'Example', {
        level: 2,
        day: '2026-03-01',
        inception: ['capturedMedia', 'nonGenAIDigitalCreation'],
      }),
      record('Lens', 'Example', {
        level: 1,
        day: '2025-06-01',
        inception: ['nonGenAIDigitalCreation'],
        status: 'revoked',
      }),
    );
    expect(list.match(name('Lens', 'Example'))).toMatchObject({
      assuranceLevel: 1,
      status: 'conformant, revoked',
      conformanceDate: '2025-06-01',
      disallowedSignals: ['nonGenAIDigitalCreation'],
    });
  });

  it('of a validator is no signer’s', () => {
    const list = products(
      record('Check', 'Example', { type: 'validatorProduct' }),
      record('Lens', 'Example'),
    );
    expect(list.match(name('Check', 'Example'))).toBeUndefined();
    expect(list.records).toBe(2);
  });

  it('is not found in records of another shape, which cost only themselves', () => {
    const odd = [
      null,
      7,
      [],
      {},
      { product: { DN: 'x' } },
      { status: 'conformant', product: { DN: { CN: 'A' } } },
    ];
    const list = products(
      ...odd,
      record('Lens', 'Example', { level: 'high', day: 'soon', inception: 'all' }),
    );
    expect(list.match(name('Lens', 'Example'))).toEqual({
      productName: 'Lens',
      status: 'conformant',
      disallowedSignals: [],
    });
  });
});

describe('the list of a trust folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-products-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'conforming-products-list.json');
  const put = (content: string | Buffer) => writeFileSync(file(), content);
  const code = async () => {
    const answer = await loadConformingProducts(folder);
    return answer && ('fault' in answer ? answer.fault.code : 'read');
  };

  it('is the one that comes with Assay where none is installed', async () => {
    const answer = await loadConformingProducts(join(folder, 'nowhere'));
    const products = answer && 'products' in answer ? answer.products : undefined;
    expect(products?.match({ commonName: 'Pixel Camera', organisation: 'Google LLC' })).toMatchObject({
      status: 'conformant',
      assuranceLevel: 2,
    });
  });

  it('is refused by cause where it cannot be used', async () => {
    const causes: [string | Buffer, string][] = [
      ['[{', 'trust.json'],
      ['{}', 'trust.json'],
      ['[]', 'trust.noRecords'],
      ['[{"product":1}]', 'trust.noRecords'],
      [JSON.stringify(Array(16_385).fill(0)), 'bound.entries'],
      [Buffer.alloc(trustLimits.trustFileBytes + 1, 0x20), 'bound.trustFile'],
    ];
    for (const [content, expected] of causes) {
      put(content);
      expect(await code()).toBe(expected);
    }
    rmSync(file());
    mkdirSync(file());
    expect(await code()).toBe('trust.unreadable');
  });

  it('is read once and again when it changed', async () => {
    put(JSON.stringify([record('Lens', 'Example')]));
    const first = await loadConformingProducts(folder);
    expect(await loadConformingProducts(folder)).toBe(first);
    put(JSON.stringify([record('Lens', 'Example'), record('Lens 2', 'Example')]));
    utimesSync(file(), 1, 1);
    expect(await loadConformingProducts(folder)).toMatchObject({ products: { records: 2 } });
  });
});
