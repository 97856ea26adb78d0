export { openSecretKeys } from '../../../../src/base/secrets/key-file.ts';
