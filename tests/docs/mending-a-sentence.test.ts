import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localizeReport, toStoredReport } from '../../src/core/law/localize.js';
import { loadCatalogue } from '../../src/i18n/catalogue.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor, translatorFrom } from '../../src/i18n/translator.js';
import { reportOf } from '../core/renderers/report-literal.js';

/** Follows docs/mending-a-sentence.md once. */
const MENDED = 'sentence.nothing.lookedFor';
const WORDS = 'Nothing of the kind was found, in words that are better.';

const report = {
  ...reportOf(),
  summary: {
    ...reportOf().summary,
    messages: { sentence: [message(MENDED), message('sentence.caveat.settings')] },
  },
};

describe('mending a sentence', () => {
  it('changes that sentence wherever it is told, and nothing that is kept', () => {
    const mended = translatorFrom('en', () => ({ ...loadCatalogue('en'), [MENDED]: WORDS }));
    const [before, after] = [localizeReport(report, translatorFor('en')), localizeReport(report, mended)];
    expect(after.summary.sentence).toBe(`${WORDS} ${translatorFor('en').text('sentence.caveat.settings')}`);
    expect({ ...after, summary: { ...after.summary, sentence: before.summary.sentence } }).toEqual(before);
    expect(toStoredReport(after)).toEqual(toStoredReport(before));
  });

  it('needs no fixture: what they promise holds no sentence', () => {
    const fixtures = join(import.meta.dirname, '../../fixtures');
    const promises = readdirSync(fixtures, { recursive: true, withFileTypes: true })
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

  it('is described by commands that are there', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../docs/mending-a-sentence.md'), 'utf8');
    const named = [...guide.matchAll(/`((?:src|scripts|tests|fixtures)\/[\w./-]*)`/g)].map(
      ([, path = '']) => path,
    );
    for (const path of named)
      expect(() => readdirSync(join(import.meta.dirname, '../..', path.replace(/[^/]*$/, '')))).not.toThrow();
    expect(named.length).toBeGreaterThan(3);
  });
});
