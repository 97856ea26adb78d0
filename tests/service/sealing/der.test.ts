import { describe, expect, it } from 'vitest';
import { parseAsn1, time as timeIn } from '../../../src/core/trust/formats/asn1.js';
import { time } from '../../../src/service/sealing/der.js';

describe('the time in a signature', () => {
  it.each([
    ['1949-12-31T23:59:59Z', 0x18, '19491231235959Z'],
    ['1950-01-01T00:00:00Z', 0x17, '500101000000Z'],
    ['2026-11-29T10:00:00.900Z', 0x17, '261129100000Z'],
    ['2049-12-31T23:59:59Z', 0x17, '491231235959Z'],
    ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
  ])('of %s has as many digits of its year as it needs', (text, tag, written) => {
    const der = time(new Date(text));
    expect([der[0], der.subarray(2).toString('latin1')]).toEqual([tag, written]);
    expect(timeIn(parseAsn1(der))).toEqual(new Date(text.replace('.900', '')));
  });
});
