import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './posting.js';

/** Returns settings with a key that needs no certificate, in a file of the test. */
export function sealKey(): { ASSAY_SEAL_KEY: string } {
  const file = join(temporaryDirectory(), 'seal.pem');
  writeFileSync(file, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { ASSAY_SEAL_KEY: file };
}

/** Replaces printing in tests that are not about the document, which takes a second. */
export const blankPaper = { print: async () => ({ pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const }) };
