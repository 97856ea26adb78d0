import { beforeAll, describe, expect, it } from 'vitest';
import { answerLaw, MAX_ANSWERS } from '../../../src/core/law/answer.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { applyLawToReport } from '../../../src/core/law/reevaluate.js';
import { lawAnswerLines } from '../../../src/core/page/law/law-lines.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Role } from '../../../src/core/report/rule-terms.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';

const LABELLED = new URL('../../../fixtures/c2pa/jpeg-c2pa-trained.jpg', import.meta.url).pathname;

describe('the answer of the law', () => {
  let labelled: StoredReport;
  beforeAll(async () => {
    labelled = toStoredReport(await inspect(LABELLED, { isolation: 'none', asOf: '2026-12-02' }));
  });
  const asked = (jurisdictions: string[], roles?: Role[], asOf = '2026-12-02') =>
    applyLawToReport(labelled, resolveLaw({ jurisdictions, ...(roles && { roles }) }), { asOf });
  const lines = (report: StoredReport, language: 'en' | 'zh-Hans' = 'en') =>
    lawAnswerLines(report, translatorFor(language)).flat();

  it('is at most five clauses, and has some for each place', () => {
    const answers = answerLaw(asked(['CN', 'EU', 'US']));
    expect(answers.map(({ jurisdiction }) => jurisdiction)).toEqual(['CN', 'EU', 'US']);
    for (const { findings } of answers) expect(findings).not.toEqual([]);
    expect(answers.flatMap(({ findings }) => findings)).toHaveLength(MAX_ANSWERS);
  });

  it('shows first what the file holds, and of an article one clause of a kind', () => {
    const [{ findings = [] } = {}] = answerLaw(asked(['EU']));
    expect(findings[0]).toMatchObject({ rule: '50.2-machine-readable', outcome: 'answered' });
    const kinds = findings.map(({ rulebook, provision, kind }) => `${rulebook}/${provision}/${kind}`);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(findings.map(({ rule }) => rule)).toContain('50.4-imitations');
  });

  it('says whom a clause binds, and whether it is the reader', () => {
    expect(lines(asked(['EU']))[0]).toMatch(/This file: mark found .*\. It binds: a provider\.$/);
    expect(lines(asked(['EU'], ['publisher'])).join('\n')).toContain(
      'It binds a provider, not you as a publisher.',
    );
    expect(lines(asked(['EU'], ['provider']))[0]).toContain('It binds you; it is written for: a provider.');
    expect(lines(asked(['EU'], ['publisher']), 'zh-Hans').join('\n')).toContain(
      '其义务人是服务提供者，不是作为发布者的您。',
    );
  });

  it('names what is missing of a mark that was found in part', () => {
    const found = lines(asked(['US-CA'])).find((line) => line.includes('found in part'));
    expect(found).toMatch(/This file: found in part \(missing: [^)]+/);
    expect(lines(asked(['US-CA']), 'zh-Hans').join('')).toContain('查到部分内容（缺：');
  });

  it('never says of what is voluntary that it is not in force', () => {
    for (const { findings } of answerLaw(asked(['EU', 'INT'], undefined, '2020-01-01')))
      for (const { status, outcome } of findings)
        if (status === 'voluntary') expect(outcome).not.toBe('not-in-force');
  });

  it('says from which day a clause applies that is not yet in force, and what it will ask', () => {
    const ahead = (language?: 'zh-Hans') => lines(asked(['US-CA'], undefined, '2026-07-01'), language);
    expect(ahead()[0]).toMatch(
      /^California .*\. Not yet in force on 1 Jul 2026; from 2 Aug 2026: .+\. It binds: a provider\.$/,
    );
    expect(ahead('zh-Hans')[0]).toMatch(/：2026 年 7 月 1 日尚未生效；自 2026 年 8 月 2 日起：/);
    expect(ahead().join()).not.toContain('This file');
  });

  it('names no clause where no law was asked for', () => {
    const { law: _, ...unasked } = labelled;
    expect(lines(unasked as StoredReport)).toEqual([]);
  });
});
