import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineFault, fault, faultMessage, pickFault, type ReadFault } from '../../src/base/fault.js';
import { limits } from '../../src/base/limits.js';
import { isParams } from '../../src/core/law/schema-checks.js';
import { maskFault } from '../../src/core/masking/mask-message.js';
import { Asset } from '../../src/core/media/asset.js';
import { readAll } from '../../src/core/readers/read-all.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { parseFault } from '../../src/inspect/checks/fault-check.js';
import { faultText, noteText } from '../support/fault-text.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
/** The engines run in separate processes. */
const NOT_HERE = fault('reader.error', { words: 'Not needed here.' });

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : name.endsWith('.json') ? [] : [path];
  });

/** Asserts that a text is complete: no placeholder is left, and no id stands for a text. */
function expectWhole(text: string, language: string): void {
  expect(text, language).toMatch(/^[^{}‹]{4,}[.。]$/u);
}

describe('what could not be read of a file', () => {
  it.each(['hostile', 'parts', 'formats', 'labels', 'plain', 'mismatch'])(
    'is said whole in every language: %s',
    async (folder) => {
      let faults = 0;
      for (const path of files(join(FIXTURES, folder))) {
        const asset = await Asset.open(path);
        const evidence = await readAll(asset, { engine: 'wasm', deep: true }, { c2pa: NOT_HERE }).finally(
          () => asset.close(),
        );
        for (const read of Object.values(evidence)) {
          if (read.notes) for (const language of LANGUAGES) expectWhole(noteText(read, language), language);
          if (!('code' in read) || read.code === undefined) continue;
          faults += 1;
          for (const language of LANGUAGES) expectWhole(faultText(read, language), language);
          expect(parseFault(pickFault({ ...read, code: read.code }))).toBeDefined();
        }
      }
      expect(faults).toBeGreaterThan(10);
    },
  );

  it('names in Chinese what it names in English', () => {
    const why = fault('bound.bytes', { place: 'APP1', most: 4096 });
    expect(faultText(why)).toBe('There are more than 4096 bytes in APP1; not all of them were read.');
    expect(faultText(why, 'zh-Hans')).toBe('APP1 中的数据超过 4096 字节；未全部读取。');
  });

  it('has the words of an engine in quotation marks, under the engine’s own name for it', () => {
    const why = engineFault('JumbfParseError', { error: 'JumbfParseError: invalid box' });
    expect(why.code).toBe('c2pa.JumbfParseError');
    expect(faultText(why)).toBe('The C2PA engine came to no answer (“JumbfParseError: invalid box”).');
  });

  it('keeps a place or an error message short', () => {
    const { params } = fault('reader.error', { words: 'x'.repeat(limits.faultParamCharacters + 1) });
    expect(String(params?.['words'])).toHaveLength(limits.faultParamCharacters);
    expect(isParams(params)).toBe(true);
  });

  it('is masked where it repeats the file', () => {
    const why = fault('reader.error', { words: 'no such file: /home/maria/a.jpg' });
    expect(maskFault(why, (text) => text.replace('maria', '[name]'))).toEqual({
      code: 'reader.error',
      params: { words: 'no such file: /home/[name]/a.jpg' },
    });
  });
});

describe('a fault that a reading process sends', () => {
  it.each<[string, unknown]>([
    ['without a code', { params: {} }],
    ['with a code that is none', { code: '<b>' }],
    ['with a param that is nothing to say', { code: 'reader.error', params: { words: { a: 1 } } }],
    ['with a long text', { code: 'reader.error', params: { words: 'x'.repeat(1_001) } }],
    [
      'with many params',
      { code: 'reader.error', params: Object.fromEntries([...'abcdefghijklmnopq'].map((a) => [a, 1])) },
    ],
    ['with something said in itself too often', { code: 'reader.error', params: { words: nested(12) } }],
  ])('is refused %s', (_how, sent) => {
    expect(parseFault(sent)).toBeUndefined();
  });

  it('that lacks what a choice hangs on is said all the same', () => {
    const sent = parseFault({ code: 'jpeg.truncated' }) as ReadFault;
    expect(translatorFor('en').translate(faultMessage(sent))).toBe(
      'The JPEG ends before its end-of-image marker.',
    );
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { id: 'note.engineWords', params: { words: nested(depth - 1) } };
}

it('every text of a fault stands in every language', () => {
  const ids = Object.keys(loadCatalogue('en')).filter((id) => /^(fault|note|engine)\./.test(id));
  expect(ids.length).toBeGreaterThan(300);
  const chinese = JSON.parse(
    readFileSync(new URL('../../src/i18n/catalogues/zh-Hans.json', import.meta.url), 'utf8'),
  );
  expect(ids.filter((id) => !/[\p{Script=Han}{]/u.test(chinese[id] ?? ''))).toEqual([]);
});
