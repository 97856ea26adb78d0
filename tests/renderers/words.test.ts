import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../src/core/finding-schema.js';
import { FINDING_WORDS } from '../../src/core/finding-text.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderText } from '../../src/core/renderers/text.js';
import type { Rule, RuleText } from '../../src/core/rulebook.js';
import { loadRulebooks } from '../../src/core/rulebooks/index.js';
import { REPORTS } from './every-word.js';

/** words.md, “Never”. A law is answered or not: never met, never violated. */
const NEVER =
  /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score|deepfake|met|violated|violation|unlawful)\b/i;

function textsOfRule({ title, asks, notAssessable, note, statements }: Rule): RuleText[] {
  return [title, asks, notAssessable, note, ...Object.values(statements)].filter(
    (text) => text !== undefined,
  );
}

/** 真 and 假 alone stand inside words of the laws themselves (虚假新闻信息). */
const NEVER_ZH = /真实|伪造|正品|可疑|合规|违法|概率|得分/;

describe('words that never appear', () => {
  it('in any page', () => {
    for (const report of REPORTS) {
      expect(renderText(report, { color: false }).replace(/\n\s*/g, ' ')).not.toMatch(NEVER);
      expect(renderHtml(report)).not.toMatch(NEVER);
    }
  });

  it('in any rulebook', () => {
    for (const { rules, title, about } of loadRulebooks()) {
      for (const text of [title, about, ...rules.flatMap(textsOfRule)]) {
        expect(text.en).not.toMatch(NEVER);
        expect(text.zh).not.toMatch(NEVER_ZH);
      }
    }
  });

  it('in any general sentence of a finding', () => {
    for (const outcome of OUTCOMES) {
      const dates = { from: '2025-09-01', until: '2026-01-01', asOf: '2026-11-25' };
      expect(FINDING_WORDS.en.general[outcome](dates)).not.toMatch(NEVER);
      expect(FINDING_WORDS.zh.general[outcome](dates)).not.toMatch(NEVER_ZH);
    }
  });
});
