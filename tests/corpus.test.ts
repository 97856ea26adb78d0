import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles, promised } from '../fixtures/build/expected.js';
import { withHeadlineText } from '../src/core/report/message-lookup.js';
import type { StoredReport } from '../src/core/report/report.js';
import { signalRowOf } from '../src/core/signals/index.js';
import { buildGuidance } from '../src/core/summary/guidance.js';
import { LANGUAGES } from '../src/i18n/languages.js';
import { translatorFor } from '../src/i18n/translator.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';

/** Runs every fixture through the real reading processes, and compares it with its expectation. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** “No … was found” next to a declared origin, or next to a label or trace in the table, would be read as the answer. */
function saysNothingOnlyOfNothing({ summary, signals }: StoredReport): void {
  if (!summary.messages?.sentence.some(({ id }) => id.startsWith('sentence.nothing.'))) return;
  expect(summary.origin).toBe('none');
  const told = signals
    .map(({ id }) => signalRowOf(id).pageRow)
    .filter((row) => row === 'labels' || row === 'traces');
  expect(told).toEqual([]);
}

/** Asserts that the headline is short in each language, and can be quoted alone. */
function beginsInShort({ summary: { headline, facts } }: StoredReport): void {
  if (headline === undefined || facts === undefined) throw new Error('no headline');
  const [english = '', chinese = ''] = LANGUAGES.map(
    (one) => withHeadlineText(headline, translatorFor(one)).text,
  );
  expect(english.split(/\s+/).length, english).toBeLessThanOrEqual(12);
  expect(english).not.toMatch(/^(It|They|This|That|Its|Their|These|Those)\b/);
  // Two Latin letters are as wide as one Chinese character.
  const wide = [...chinese].reduce((all, one) => all + (/[\u2e80-\uffef]/u.test(one) ? 1 : 0.5), 0);
  expect(wide, chinese).toBeLessThanOrEqual(30);
}

/** Asserts what may and may not be said of the file, at most three next steps, and no repeated sentence. */
function guides(report: StoredReport): void {
  const { say, avoid, next, question } = buildGuidance(report);
  expect([say.length, avoid.length, next.length], report.summary.headline?.id).toEqual([
    expect.toBeOneOf([1, 2]),
    expect.toBeOneOf([1, 2]),
    expect.toBeOneOf([0, 1, 2, 3]),
  ]);
  for (const language of LANGUAGES) {
    const speech = translatorFor(language);
    const texts = [...say, ...avoid, ...next.map(({ userMessage }) => userMessage)].map((one) =>
      speech.translate(one),
    );
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(30);
  }
  // A file of which nothing was read raises no question.
  expect(question === undefined).toBe(report.summary.coverage.state === 'nothing');
}

const files = fixtureFiles();

describe('every fixture says what it promises', () => {
  it('has fixtures', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(files.map((f) => [`${f.folder}/${f.name}`, f] as const))(
    '%s',
    async (_title, { name, path, deep }) => {
      const report = await inspector.inspect({ path, name, asOf: AS_OF, engine: 'auto', deep });
      expect(promised(report)).toEqual(JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')));
      saysNothingOnlyOfNothing(report);
      beginsInShort(report);
      guides(report);
    },
  );
});

describe('the same input gives the same Report', () => {
  it.each(
    files
      .filter((f) => f.folder === 'c2pa')
      .slice(0, 6)
      .map((f) => [f.name, f] as const),
  )('%s', async (_name, { name, path }) => {
    const once = await inspector.inspect({ path, name, asOf: AS_OF, engine: 'auto' });
    expect(await inspector.inspect({ path, name, asOf: AS_OF, engine: 'auto' })).toEqual(once);
  });
});
