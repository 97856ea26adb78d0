import { randomBytes } from 'node:crypto';

/** As Standard Webhooks has it: 24 to 64 bytes in base64 behind a prefix. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
