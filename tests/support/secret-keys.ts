import { SecretKeys } from '../../src/base/secrets/secret-keys.js';

/** Returns a test key, which nobody would generate. */
export const keyBytes = (number: number): Buffer => Buffer.alloc(32, number);
export const keyText = (number: number): string => keyBytes(number).toString('base64');
export const secretKeys = (...numbers: number[]): SecretKeys => new SecretKeys(numbers.map(keyBytes));

/** Keys for every test that is not about keys. */
export const TEST_KEYS = secretKeys(1);
