export { openSecretKeys } from '../../../src/secrets/key-file.ts';
