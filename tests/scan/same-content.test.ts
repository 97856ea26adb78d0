import { expect, it } from 'vitest';
import { copyRecord } from '../../src/scan/duplicates/same-content.js';
import { toScanRecord } from '../../src/scan/records/summary-record.js';
import type { Entry } from '../../src/scan/sources/entry.js';
import { toldShellReport } from '../http/shell-report.js';

const of = (name: string): Entry => ({
  path: `folder/${name}`,
  bytes: 4,
  modified: 0,
  open: () => Promise.reject(new Error('nobody reads it')),
});
const under = (first: string, other: string) => {
  const report = toldShellReport({ name: first, asOf: '2026-11-25' }, Buffer.from('same'));
  return copyRecord(toScanRecord(of(first), report), of(other));
};

it.each([
  ['one.bin', 'two.bin'],
  ['one', 'two.unheardof'],
  ['IMG-20260503-WA0001', 'IMG-20260504-WA0002'],
])('%s stands for %s, under its name', (first, other) => {
  expect(under(first, other)?.record).toMatchObject({
    duplicateOf: `folder/${first}`,
    asset: { name: other },
  });
});

it.each([
  ['one.bin', 'one.jpg'],
  ['IMG-20260503-WA0001.bin', 'two.bin'],
  ['two.bin', 'IMG-20260503-WA0001.bin'],
  ['a.bin', 'Screenshot_20260503.bin'],
])('%s does not stand for %s, whose name says something else', (first, other) => {
  expect(under(first, other)).toBeUndefined();
});
