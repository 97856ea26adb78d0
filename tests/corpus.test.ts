import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles, promised } from '../fixtures/build/expected.js';
import type { Report } from '../src/core/report/report.js';
import { headlineTold } from '../src/core/report/text-in.js';
import { rowOf } from '../src/core/signals/index.js';
import { guidanceOf } from '../src/core/summary/guidance.js';
import { createInspector } from '../src/isolation/pool.js';
import { LANGUAGES } from '../src/say/languages.js';
import { speechOf } from '../src/say/speech.js';

/** Every fixture through the real reading processes, against what stands beside it. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** “No … was found” beside a declared origin, or beside a label or trace in the table, would be read as the answer. */
function saysNothingOnlyOfNothing({ summary, signals }: Report): void {
  if (!summary.said?.sentence.some(({ id }) => id.startsWith('sentence.nothing.'))) return;
  expect(summary.origin).toBe('none');
  const told = signals.map(({ id }) => rowOf(id).row).filter((row) => row === 'labels' || row === 'traces');
  expect(told).toEqual([]);
}

/** The one line that is read first is short in each language, and can be quoted alone. */
function beginsInShort({ summary: { headline, facts } }: Report): void {
  if (headline === undefined || facts === undefined) throw new Error('no headline');
  const [english = '', chinese = ''] = LANGUAGES.map((one) => headlineTold(headline, speechOf(one)).text);
  expect(english.split(/\s+/).length, english).toBeLessThanOrEqual(12);
  expect(english).not.toMatch(/^(It|They|This|That|Its|Their|These|Those)\b/);
  // Two Latin letters are as wide as one character of Chinese.
  const wide = [...chinese].reduce((all, one) => all + (/[\u2e80-\uffef]/u.test(one) ? 1 : 0.5), 0);
  expect(wide, chinese).toBeLessThanOrEqual(30);
}

/** What may be said of it and what may not, and at most three things to do; never the same sentence twice. */
function guides(report: Report): void {
  const { say, avoid, next, question } = guidanceOf(report);
  expect([say.length, avoid.length, next.length], report.summary.headline?.id).toEqual([
    expect.toBeOneOf([1, 2]),
    expect.toBeOneOf([1, 2]),
    expect.toBeOneOf([0, 1, 2, 3]),
  ]);
  for (const language of LANGUAGES) {
    const speech = speechOf(language);
    const texts = [...say, ...avoid, ...next.map(({ said }) => said)].map((one) => speech.say(one));
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(30);
  }
  // Of a file of which nothing was read there is nothing to ask about.
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
