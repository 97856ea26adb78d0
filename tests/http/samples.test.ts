import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_NAMES, type SampleName, samplePath } from '../../src/http/services/samples/samples.js';
import { BROWSER, testApp, upload } from './harness.js';
import { guarded, withScopes } from './with-keys.js';

const FORM = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };
const FIXTURES: Record<SampleName, string> = {
  'signed-picture': 'c2pa/png-c2pa-trained.png',
  'labelled-video': 'labels/mp4-gb45438.mp4',
  'plain-picture': 'plain/plain.jpg',
};

describe('the samples', () => {
  it('are fixtures of ours, byte for byte, and small', () => {
    for (const name of SAMPLE_NAMES) {
      const sample = readFileSync(samplePath(name));
      expect(sample.equals(readFileSync(new URL(`../../fixtures/${FIXTURES[name]}`, import.meta.url)))).toBe(
        true,
      );
      expect(sample.length).toBeLessThan(8_192);
    }
  });

  it('are a click away until there is a file of one’s own, and leave no upload', async () => {
    const test = await testApp();
    const home = async () => (await test.app.inject({ url: '/', headers: BROWSER })).body;
    expect(await home()).toContain('New here?');
    for (const name of SAMPLE_NAMES) {
      expect(await home()).toContain(`action="/samples/${name}"`);
      const answer = await test.app.inject({
        method: 'POST',
        url: `/samples/${name}?lang=zh-Hans`,
        headers: FORM,
      });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toMatch(/^\/inspections\/[0-9a-f-]{36}\?lang=zh-Hans$/);
    }
    expect(test.uploads()).toEqual([]);
    expect(test.inspector.requests.map(({ name }) => name)).toEqual([
      'signed-picture.png',
      'labelled-video.mp4',
      'plain-picture.jpg',
    ]);
    // A second click is answered from the stored result.
    await test.app.inject({ method: 'POST', url: '/samples/plain-picture', headers: FORM });
    expect(test.inspector.requests).toHaveLength(3);
    expect(await home()).toContain('New here?');
    await upload(test.app);
    expect(await home()).not.toContain('New here?');
  });

  it('are no way to any other file', async () => {
    const { app } = await testApp();
    for (const name of ['none', 'constructor', '..%2Fsamples.ts', 'signed-picture.png']) {
      const answer = await app.inject({ method: 'POST', url: `/samples/${name}` });
      expect(answer.json().code).toBe('not-found');
    }
  });

  it('take the scope `inspect`, and what the host lacks is mended by admins', async () => {
    const test = await guarded();
    mkdirSync(test.config.trustDir, { recursive: true });
    writeFileSync(join(test.config.trustDir, 'C2PA-TRUST-LIST.pem'), 'broken');
    const [read, inspect, admin] = [
      await withScopes(test, 'read'),
      await withScopes(test, 'inspect', 'read'),
      await withScopes(test, 'inspect', 'read', 'admin'),
    ];
    const sample = { method: 'POST', url: '/samples/plain-picture' } as const;
    expect((await test.app.inject({ ...sample, headers: read })).statusCode).toBe(403);
    const home = async (headers: Record<string, string>) =>
      (await test.app.inject({ url: '/?lang=zh-Hans', headers: { ...BROWSER, ...headers } })).body;
    for (const headers of [inspect, admin]) {
      expect(await home(headers)).toContain('此服务器缺少的部分');
      expect(await home(headers)).toContain('C2PA-TRUST-LIST.pem');
    }
    expect(await home(inspect)).not.toContain('assay trust status');
    expect(await home(admin)).toContain('assay trust status');
  });
});
