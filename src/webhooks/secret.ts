import { randomBytes } from 'node:crypto';

const BYTES = 32;

/** As Standard Webhooks has it: 24 to 64 bytes in base64 behind a prefix. */
export const secretOf = (bytes: Uint8Array): string =>
  `whsec_${Buffer.from(bytes.subarray(0, BYTES)).toString('base64')}`;

export const newSecret = (): string => secretOf(randomBytes(BYTES));
