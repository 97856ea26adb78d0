import './from-sources.js';

/**
 * Takes screenshots of the pages. Starts its own server on an empty data folder and uploads fixtures through the form.
 * Needs Debian's Chromium.
 *
 * `npm run pictures` (`--docs`) makes the pictures of docs/, one report in both languages, and the alternative text of the one in
 * README.md.
 *
 * `node scripts/screenshots.js [folder [name,…]]` is for visual review: form, reports and errors at desktop and phone
 * size, light and dark, in both languages and for print.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { PICTURED, pictureText } from './report-picture.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const README = join(ROOT, 'README.md');
const FOR_DOCS = process.argv[2] === '--docs';
const OUT = FOR_DOCS ? join(ROOT, 'docs') : resolve(process.argv[2] ?? join(ROOT, 'screenshots'));
/** Limits the run to these names, if given. */
const ONLY = FOR_DOCS ? ['contradiction'] : process.argv[3]?.split(',');
const wanted = (name) => ONLY === undefined || ONLY.includes(name);
const CHROMIUM = '/usr/bin/chromium';

/** Typical reports in a newsroom. */
const FILES = {
  signed: 'c2pa/png-c2pa-trained.png',
  captured: 'c2pa/jpeg-c2pa-captured.jpg',
  altered: 'c2pa/png-c2pa-altered-data.png',
  history: 'c2pa/jpeg-c2pa-ingredient-altered.jpg',
  label: 'labels/png-gb45438-xmp.png',
  contradiction: PICTURED.slice('fixtures/'.length),
  settings: 'labels/png-comfyui-img2img.png',
  video: 'labels/mp4-kling-label.mp4',
  damaged: 'hostile/jpeg-truncated.jpg',
  nothing: 'plain/plain.jpg',
};

const DESK = { viewport: { width: 1200, height: 900 } };
/** The pictures of docs/, by language. */
const DOCS = { en: 'report-page-en.webp', 'zh-Hans': 'report-page-zh.webp' };
const DOCS_SIZE = { width: 800, height: 1100 };
const DOCS_QUALITY = 90;
const PHONE = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 };

const dataDir = mkdtempSync(join(tmpdir(), 'assay-screenshots-'));
const server = spawn(process.execPath, [join(ROOT, 'bin/assay.js'), 'serve', '--port', '0'], {
  env: { ...process.env, ASSAY_DATA_DIR: dataDir },
  stdio: ['ignore', 'pipe', 'pipe'],
});
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  const address = await listening(server);
  mkdirSync(OUT, { recursive: true });
  // Taken before any inspection, while the guide is shown.
  if (wanted('form')) await photograph('form', `${address}/`);
  const reports = await uploadAll(address);
  if (wanted('error')) await photograph('error', `${address}/nowhere`);
  if (FOR_DOCS) await illustrate(reports.contradiction);
  else for (const [name, url] of Object.entries(reports)) await photograph(name, url);
  if (wanted('history-list')) await photograph('history-list', `${address}/inspections`);
  const [any] = Object.values(reports);
  if (wanted('share') && any) await photograph('share', `${any}/share`);
  if (reports.signed) await print('signed', reports.signed);
} finally {
  await browser.close();
  server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

function listening({ stdout, stderr }) {
  return new Promise((found, failed) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address) found(address);
    };
    stdout.on('data', listen);
    stderr.on('data', listen);
    server.on('exit', (code) => failed(new Error(`the server ended (${code}): ${said}`)));
  });
}

async function uploadAll(address) {
  const reports = {};
  for (const [name, file] of Object.entries(FILES).filter(([name]) => wanted(name))) {
    const page = await browser.newPage();
    await page.goto(address);
    // Choosing a file submits it.
    await page.locator('#file').setInputFiles(join(ROOT, 'fixtures', file));
    await page.waitForURL(/\/inspections\//, { timeout: 60_000 });
    reports[name] = page.url();
    await page.close();
  }
  return reports;
}

async function photograph(name, url) {
  for (const [device, size] of [
    ['desk', DESK],
    ['phone', PHONE],
  ]) {
    for (const [language, colorScheme] of [
      ['en', 'light'],
      ['en', 'dark'],
      ['zh-Hans', 'light'],
    ]) {
      const page = await browser.newPage({ ...size, colorScheme });
      await page.goto(`${url}?lang=${language}`);
      const path = join(OUT, `${name}-${device}-${language}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      await page.close();
    }
  }
}

/** Makes the pictures of docs/: the first screen of a report. */
async function illustrate(url) {
  const page = await browser.newPage({ viewport: DOCS_SIZE, colorScheme: 'light' });
  for (const [language, name] of Object.entries(DOCS)) {
    await page.goto(`${url}?lang=${language}`, { waitUntil: 'networkidle' });
    const webp = sharp(await page.screenshot()).webp({ quality: DOCS_QUALITY });
    await webp.toFile(join(OUT, name));
  }
  await page.close();
  await describePicture();
}

/** Writes the headline and facts of the pictured report into README.md. */
async function describePicture() {
  const { inspect } = await import('../src/index.ts');
  const { buildPageHead } = await import('../src/core/page/head.ts');
  const { translatorFor } = await import('../src/i18n/translator.ts');
  const head = buildPageHead(await inspect(join(ROOT, PICTURED)), translatorFor('en'));
  const text = readFileSync(README, 'utf8');
  const described = text.replace(
    /(<img src="docs\/report-page-en\.webp"[^>]* alt=")[^"]*"/,
    (_, before) => `${before}${pictureText(head)}"`,
  );
  writeFileSync(README, described);
}

async function print(name, url) {
  const page = await browser.newPage();
  for (const language of ['en', 'zh-Hans']) {
    await page.goto(`${url}?lang=${language}`);
    await page.pdf({ path: join(OUT, `${name}-${language}.pdf`), format: 'A4', displayHeaderFooter: false });
  }
  await page.close();
}
