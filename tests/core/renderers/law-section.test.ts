import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { listEditions } from '../../../src/core/law/findings.js';
import { loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { Anchors } from '../../../src/core/page/anchors.js';
import { buildRules, groupByKind } from '../../../src/core/page/law/rules.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { REPORTS } from './every-word.js';

const [SAMPLE] = REPORTS;

function sectionOf(ids: string[], kind: 'image' | 'audio', signals: Signal[], asOf: string) {
  if (SAMPLE === undefined) throw new Error('no report');
  const books = loadRulebooks(ids);
  const report: StoredReport = {
    ...SAMPLE,
    asset: { ...SAMPLE.asset, kind },
    signals,
    findings: evaluate(books, { kind, signals, unknowable: new Set(), asOf }),
    tool: { ...SAMPLE.tool, asOf, rulebooks: listEditions(books) },
  };
  const section = buildRules(report, translatorFor('en'), new Anchors(report));
  if (section === undefined) throw new Error('no section');
  return section;
}

const signed = (id: Signal['id']): Signal => ({
  id,
  backing: 'trusted',
  basis: [{ carrier: 'c2pa', locator: 'x' }],
});

describe('the law section of a page', () => {
  it('counts a disclosure once, not as its items', () => {
    const signals = (['file.aiMark.signed', 'c2pa.ai.created', 'c2pa.ai.systemNamed'] as const).map(signed);
    const { books } = sectionOf(['us-ca-ai-transparency-act'], 'image', signals, '2026-12-02');
    const [book] = books;
    const items = book?.rows.filter(({ clause }) => clause.includes(', item '));
    expect(items?.length).toBeGreaterThan(1);
    expect(book?.counts).toContain('found in part (1)');
  });

  it('puts law, voluntary codes and practice under headings of their own, and says in force of law alone', () => {
    const ids = ['int-google-merchant', 'eu-code-of-practice-2026', 'eu-ai-act-art-50'];
    const { books } = sectionOf(ids, 'image', [], '2020-01-01');
    expect(
      groupByKind(books).map(({ heading, books: those }) => [heading, those.map(({ counts }) => counts)]),
    ).toEqual([
      ['Law', [`not about such files (1) · ${inEnglish('law.outcome.not-in-force')} (4)`]],
      ['Voluntary code', [`${inEnglish('law.outcome.not-in-force.noLaw')} (9)`]],
      ['Practice, no law', [`${inEnglish('law.outcome.not-in-force.noLaw')} (1)`]],
    ]);
  });

  it('asks people to listen to sound', () => {
    const { books } = sectionOf(
      ['kr-ai-framework-act'],
      'audio',
      [signed('file.aiMark.signed')],
      '2026-12-02',
    );
    expect(books[0]?.counts).toContain('listen with your ears (2)');
    expect(books[0]?.counts).not.toContain('eyes');
  });
});
