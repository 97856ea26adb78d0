import { describe, expect, it } from 'vitest';
import { JumbfBudget, JumbfError, openSuperbox } from '../../src/core/trust/formats/jumbf.js';
import { readPemDers } from '../../src/core/trust/formats/pem.js';
import { trustLimits } from '../../src/core/trust/lists/trust-limits.js';
import { superbox } from '../core/trust/store.js';
import { repeated } from './past.js';

describe('what is read of signatures and lists says where it stopped', () => {
  it('jumbfDepth', () => {
    const bytes = superbox('c2ma', 'a');
    const box = { type: 'jumb', offset: 0, contentOffset: 8, bytes: bytes.subarray(8) };
    const opened = (depth: number) => openSuperbox(box, new JumbfBudget(), depth);
    expect(opened(trustLimits.jumbfDepth - 1).description.label).toBe('a');
    expect(() => opened(trustLimits.jumbfDepth)).toThrow(JumbfError);
  });

  it('certificatesPerTrustFile', () => {
    const pem = Buffer.from('-----BEGIN CERTIFICATE-----\nMAIFAA==\n-----END CERTIFICATE-----\n');
    const read = (count: number) => readPemDers(repeated(pem, count));
    expect(read(trustLimits.certificatesPerTrustFile)).toMatchObject({ ders: expect.anything() });
    expect(read(trustLimits.certificatesPerTrustFile + 1)).toMatchObject({
      fault: { code: 'bound.entries' },
    });
  });
});
