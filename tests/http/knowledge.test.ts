import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGNAL_IDS } from '../../src/core/report/signal.js';
import { temporaryDirectory, testApp } from './harness.js';

describe('GET /v1/signals', () => {
  it('lists the closed list, each with what it means and where it may stand', async () => {
    const { app } = await testApp();
    const { signals, backings } = (await app.inject({ url: '/v1/signals' })).json();
    expect(signals.map(({ id }: { id: string }) => id)).toEqual(SIGNAL_IDS);
    const label = signals.find(({ id }: { id: string }) => id === 'gb45438.label.generated');
    expect(label.reads).toContain('xmp');
    expect(signals.every(({ meaning }: { meaning: string }) => meaning.length > 10)).toBe(true);
    expect(backings[0].id).toBe('trusted');
  });
});

describe('GET /v1/trust-lists', () => {
  it('says that nothing is installed, and not where it looked', async () => {
    const { app, config } = await testApp();
    const answer = await app.inject({ url: '/v1/trust-lists' });
    const { trustLists, faults } = answer.json();
    expect(trustLists.map(({ file }: { file: string }) => file)).toContain('C2PA-TRUST-LIST.pem');
    expect(trustLists.some(({ installed }: { installed: boolean }) => installed)).toBe(false);
    expect(faults).toEqual([]);
    expect(answer.body).not.toContain(config.dataDir);
  });

  it('counts what is there, and says what is wrong with what cannot be used', async () => {
    const trustDir = temporaryDirectory();
    mkdirSync(join(trustDir, 'private'));
    writeFileSync(join(trustDir, 'private', 'broken.pem'), 'no certificate');
    const { app } = await testApp({ env: { ASSAY_TRUST_DIR: trustDir } });
    const { trustLists } = (await app.inject({ url: '/v1/trust-lists' })).json();
    const broken = trustLists.find(({ file }: { file: string }) => file === 'private/broken.pem');
    expect(broken).toMatchObject({ installed: true, faults: [{ code: expect.stringMatching(/^trust\./) }] });
  });
});

describe('GET /v1/capabilities', () => {
  it('says what this server takes, in the operator’s limits', async () => {
    const { app } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000000', ASSAY_ENGINE: 'wasm' } });
    const answer = (await app.inject({ url: '/v1/capabilities' })).json();
    expect(answer.limits).toMatchObject({
      uploadBytes: 1_000_000,
      sidecarBytes: 1_000_000,
      filesReadAtOnce: 1,
    });
    expect(answer.engines).toMatchObject([
      { name: 'native', used: 'no' },
      { name: 'wasm', used: 'first', present: true },
    ]);
    const jpeg = answer.formats.find(({ mediaType }: { mediaType: string }) => mediaType === 'image/jpeg');
    expect(jpeg).toMatchObject({
      kind: 'image',
      endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
      contentCredentials: true,
    });
    expect(answer.version).toBe(
      JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')).version,
    );
  });

  it('names what is missing on a host without programs', async () => {
    const { app } = await testApp({ env: { PATH: temporaryDirectory() } });
    const { missing } = (await app.inject({ url: '/v1/capabilities' })).json();
    expect(missing).toContainEqual({ part: 'ffmpeg', lost: expect.stringMatching(/HEIC/) });
    expect(missing).toContainEqual({ part: 'Chromium', lost: expect.stringMatching(/PDF/) });
  });
});
