import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { readC2paCertificates } from '../../../src/core/readers/c2pa/c2pa-certificates.js';
import { judgeSigner } from '../../../src/core/trust/judge-signer.js';
import { loadConformingProducts } from '../../../src/core/trust/lists/conforming-products.js';
import { NO_TRUST_MATERIAL } from '../../../src/core/trust/lists/material.js';

const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const TRUST = process.env['ASSAY_TRUST_DIR'] ?? '';

describe('the list as published', () => {
  const load = async () => {
    const answer = await loadConformingProducts(TRUST);
    if (!answer || 'fault' in answer) throw new Error('the list does not load');
    return answer.products;
  };

  it('has records, and says what Snapseed for iOS may not claim', async () => {
    const list = await load();
    expect(list.records).toBeGreaterThan(100);
    expect(
      list.match({
        commonName: 'Snapseed',
        organisation: 'Google LLC',
        organisationalUnit: 'Snapseed iOS',
      })?.disallowedSignals,
    ).toContain('capturedMedia');
  });

  it('knows the certificate of a real picture by Gemini', async () => {
    const list = await load();
    const asset = await Asset.open(join(CORPUS, 'enslo-sd-metadata/samples/c2pa/png/gemini_3.1pro.png'));
    const read = await readC2paCertificates(asset);
    await asset.close();
    const found = (('value' in read ? read.value : undefined) ?? []).flatMap(({ signature }) => {
      const answer = signature && judgeSigner(signature, NO_TRUST_MATERIAL, { asOf: '2026-11-25' });
      return answer && 'judgement' in answer ? [list.match(answer.judgement.certificate.subject)] : [];
    });
    expect(found).toHaveLength(2);
    for (const product of found)
      expect(product).toMatchObject({
        productName: 'Google Media Processing Services',
        assuranceLevel: 1,
        status: 'conformant',
        disallowedSignals: [],
      });
  });
});
