import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faults, languages, messagesModule } from '../../scripts/catalogues.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { catalogueOf } from '../../src/say/catalogue.js';
import { speechFrom } from '../../src/say/speech.js';
import { reportOf } from '../renderers/report-literal.js';

/** What docs/adding-a-language.md says, done in a copy: one file, in a small language that nobody speaks. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-language-'));
  cpSync(join(import.meta.dirname, '../../src/catalogues'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const english = (): Record<string, string> =>
  Object.fromEntries(Object.entries(catalogueOf('en')).map(([id, text]) => [id, text]));

const SMALL = {
  'language.name': 'Zzli',
  'language.tag': 'ar',
  'language.direction': 'rtl',
  'page.section.checks': 'Zzu zzi zza',
};

it('is one file, and a page speaks it', () => {
  writeFileSync(join(folder, 'zzl.json'), JSON.stringify({ ...english(), ...SMALL }));
  expect(languages(folder)).toEqual(['en', 'zh-Hans', 'zzl']);
  expect(faults(folder)).toEqual([]);
  expect(messagesModule(folder)).toContain("LANGUAGES = ['en', 'zh-Hans', 'zzl']");
  const own: Record<string, string> = JSON.parse(readFileSync(join(folder, 'zzl.json'), 'utf8'));
  const speech = speechFrom('en', () => own);
  expect([speech.name, speech.direction]).toEqual(['Zzli', 'rtl']);
  const html = renderHtml(reportOf(), speech);
  expect(html).toContain('<h3>Zzu zzi zza</h3>');
  expect(html).not.toContain('What we could check');
});

it('is told what it lacks', () => {
  const { 'page.section.checks': _, ...rest } = english();
  writeFileSync(join(folder, 'zzl.json'), JSON.stringify({ ...rest, 'page.phrase.more': 'x', 'a.b': 'y' }));
  expect(faults(folder)).toEqual([
    'zzl.json: page.section.checks: is missing',
    'zzl.json: page.phrase.more: does not say {count}',
    'zzl.json: a.b: is not in en.json',
  ]);
});
