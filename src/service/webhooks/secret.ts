import { randomBytes } from 'node:crypto';

const BYTES = 32;

/** Formats a secret as in Standard Webhooks: 24 to 64 bytes in base64 after a prefix. */
export const formatSecret = (bytes: Uint8Array): string =>
  `whsec_${Buffer.from(bytes.subarray(0, BYTES)).toString('base64')}`;

export const createSecret = (): string => formatSecret(randomBytes(BYTES));
