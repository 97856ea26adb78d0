import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Certificate } from '../../../src/core/trust/certificate.js';

const PEM = readFileSync(resolve(import.meta.dirname, '../../../fixtures/ca/signer.pem'), 'latin1');
const DER = Buffer.from(/CERTIFICATE-----([^-]+)/.exec(PEM)?.[1] ?? '', 'base64');
/** Offset of the serial number, which has 20 bytes. */
const SERIAL_AT = DER.indexOf(Buffer.from('a0030201020214', 'hex')) + 7;

function withSerial(hex: string): Certificate | undefined {
  const der = Buffer.from(DER);
  der.write(hex, SERIAL_AT, 'hex');
  return Certificate.open(der);
}

describe('the serial number of a certificate', () => {
  it.each([
    ['as it is', `01${'00'.repeat(18)}02`],
    ['negative: the bytes as they stand, as the C2PA engines have it', `${'80'.repeat(20)}`],
    ['negative and small of amount', `ff7f${'00'.repeat(18)}`],
    ['the least there is', `80${'00'.repeat(19)}`],
  ])('%s', (_words, hex) => {
    expect(withSerial(hex)?.serial).toBe(BigInt(`0x${hex}`).toString());
  });
});
