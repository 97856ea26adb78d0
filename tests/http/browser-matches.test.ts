import sharp from 'sharp';
import { expect, it } from 'vitest';
import { rgbScene } from '../../fixtures/build/pixel-makers.js';
import { openMatcher } from '../../src/service/matches/in-process-matcher.js';
import { inEnglish } from '../i18n/english.js';
import { describeInBrowser, upload, violations } from './browser-pages.js';
import { upload as post, temporaryDirectory, testStores } from './harness.js';
import { fingerprint, looksLike, PictureInspector, turnedBits } from './similar-pictures.js';

describeInBrowser('a file that was seen before', (open) => {
  it('comes into its page when it is found, beside the other one, and lies over it', async () => {
    const stores = await testStores(temporaryDirectory());
    const seen = await openMatcher(stores.fingerprints, {
      threads: 1,
      pollMillis: 50,
      onFault: () => undefined,
    });
    const over = { stores, matchIndex: seen, inspector: new PictureInspector(), now: () => new Date() };
    const { page, test, address, complaints } = await open({ viewport: { width: 1280, height: 900 } }, over);
    const own = fingerprint();
    const { headers } = await post(test.app, [
      { name: 'file', filename: 'signed.png', type: 'image/png', content: 'the signed one' },
    ]);
    const signed = String(headers['location']).split('/').at(-1) ?? '';
    await looksLike(stores, signed, own);
    await upload(page, address);
    const section = page.locator('#seen');
    expect(await section.textContent()).toContain('Look again');
    const [, id = ''] = /inspections\/([\w-]+)/.exec(page.url()) ?? [];
    const raw = { width: 64, height: 48, channels: 3 } as const;
    const content = await sharp(rgbScene(raw), { raw }).webp().toBuffer();
    for (const one of [signed, id])
      await stores.inspections.putDerivatives('local', one, [
        {
          kind: 'pictures',
          mediaType: 'application/json',
          content: Buffer.from('{"pictures":[{"name":"preview","width":64,"height":48}],"missing":[]}'),
        },
        { kind: 'preview', mediaType: 'image/webp', content },
      ]);
    await looksLike(stores, id, turnedBits(own, 7));
    await section.locator('.match').waitFor();
    expect(await section.textContent()).toContain('Content Credentials by “Example Studio <b>”');
    expect(await page.locator('#seen-notice').textContent()).toContain(
      inEnglish('page.matches.lead', { kind: 'picture', tier: 'same' }),
    );
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.locator('#seen .figures + button').click();
    expect(await page.locator('#seen .overlay input').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await seen.close();
  });
});
