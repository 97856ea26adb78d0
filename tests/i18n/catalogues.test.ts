import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue, faults, languages } from '../../scripts/catalogues.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { LANGUAGES } from '../../src/i18n/languages.js';

const SRC = join(import.meta.dirname, '../../src');

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && one.name.endsWith('.ts') && one.name !== 'messages.ts')
    .map((one) => join(one.parentPath, one.name));

describe('the catalogues', () => {
  it('hold every text in every language, with all that goes into it', () => {
    expect(languages().length).toBeGreaterThan(1);
    expect(faults()).toEqual([]);
  });

  it('hold nothing that nobody says', () => {
    const code = sources(SRC).map((path) => readFileSync(path, 'utf8'));
    const written = new Set(
      code.flatMap((text) => [...text.matchAll(/['"`]([a-z][\w]*(?:\.[\w-]+)+)['"`]/g)].map(([, id]) => id)),
    );
    // Ids of a closed list (a carrier, an outcome) are composed: `carrier.${carrier}`.
    const begun = [
      ...new Set(
        code.flatMap((text) =>
          [...text.matchAll(/`([a-z]\w*(?:\.[\w-]+)*\.)\$\{/g)].map(([, start]) => start ?? ''),
        ),
      ),
    ];
    const unused = Object.keys(catalogue('en')).filter(
      (id) => !written.has(id) && !begun.some((start) => id.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });
});

/** Shortest text, in words or Chinese characters, that is looked for in tests: shorter ones occur by chance. */
const MIN_WORDS = 5;
const MIN_HAN = 8;
const isWhole = (text: string): boolean =>
  !/[{}]/.test(text) &&
  (text.split(/\s+/).filter((one) => /\p{L}/u.test(one)).length >= MIN_WORDS ||
    (text.match(/\p{Script=Han}/gu) ?? []).length >= MIN_HAN);

describe('the tests', () => {
  it('hold no whole text of a catalogue, so that mending one changes no test', () => {
    const files = sources(join(import.meta.dirname, '..')).map(
      (path) => [path, readFileSync(path, 'utf8')] as const,
    );
    const texts = LANGUAGES.flatMap((language) => Object.entries(loadCatalogue(language)))
      .map(([id, text]) => [id, text.trim()] as const)
      .filter(([, text]) => isWhole(text));
    expect(texts.length).toBeGreaterThan(2_000);
    const held = files.flatMap(([path, code]) =>
      texts.filter(([, text]) => code.includes(text)).map(([id]) => `${path}: ${id}`),
    );
    expect(held).toEqual([]);
  });
});

describe('what is wrong with a catalogue', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-catalogues-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const entry = (defaultMessage: string, example: object = {}) => ({
    defaultMessage,
    description: 'A text.',
    example,
  });
  const wrong = (en: object, zh: object) => {
    writeFileSync(join(folder, 'en.json'), JSON.stringify(en));
    writeFileSync(join(folder, 'zh-Hans.json'), JSON.stringify(zh));
    return faults(folder);
  };

  it.each([
    ['nothing', { 'a.b': entry('{n} files', { n: '3' }) }, { 'a.b': '{n} 个文件' }, []],
    ['a missing text', { 'a.b': entry('x') }, {}, ['zh-Hans.json: a.b: is missing']],
    ['a text of nobody', {}, { 'a.b': 'x' }, ['zh-Hans.json: a.b: is not in en.json']],
    [
      'a dropped place',
      { 'a.b': entry('{n} files', { n: '3' }) },
      { 'a.b': '文件' },
      ['zh-Hans.json: a.b: does not say {n}'],
    ],
    [
      'a place too many',
      { 'a.b': entry('files') },
      { 'a.b': '{n} 个文件' },
      ['zh-Hans.json: a.b: says {n}, which en.json has not'],
    ],
    [
      'an example that does not fit',
      { 'a.b': entry('{n} files') },
      { 'a.b': '{n} 个文件' },
      ['en.json: a.b: its example has {}, its text {n}'],
    ],
    [
      'no description',
      { 'a.b': { ...entry('x'), description: '' } },
      { 'a.b': 'x' },
      ['en.json: a.b: has no description'],
    ],
  ])('is said: %s', (_, en, zh, expected) => {
    expect(wrong(en, zh)).toEqual(expected);
  });

  it('is said of a text that cannot be read', () => {
    expect(wrong({ 'a.b': entry('{n') }, { 'a.b': '{n' })[0]).toMatch(/^en\.json: a\.b: /);
  });
});
