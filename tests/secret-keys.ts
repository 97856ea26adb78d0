import { SecretKeys } from '../src/secrets/secret-keys.js';

/** Keys that a test knows; none that anybody would make. */
export const keyBytes = (number: number): Buffer => Buffer.alloc(32, number);
export const keyText = (number: number): string => keyBytes(number).toString('base64');
export const secretKeys = (...numbers: number[]): SecretKeys => new SecretKeys(numbers.map(keyBytes));

/** What every test has that does not ask about keys. */
export const TEST_KEYS = secretKeys(1);
