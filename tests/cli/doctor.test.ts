import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { toDoctorJson } from '../../src/cli/service/doctor-json.js';
import type { DoctorPartView } from '../../src/service/doctor/part.js';
import { PROGRAM } from '../support/program.js';
import { assay, finished, lines, start } from './spawn-assay.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Published = ReturnType<typeof toDoctorJson>;

async function diagnosis(
  env: Record<string, string> = {},
  ...more: string[]
): Promise<{ code: number | null; found: Published; part: (id: string) => DoctorPartView | undefined }> {
  const { code, stdout, stderr } = await assay(['doctor', '--json', ...more], {
    ASSAY_DATA_DIR: join(folder, 'data'),
    ...env,
  });
  expect(stderr).toBe('');
  const [found] = lines(stdout) as [Published];
  return { code, found, part: (id) => found.parts.find((one) => one.id === id) };
}

describe('assay doctor', () => {
  it('says of each part whether it is there, and what is lost where it is not', async () => {
    const { code, found, part } = await diagnosis({ PATH: folder });
    expect([code, found.schema, found.works]).toEqual([0, 'assay.doctor/1', true]);
    for (const id of ['assay', 'node', 'engine-native', 'engine-wasm', 'trust-lists', 'disk'])
      expect(part(id)?.state, id).toBe('found');
    for (const id of ['ffmpeg', 'chromium'])
      expect(part(id), id).toMatchObject({
        state: 'not-found',
        lost: expect.stringMatching(/^\p{Lu}.*\.$/u),
      });
    expect(part('postgresql')?.state).toBe('not-used');
    expect(found).not.toHaveProperty('selfTest');
  });

  it('puts the known files through each engine when asked to, in words too', async () => {
    const { code, stdout } = await assay(['doctor', '--selftest'], { ASSAY_DATA_DIR: join(folder, 'data') });
    expect(code).toBe(0);
    expect(stdout).toContain('Self-test: every answer was as expected');
    expect(stdout).toMatch(/wasm {4}unlisted\.png {2}as expected: present, intact, unlisted/);
    expect(stdout).not.toMatch(/\u001b/);
  });

  it('exits with 3 where something it was told to use does not work, and keeps the password to itself', async () => {
    const DATABASE_URL = 'postgres://assay:secret-word@127.0.0.1:1/assay';
    const { code, found, part } = await diagnosis({ DATABASE_URL });
    expect([code, found.works]).toEqual([3, false]);
    expect(part('postgresql')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    expect(JSON.stringify(found)).not.toContain('secret-word');
  });

  it('says which folder cannot be written to', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, part } = await diagnosis({ ASSAY_DATA_DIR: join(file, 'data') });
    expect(code).toBe(3);
    expect(part('disk')).toMatchObject({ state: 'failed', detail: `${file} cannot be written to` });
  });

  it('a program that does not run is not taken for one that does', async () => {
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'ffmpeg'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(programs, 'ffmpeg'), 0o755);
    const { part } = await diagnosis({ PATH: programs });
    expect(part('ffmpeg')).toMatchObject({
      state: 'limited',
      detail: expect.stringContaining('does not run'),
    });
  });

  it('knows a wrong setting', async () => {
    const { code, stderr } = await assay(['doctor'], { ASSAY_PORT: 'many' });
    expect([code, stderr]).toEqual([2, 'assay: ASSAY_PORT must be a whole number from 0 to 65535.\n']);
  });
});

describe('assay serve', () => {
  /** The installed program with one known file damaged. */
  const damagedCopy = () => {
    const copy = mkdtempSync(join(folder, 'copy-'));
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(PROGRAM, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const known = join(copy, 'dist', 'service', 'doctor', 'known-files');
    copyFileSync(join(known, 'intact.png'), join(known, 'altered.png'));
    return join(copy, 'bin', 'assay.js');
  };

  it('serves nothing when a known file is answered wrongly, unless told to', async () => {
    const bin = damagedCopy();
    const env = { ASSAY_DATA_DIR: join(folder, 'data'), ASSAY_LOG_LEVEL: 'silent' };
    const refused = await finished(start(['serve', '--port', '0'], env, undefined, bin));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('native, altered.png: “present, intact, private” instead of');
    expect(refused.stderr).not.toContain('listens');

    const skips = { ...env, ASSAY_SELF_TEST: 'skip', ASSAY_DRAIN_SECONDS: '0' };
    const served = start(['serve', '--port', '0'], skips, undefined, bin);
    const ended = finished(served);
    await new Promise<void>((resolve) => {
      let said = '';
      served.stderr?.on('data', (text: string) => {
        said += text;
        if (said.includes('listens')) resolve();
      });
    });
    served.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain('the engines were not tested');
  });
});
