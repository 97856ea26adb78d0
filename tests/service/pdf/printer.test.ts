import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { html, Markup } from '../../../src/core/renderers/html/escape.js';
import type { Block } from '../../../src/service/pdf/blocks.js';
import { findBrowser, printWithChromium } from '../../../src/service/pdf/chromium.js';
import { renderPlainPdf } from '../../../src/service/pdf/plain.js';
import { type Paper, type Printable, renderPrintableHtml } from '../../../src/service/pdf/printable.js';
import { Printer } from '../../../src/service/pdf/printer.js';
import { describeWith, itWith } from '../../support/system-parts.js';

const paragraph = (text: string): Block => ({ indent: 0, marker: '', spans: [{ text }] });
const heading = (text: string): Block => ({ ...paragraph(text), level: 2 });

const printable = (over: Partial<Printable> = {}): Printable => ({
  title: 'a.png – Assay',
  language: 'en',
  direction: 'ltr',
  article: html`<h2>生成合成 file’s name</h2><p>It names “Google LLC”.</p>`,
  blocks: () => [heading('生成合成 file’s name'), paragraph('It names “Google LLC”.')],
  footer: 'sha256 0123456789abcdef\nAssay 0.1.0 · 2026-11-26',
  paper: 'a4',
  ...over,
});

describeWith('pdftotext', 'A PDF', (pdftotext) => {
  const textOf = (pdf: Uint8Array) =>
    execFileSync(pdftotext, ['-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' });
  const sheetOf = (pdf: Uint8Array) =>
    /Page size:\s+(\d+)[\d.]* x (\d+)/
      .exec(execFileSync(pdftotext.replace(/pdftotext$/, 'pdfinfo'), ['-'], { input: pdf, encoding: 'utf8' }))
      ?.slice(1, 3)
      .join('×');

  const describePrinter = (
    name: string,
    print: (printable: Printable) => Promise<Uint8Array>,
    withChinese: (test: string, run: () => Promise<void>) => void = it,
  ) =>
    describe(`set by ${name}`, () => {
      withChinese('can be searched, in Chinese too, and is stamped on its pages', async () => {
        const text = textOf(await print(printable()));
        for (const part of [
          '生成合成',
          'file’s name',
          '“Google LLC”',
          'sha256 0123456789abcdef',
          '2026-11-26',
        ]) {
          expect(text).toContain(part);
        }
        expect(text.replaceAll(' ', '')).toContain('1/1');
      });

      it.each<[Paper, string]>([
        ['a4', '59[45]×841'],
        ['letter', '612×792'],
      ])('comes on %s', async (paper, sheet) => {
        expect(sheetOf(await print(printable({ paper })))).toMatch(new RegExp(sheet));
      });

      it('begins a new page where one is full', async () => {
        const all = Array.from({ length: 120 }, (_, index) => `paragraph ${index}`);
        const article = html`${all.map((one) => html`<p>${one}</p>`)}`;
        const text = textOf(await print(printable({ article, blocks: () => all.map(paragraph) })));
        expect(text).toContain('paragraph 119');
        expect(text.split('\f').length).toBeGreaterThan(2);
      });
    });

  describePrinter('the library', (one) => renderPlainPdf({ ...one, blocks: one.blocks() }));

  it('set by the library spells out what no font has and what would not be seen', async () => {
    const text = textOf(
      await renderPlainPdf({ ...printable(), blocks: [paragraph('a\u202egpj.exe \u0639 𓀀')] }),
    );
    expect(text).toContain('a[U+202E]gpj.exe [U+0639] [U+13000]');
  });

  describeWith('chromium', 'with a browser', () => {
    describeWith('bwrap', 'in a sandbox', () => {
      const browser = findBrowser(process.env['PATH'] ?? '');
      const print = async (one: Printable) => {
        if (browser === undefined) throw new Error('Chromium was found, and not by findBrowser');
        return printWithChromium(browser, renderPrintableHtml(one));
      };
      describePrinter('Chromium', print, (test, run) => itWith('chineseFont', test, run));

      it('holds what a browser would have run as nothing at all', async () => {
        let asked = 0;
        const canary = createServer((_, response) => {
          asked += 1;
          response.end();
        });
        await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
        const address = canary.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        const article = `<p>seen</p><script>document.body.append('RAN')</script>
<img src="http://127.0.0.1:${port}/i" onerror="document.body.append('RAN')"><svg onload="document.body.append('RAN')"></svg>
<iframe src="http://127.0.0.1:${port}/f"></iframe><iframe src="file:///etc/passwd"></iframe><link rel="stylesheet" href="http://127.0.0.1:${port}/s">`;
        const text = textOf(await print(printable({ article: new Markup(article) })));
        canary.close();
        expect(text).toContain('seen');
        expect(text).not.toContain('RAN');
        expect(text).not.toContain('root:');
        expect(asked).toBe(0);
      });

      itWith('chineseFont', 'leaves Chinese to the library where no font has it', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'assay-no-fonts-'));
        const config = join(folder, 'fonts.conf');
        writeFileSync(config, `<fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`);
        vi.stubEnv('FONTCONFIG_FILE', config);
        const printer = new Printer(process.env['PATH'] ?? '');
        const chinese = await printer.print(printable());
        const latin = await printer.print(printable({ article: html`<p>Google LLC</p>` }));
        vi.unstubAllEnvs();
        rmSync(folder, { recursive: true });
        expect(chinese.by).toBe('pdfkit');
        expect(textOf(chinese.pdf)).toContain('生成合成');
        expect(latin.by).toBe('chromium');
        expect((await new Printer(process.env['PATH'] ?? '').print(printable())).by).toBe('chromium');
      });

      it('leaves nothing on the disk', () => {
        expect(
          readdirSync(tmpdir()).filter(
            (name) => name.startsWith('assay-pdf-') && name.includes(`-${process.pid}-`),
          ),
        ).toEqual([]);
      });
    });
  });
});

describe('The printer', () => {
  it('has no browser where no program is found', () => {
    expect(new Printer('').browser).toBeUndefined();
  });
});
