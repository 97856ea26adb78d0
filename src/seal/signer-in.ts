import { readFile } from 'node:fs/promises';
import { said } from '../say/said.js';
import { SealError } from './seal-error.js';
import { type Signer, signerOf } from './signing.js';

/** Where the key to seal with lies. */
export interface SignerFiles {
  key: string;
  certificate?: string | undefined;
}

/** Read each time: a certificate is renewed while a service runs. Rejects with a SealError. */
export async function signerIn({ key, certificate }: SignerFiles, at: Date): Promise<Signer> {
  const [keyPem, certificatePem] = await Promise.all([
    contentOf(key),
    certificate === undefined ? undefined : contentOf(certificate),
  ]);
  return signerOf(keyPem, certificatePem, at);
}

async function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new SealError('key', said('doctor.seal.notRead', { file }), { cause });
  });
}
