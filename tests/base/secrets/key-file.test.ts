import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KeyFileError, openSecretKeys, readSecretKeys } from '../../../src/base/secrets/key-file.js';
import { temporaryDirectory } from '../../http/posting.js';
import { thrown } from '../../i18n/english.js';
import { standIn } from '../../support/program.js';
import { keyText, secretKeys } from '../../support/secret-keys.js';

const own = (folder: string) => ({ from: 'own-file', file: join(folder, 'secret.key') }) as const;
const MADE = pathToFileURL(standIn('secret-keys-of-another-process')).href;

describe('the key file', () => {
  it('is made once, for its owner alone, and is the same ever after', () => {
    const folder = join(temporaryDirectory(), 'data');
    expect(readSecretKeys(own(folder))).toBeUndefined();
    expect(existsSync(folder)).toBe(false);
    const made = openSecretKeys(own(folder));
    expect(statSync(own(folder).file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.key']);
    expect(openSecretKeys(own(folder)).ids).toEqual(made.ids);
    chmodSync(own(folder).file, 0o644);
    expect(openSecretKeys(own(folder)).ids).toEqual(made.ids);
    expect(statSync(own(folder).file).mode & 0o777).toBe(0o600);
    expect(openSecretKeys(own(temporaryDirectory())).ids).not.toEqual(made.ids);
  });

  it('is one, also where several servers make it at once', async () => {
    const folder = temporaryDirectory();
    const script = `import { openSecretKeys } from ${JSON.stringify(MADE)};
      console.log(openSecretKeys(${JSON.stringify(own(folder))}).encryptingKeyId)`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const said = await Promise.all(Array.from({ length: 6 }, run));
    expect(new Set(said.map(({ stdout }) => stdout.trim()))).toEqual(
      new Set(openSecretKeys(own(folder)).ids),
    );
    expect(readdirSync(folder)).toEqual(['secret.key']);
  });

  it('that is damaged is told and never written over', () => {
    const folder = temporaryDirectory();
    writeFileSync(own(folder).file, 'half a k');
    expect(() => openSecretKeys(own(folder))).toThrow(KeyFileError);
    expect(readFileSync(own(folder).file, 'utf8')).toBe('half a k');
  });

  it('of the operator is read, several keys one a line, and never made', () => {
    const folder = temporaryDirectory();
    const file = join(folder, 'keys');
    expect(thrown(() => openSecretKeys({ from: 'file', file }))).toMatch(
      /ASSAY_SECRET_KEY_FILE.*is not there/,
    );
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, `# new\n${keyText(2)}\n${keyText(1)}\n`);
    expect(openSecretKeys({ from: 'file', file }).ids).toEqual(secretKeys(2, 1).ids);
    expect(thrown(() => openSecretKeys({ from: 'file', file: folder }))).toMatch(/is not a key file/);
    expect(thrown(() => openSecretKeys({ from: 'file', file: '/dev/zero' }))).toMatch(/is not a key file/);
  });
});
