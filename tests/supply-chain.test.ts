import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { faultsOf, isAllowed } from '../scripts/supply-chain.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');
const read = (name: string) => JSON.parse(readFileSync(resolve(ROOT, name), 'utf8'));

const locked = (part: object) => ({ packages: { '': {}, 'node_modules/a': part } });
const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };

describe('what comes from the registry', () => {
  it('is pinned, whole, runs nothing and may be handed on', () => {
    expect(faultsOf(read('package-lock.json'), read('package.json'))).toEqual([]);
  });

  it.each([
    [
      'another place',
      { ...good, resolved: 'https://example.org/a.tgz' },
      'a: comes from https://example.org/a.tgz',
    ],
    ['no digest', { license: 'MIT' }, 'a: has no sha512'],
    ['a weak digest', { ...good, integrity: 'sha1-x' }, 'a: has no sha512'],
    ['a script', { ...good, hasInstallScript: true }, 'a: wants to run a script when installed'],
    ['a licence that asks for our source', { ...good, license: 'AGPL-3.0' }, 'a: its licence is AGPL-3.0'],
    ['no licence', { integrity: 'sha512-x' }, 'a: its licence is none'],
    ['a folder', { ...good, link: true }, 'node_modules/a: is not from the registry'],
  ])('%s is told', (_, part, fault) => {
    expect(faultsOf(locked(part), {})).toEqual([fault]);
  });

  it('a part that a build hands on needs a licence for it, though it is for development here', () => {
    const part = { ...good, license: 'GPL-3.0-only', dev: true };
    expect(faultsOf(locked(part), {})).toEqual([]);
    expect(faultsOf(locked(part), {}, (name) => name === 'a')).toEqual(['a: its licence is GPL-3.0-only']);
  });

  it('a range is told, and a choice of licences may be taken', () => {
    expect(faultsOf(locked(good), { dependencies: { a: '^1.0.0' } })).toEqual([
      'a: ^1.0.0 is no exact version',
    ]);
    expect(isAllowed('(MIT OR GPL-3.0-only)')).toBe(true);
    expect(isAllowed('MIT AND GPL-3.0-only')).toBe(false);
  });

  it('is listed in a CycloneDX bill of what is shipped', async () => {
    const { stdout } = await run('npm', ['run', '--silent', 'sbom'], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 ** 2,
    });
    const bill = JSON.parse(stdout);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\./) });
    const names: string[] = bill.components.map((one: { name: string }) => one.name);
    for (const name of Object.keys(read('package.json').dependencies)) expect(names).toContain(name);
    // One package is bundled by the build, the other copied by it.
    expect(names).toEqual(expect.arrayContaining(['music-metadata', '@contentauth/c2pa-node']));
    expect(names).not.toContain('vitest');
  });
});
