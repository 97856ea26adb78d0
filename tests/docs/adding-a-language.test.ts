import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faults, partialLanguages } from '../../scripts/catalogues.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { reportOf } from '../core/renderers/report-literal.js';
import { Copies, guideOf } from './followed.js';

const guide = guideOf('adding-a-language.md');

/** Every English text in brackets, except those that the guide says are not shown as they are. */
const bracketed = (): Record<string, string> =>
  Object.fromEntries(Object.entries(loadCatalogue('en')).map(([id, text]) => [id, `[${text}]`]));

const OWN = {
  'language.name': 'العربية',
  'language.tag': 'ar',
  'language.direction': 'rtl',
  'language.spacing': 'as-written',
};

describe('docs/adding-a-language.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  it('names one file, and tags, schema and pages know the language', () => {
    const [, file = ''] = /one file: `([^`]+)`/.exec(guide) ?? [];
    const [, command] = /Run `node ([^`]+)`/.exec(guide) ?? [];
    const named = [...guide.matchAll(/^ {3}- `([\w.]+)`:/gm)].map(([, id = '']) => id);
    expect(named).toEqual(Object.keys(OWN));
    expect(command).toBe('scripts/catalogues.js');
    const own = file.replace('<tag>', 'ar');
    const { 'form.history.link': _, ...rest } = bracketed();
    copies.add('all', [{ file: own, edit: () => JSON.stringify({ ...rest, ...OWN }) }]);
    expect(copies.catalogues('all')).toMatchObject({ status: 0, stderr: '' });
    // The second file is generated from the first.
    expect(copies.touched('all')).toEqual(['src/i18n/catalogues/ar.json', 'src/i18n/catalogues/messages.ts']);
    const seen = copies.ask(
      'all',
      `import { html } from './core/renderers/html/escape.js';
       import { buildPage } from './core/page/page.js';
       import { renderArticle } from './core/renderers/html/html.js';
       import { ReportSchema } from './core/report/report.js';
       import { renderPage as framed } from './http/pages/page.js';
       import { LanguageSchema } from './http/services/language.js';
       import { LANGUAGES, matchLanguage } from './i18n/languages.js';
       import { translatorFor } from './i18n/translator.js';
       const speech = translatorFor(matchLanguage('ar-EG')!);
       const to = (path: string) => path;
       const speaks = { ...speech, inLanguage: to, withLanguage: to, linkTo: to, formTarget: to, isSignedIn: false };
       const frame = framed({ title: '', body: html\`\`, translator: speaks as never });
       const page = String(renderArticle(buildPage(${JSON.stringify(reportOf())}, speech), speech));
       console.log(JSON.stringify({
         languages: LANGUAGES,
         speaks: [speech.language, speech.name, speech.direction],
         report: JSON.stringify(ReportSchema).includes('["en","ar","zh-Hans"]'),
         query: LanguageSchema.properties.lang.description,
         frame: [/<html .*>/.exec(frame)?.[0], ...frame.match(/<a href="ar".*<\\/a>|<span lang="ar".*<\\/span>/g) ?? []],
         partial: frame.match(/This page is partly in English: (.*) not yet/)?.[1],
         headings: [...page.matchAll(/<h3>(.*?)<\\/h3>/g)].map(([, text]) => text),
       }));`,
    );
    expect(seen).toMatchObject({
      languages: ['en', 'ar', 'zh-Hans'],
      speaks: ['ar', 'العربية', 'rtl'],
      report: true,
      query: expect.stringContaining('en, ar, zh-Hans'),
      frame: ['<html lang="ar" dir="rtl">', '<span lang="ar" aria-current="true">العربية</span>'],
      partial: '1 text is',
      headings: expect.arrayContaining(['[What we could check]']),
    });
    expect(copies.faults(['all/src/core/report', 'all/src/http/language.ts'])).toEqual([]);
  });
});

describe('a language that lacks something', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-language-'));
    cpSync(join(import.meta.dirname, '../../src/i18n/catalogues'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is counted, not refused', () => {
    const total = Object.keys(loadCatalogue('en')).length.toLocaleString('en');
    const own = { ...OWN, 'language.name': 'Deutsch', 'language.tag': 'de', 'language.direction': 'ltr' };
    const { 'language.name': _, ...unnamed } = own;
    const write = (texts: object) => writeFileSync(join(folder, 'de.json'), JSON.stringify(texts));
    write(own);
    expect(faults(folder)).toEqual([]);
    expect(partialLanguages(folder)).toEqual([`de: 4 of ${total} texts, the rest in English`]);
    write(unnamed);
    expect(faults(folder)).toEqual(['de.json: language.name: is missing']);
  });

  it('is told what is wrong in it', () => {
    const { 'page.section.checks': _, ...rest } = bracketed();
    writeFileSync(join(folder, 'zzl.json'), JSON.stringify({ ...rest, 'page.phrase.more': 'x', 'a.b': 'y' }));
    expect(faults(folder)).toEqual([
      'zzl.json: page.phrase.more: does not say {count}',
      'zzl.json: a.b: is not in en.json',
    ]);
  });
});
