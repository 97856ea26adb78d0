import { readFile } from 'node:fs/promises';
import { message } from '../../i18n/message.js';
import { SealError } from './seal-error.js';
import { parseSigner, type Signer } from './signing.js';

/** Files of the signing key. */
export interface SignerFiles {
  key: string;
  certificate?: string | undefined;
}

/** Loads the signer on each call, because a certificate may be renewed while a service runs. Rejects with a SealError. */
export async function loadSigner({ key, certificate }: SignerFiles, at: Date): Promise<Signer> {
  const [keyPem, certificatePem] = await Promise.all([
    readKeyFile(key),
    certificate === undefined ? undefined : readKeyFile(certificate),
  ]);
  return parseSigner(keyPem, certificatePem, at);
}

async function readKeyFile(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new SealError('key', message('doctor.seal.notRead', { file }), { cause });
  });
}
