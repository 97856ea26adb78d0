import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderText } from '../../src/core/renderers/text.js';
import { catalogueOf } from '../../src/say/catalogue.js';
import { LANGUAGES } from '../../src/say/languages.js';
import { REPORTS } from './every-word.js';

/** words.md, “Never”. A law is answered or not: never met, never violated. */
const NEVER =
  /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score|deepfake|met|violated|violation|unlawful)\b/i;

const textsIn = (id: string, language: string): Record<string, string> =>
  JSON.parse(
    readFileSync(new URL(`../../src/core/law/rulebooks/${id}/${language}.json`, import.meta.url), 'utf8'),
  );

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
    for (const book of loadRulebooks())
      for (const language of LANGUAGES)
        for (const [id, text] of Object.entries(textsIn(book.id, language)))
          expect([id, text]).not.toEqual([id, expect.stringMatching(language === 'en' ? NEVER : NEVER_ZH)]);
  });

  it('in any catalogue', () => {
    // A condition of the command line is met; what Apple calls a tool is its name.
    const elsewhere = new RegExp(NEVER.source.replace('|met|', '|'), 'i');
    for (const language of LANGUAGES)
      for (const [id, text] of Object.entries(catalogueOf(language))) {
        const never = language !== 'en' ? NEVER_ZH : /^(law|finding|rulebook)\./.test(id) ? NEVER : elsewhere;
        expect([id, text.replace('Clean Up', '')]).not.toEqual([id, expect.stringMatching(never)]);
      }
  });
});
