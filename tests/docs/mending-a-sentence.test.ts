import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localizeReport, toStoredReport } from '../../src/core/law/localize.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor, translatorFrom } from '../../src/i18n/translator.js';
import { reportOf } from '../core/renderers/report-literal.js';
import { memoryFolder } from '../support/memory-folder.js';
import { guideOf } from './followed.js';

const ROOT = join(import.meta.dirname, '../..');
const MENDED = 'sentence.nothing.lookedFor';
/** Made from the text, because no test may hold one, this one neither. */
const WORDS = {
  en: `In better words: ${loadCatalogue('en')[MENDED]}`,
  'zh-Hans': `更好的措辞：${loadCatalogue('zh-Hans')[MENDED]}`,
};

const report = {
  ...reportOf(),
  summary: {
    ...reportOf().summary,
    messages: { sentence: [message(MENDED), message('sentence.caveat.settings')] },
  },
};

describe('mending a sentence', () => {
  it('changes that sentence wherever it is told, and nothing that is kept', () => {
    const mended = translatorFrom('en', () => ({ ...loadCatalogue('en'), [MENDED]: WORDS.en }));
    const [before, after] = [localizeReport(report, translatorFor('en')), localizeReport(report, mended)];
    expect(after.summary.sentence).toBe(
      `${WORDS.en} ${translatorFor('en').text('sentence.caveat.settings')}`,
    );
    expect({ ...after, summary: { ...after.summary, sentence: before.summary.sentence } }).toEqual(before);
    expect(toStoredReport(after)).toEqual(toStoredReport(before));
  });

  it('needs no fixture: what they promise holds no sentence', () => {
    const promises = readdirSync(join(ROOT, 'fixtures'), { recursive: true, withFileTypes: true })
      .filter(({ name }) => name.endsWith('.expected.json'))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    const sentences = Object.entries(loadCatalogue('en')).filter(
      ([id, text]) => id.startsWith('sentence.') && /^[A-Z][^{}]{30,}\.$/.test(text),
    );
    expect(promises.length).toBeGreaterThan(100);
    expect(sentences.length).toBeGreaterThan(20);
    const held = sentences.filter(([, text]) => promises.some((one) => one.includes(text)));
    expect(held).toEqual([]);
  });
});

describe('docs/mending-a-sentence.md', () => {
  const copy = mkdtempSync(join(memoryFolder(), 'assay-mended-'));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
    return { status, output: status === 0 ? '' : `${stdout}${stderr}`.slice(-5_000) };
  };

  beforeAll(() => {
    for (const name of readdirSync(ROOT).filter((one) => !['.git', 'dist', 'node_modules'].includes(one)))
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });

  it('ends with one command, after which all unit tests hold', () => {
    const [, command = '', ...args] =
      /^3\. Run `(npm) (run) (generate)`/m.exec(guideOf('mending-a-sentence.md')) ?? [];
    for (const [language, words] of Object.entries(WORDS)) {
      const path = join(copy, `src/i18n/catalogues/${language}.json`);
      const text = JSON.stringify(loadCatalogue(language as keyof typeof WORDS)[MENDED]);
      const before = readFileSync(path, 'utf8');
      const after = before.replace(text, JSON.stringify(words));
      expect(after).not.toBe(before);
      writeFileSync(path, after);
    }
    expect(run(command, ...args)).toEqual({ status: 0, output: '' });
    expect(run('npx', 'vitest', 'run', '--project', 'unit')).toEqual({ status: 0, output: '' });
  });
});
