import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY_PATTERN } from '../../src/storage/access/keys.js';
import { inEnglish } from '../i18n/english.js';
import { assayHere } from './run-here.js';
import { assay } from './spawn-assay.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keys = (...args: string[]) => assay(['keys', ...args], { ASSAY_DATA_DIR: folder });

describe('assay keys', () => {
  it('makes a key, lists it without its secret, and revokes it', async () => {
    const made = await keys(
      'create',
      'photo desk',
      '--scopes',
      'read',
      '--expires',
      '30d',
      '--jurisdiction',
      'EU',
    );
    expect(made.code).toBe(0);
    const text = made.stdout.trim();
    expect(text).toMatch(KEY_PATTERN);
    expect(made.stderr).toBe(`assay: ${inEnglish('cli.keys.once')}\n`);

    const listed = await keys('list');
    const id = text.split('_')[1] ?? '';
    expect(listed.stdout).toMatch(
      new RegExp(`^${id}  local  read  until \\d{4}-\\d\\d-\\d\\d .*  never used  photo desk\\n$`),
    );
    const json = JSON.parse((await keys('list', '--json')).stdout);
    expect(json.keys).toMatchObject([{ id, tenant: 'local', defaults: { jurisdictions: ['EU'] } }]);
    expect(JSON.stringify(json)).not.toContain(text.split('_')[2]);

    expect((await keys('revoke', text)).code).toBe(0);
    expect((await keys('list')).stdout).toContain('  revoked 20');
  });

  it.each([
    [['create', ' '], 'name'],
    [['create', 'a', '--scopes', 'write'], 'Scopes are inspect, read, reveal, fetch, admin'],
    [['create', 'a', '--expires', '2020-01-01'], 'future day'],
    [['create', 'a', '--expires', '2099-02-30'], 'future day'],
    [['create', 'a', '--tenant', 'No Name'], 'lower-case word'],
    [['create', 'a', '--jurisdiction', 'XX'], 'no rulebook for'],
    [['revoke', 'aaaaaaaaaaaa'], 'no such key'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr, stdout } = await assayHere(['keys', ...args], { ASSAY_DATA_DIR: folder });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});
