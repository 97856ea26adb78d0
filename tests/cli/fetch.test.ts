import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../i18n/english.js';
import { ownFolder, site } from '../service/fetching/site.js';
import { assayHere } from './run-here.js';
import { assay, fixture } from './spawn-assay.js';

const PICTURE = readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg'));

const shop = () =>
  site({
    '/story': (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          '<title>Boats \u202e</title><meta property="og:image" content="/a.jpg"><meta property="og:image:width" content=1200>' +
            '<img src="/b.jpg" alt="A \u001b[31mboat"><img src="http://10.0.0.1/c.jpg"><iframe src="https://player.example/1"></iframe>',
        ),
    '/a.jpg': (_, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PICTURE),
    '/none': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Words'),
  });

describe('assay fetch', () => {
  it('asks nobody while it is off', async () => {
    const { url, asked } = await shop();
    const { code, stdout, stderr } = await assayHere(['fetch', `${url}/a.jpg`]);
    expect([code, stdout]).toEqual([41, '']);
    expect(stderr).toContain('(fetch.off)');
    expect(asked).toEqual([]);
  });

  it('lists the media of a page, and asks for none of them', async () => {
    const { host, url, asked } = await shop();
    const env = { ASSAY_FETCH: host };
    const { code, stdout } = await assayHere(['fetch', `${url}/story`], env);
    expect(code).toBe(40);
    expect(stdout.replaceAll(host, 'HOST').replace(/ at .* UTC/, ' at TIME')).toBe(
      `Boats ‹U+202E›
http://HOST/story
As served by HOST at TIME.
The page names 3 media. Assay fetched none of them. Choose one with --pick NUMBER.

1  http://HOST/a.jpg
   picture · ${inEnglish('fetching.from.og')} · 1,200 pixels wide
2  http://HOST/b.jpg
   picture · in the page · “A ‹U+001B›[31mboat”
3  http://10.0.0.1/c.jpg
   picture · in the page · would be refused (fetch.private)

Something plays in the page without a file of its own (player.example). It is not listed.
`,
    );
    const json = JSON.parse((await assayHere(['fetch', `${url}/story`, '--json'], env)).stdout);
    expect(json).toMatchObject({
      schema: 'assay.media/1',
      page: { url: `${url}/story` },
      media: [{}, {}, {}],
    });
    expect(asked).toEqual(['/robots.txt', '/story', '/robots.txt', '/story']);
  });

  it('inspects what was picked, says who served it, and keeps file and exchange', async () => {
    const { host, url, asked } = await shop();
    const folder = ownFolder();
    const [out, warc] = [join(folder, 'a.jpg'), join(folder, 'a.warc.gz')];
    const args = ['fetch', `${url}/story`, '--pick', '1', '--out', out, '--warc', warc];
    const temporary = ownFolder();
    const env = { ASSAY_FETCH: host, TMPDIR: temporary };
    // Runs in a separate process, which must pass the output on unchanged.
    const { code, stdout, stderr } = await assay([...args, '--json'], env);
    expect(code, stderr).toBe(0);
    const { asset, summary } = JSON.parse(stdout);
    expect(asset).toMatchObject({ name: 'a.jpg', declaredMediaType: 'image/jpeg', servedBy: { host } });
    expect(asset.servedBy.at).toMatch(/^\d{4}-.*Z$/);
    // The requested address may contain personal data.
    expect(stdout).not.toContain(url);
    expect(summary.origin).toBe('ai-generated');
    expect(readFileSync(out)).toEqual(PICTURE);
    const kept = gunzipSync(readFileSync(warc)).toString('latin1');
    expect(kept.match(/^WARC-Type: response\r$/gm)).toHaveLength(4);
    expect(asked).toEqual(['/robots.txt', '/story', '/robots.txt', '/a.jpg']);
    expect(readdirSync(temporary)).toEqual([]);
    // Existing files are not overwritten, and nothing is requested from the server.
    const again = await assayHere(args, env);
    expect([again.code, again.stderr]).toEqual([2, `assay: ${out} is there already\n`]);
    expect(asked).toHaveLength(4);
  });

  it('says who served it to people, in both languages', async () => {
    const { host, url } = await shop();
    const env = { ASSAY_FETCH: host, ASSAY_SANDBOX: 'off' };
    const said = async (...more: string[]) =>
      (await assayHere(['fetch', `${url}/a.jpg`, ...more], env)).stdout.replaceAll(/\n */g, ' ');
    expect(await said()).toMatch(
      new RegExp(
        `As served by ${host} at \\d.* UTC\\. Platforms often remove what a file says of its origin`,
      ),
    );
    expect(await said('--full')).toContain(`As served by ${host} at `);
    expect(await said('--lang', 'zh-Hans')).toContain(`由 ${host} 于 `);
  });

  it('ends by a code of its own for each reason, keeping what was exchanged', async () => {
    const { host, url } = await shop();
    const env = { ASSAY_FETCH: host };
    const folder = ownFolder();
    const codeOf = async (...args: string[]) => (await assayHere(['fetch', ...args], env)).code;
    const warc = join(folder, 'gone.warc.gz');
    expect(await codeOf(`${url}/gone`, '--warc', warc)).toBe(48);
    expect(existsSync(warc)).toBe(true);
    expect(await codeOf('ftp://example.org/')).toBe(42);
    expect(await codeOf('https://example.org/')).toBe(44);
    expect(await codeOf('http://127.0.0.1:1/')).toBe(45);
    expect(await codeOf(`${url}/none`)).toBe(55);
    expect(await codeOf(`${url}/story`, '--pick', '9')).toBe(2);
    expect(await codeOf(`${url}/story`, '--pick', 'first')).toBe(2);
    const secret = await assayHere(['fetch', 'http://me:hunter2@example.org/', '--json'], env);
    expect([secret.code, JSON.parse(secret.stdout).code]).toEqual([43, 'fetch.credentials']);
    expect(secret.stdout + secret.stderr).not.toContain('hunter2');
  });
});
