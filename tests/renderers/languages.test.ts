import { describe, expect, it } from 'vitest';
import type { CutOff } from '../../src/core/cut-off.js';
import { providerSignals } from '../../src/core/detectors/gb45438-provider.js';
import type { Carrier } from '../../src/core/evidence.js';
import { fault } from '../../src/core/fault.js';
import { RULE_LANGUAGE } from '../../src/core/languages.js';
import { localise } from '../../src/core/localise.js';
import { MEDIA_TYPES } from '../../src/core/media-types.js';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderText } from '../../src/core/renderers/text.js';
import type { ContentCredentials, Declared, Report } from '../../src/core/report.js';
import { loadRulebooks } from '../../src/core/rulebooks/index.js';
import type { Signal } from '../../src/core/signal.js';
import { GB45438_PROVIDERS, type ProviderRow } from '../../src/core/signatures/gb45438-providers.js';
import { SIGNATURE_ROWS } from '../../src/core/signatures/index.js';
import { UNASKED_PIXELS } from '../../src/core/signatures/not-checked.js';
import { summarise } from '../../src/core/summary.js';
import { tell } from '../../src/core/tell.js';
import { WORDS } from '../../src/core/words/all.js';
import { OUR_VALUES } from '../../src/core/words/fact-names.js';
import { clause } from '../../src/core/words/zh/clauses.js';
import { LANGUAGES, languageOf } from '../../src/say/languages.js';
import { speechOf } from '../../src/say/speech.js';
import { REPORTS } from './every-word.js';
import { reportOf } from './report-literal.js';

const { en, 'zh-Hans': zh } = WORDS;
const HAN = /\p{Script=Han}/u;
const ENGLISH = /\b(the|was|were|which|whether|says|holds|nothing|found)\b/i;

/** Every text of a table, with the path to it; functions are left to the pages below. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => texts(one, `${path}.${key}`));
}

describe('the words of another language', () => {
  const english = new Map(texts(en));
  const chinese = texts(zh).filter(([path]) => !/[lL]anguage$|^\.marks|[gG]ap$/.test(path));

  it('are as many, each there and each translated', () => {
    expect(
      texts(zh)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...english.keys()].sort());
    const wrong = chinese.filter(
      ([path, text]) => text.trim() === '' || (!HAN.test(text) && text !== english.get(path)),
    );
    expect(wrong).toEqual([]);
    // Names that are the same in both.
    const same = chinese.filter(([, text]) => !HAN.test(text)).map(([, text]) => text);
    expect([...new Set(same)].sort()).toEqual(
      ['CAWG', 'EXIF', 'IPTC-IIM', 'SHA-256', 'XMP'].filter((one) => same.includes(one)),
    );
  });

  it('have none of the words that never appear', () => {
    for (const [path, text] of chinese)
      expect(`${path} ${text}`).not.toMatch(/真|假|伪造|正品|可疑|合规|违法|概率|得分/);
  });
});

describe('a Report in Chinese', () => {
  const books = loadRulebooks();

  /** Ours alone: what is quoted, in code or an address may be in any language. */
  const oursIn = (line: string) => line.replace(/“[^”]*”|https?:\/\/\S+|[\w-]+(?:[./][\w-]+)+/g, '');

  it('leaves no English sentence of ours on the page, in the terminal or in HTML', () => {
    const left = new Set<string>();
    for (const report of REPORTS.map((one) => localise(told(one), zh, books))) {
      // What a literal alone says, as a clause that is in no rulebook, is nobody's to translate.
      const literal = new Set(texts(report).map(([, text]) => text));
      for (const line of renderText(report, { color: false, width: 200 }, zh).split('\n'))
        if (
          ENGLISH.test(oursIn(line)) &&
          ![...literal].some((one) => ENGLISH.test(one) && (one.includes(line.trim()) || line.includes(one)))
        )
          left.add(line);
      expect(renderHtml(report, zh)).toMatch(/^<article class="report" lang="zh-Hans">/);
    }
    expect([...left]).toEqual([]);
  });

  it('says of codes that they are English, and of the file’s own strings nothing', () => {
    const html = renderHtml(localise(told(reportOf({ signals: [signalOf('c2pa.present')] })), zh, books), zh);
    expect(html).toContain('<code lang="en">c2pa.present</code>');
    expect(html).not.toContain('<code>');
    expect(html).toContain('<bdi class="verbatim" dir="auto">');
  });

  it('says in which language it is, and is made of an English one alone', () => {
    const report = localise(told(reportOf()), zh, books);
    expect(report.tool.language).toBe('zh-Hans');
    expect(report.asset).toEqual(reportOf().asset);
    expect(() => localise(report, en, books)).toThrow('only an English Report');
    expect(localise(reportOf(), en, books)).toEqual(reportOf());
  });

  it('keeps an English sentence that the facts in it no longer give', () => {
    const old = reportOf({
      summary: { ...reportOf().summary, sentence: 'Said otherwise by an older version.' },
    });
    expect(localise(old, zh, books).summary).toEqual(old.summary);
  });

  it('says why a place was not read, beside such a sentence too', () => {
    const { reads, summary } = reportOf();
    const why = fault('jpeg.truncated', { where: 'segment' });
    const coverage = { state: 'partial' as const, unread: [{ carrier: 'xmp' as const, ...why }] };
    const report = reportOf({
      reads: { ...reads, xmp: { status: 'malformed', ...why } },
      summary: { ...summary, origin: 'unknown', coverage },
    });
    const kept = tell(localise(report, zh, books), speechOf('zh-Hans'));
    expect(kept.summary.sentence).toBe(summary.sentence);
    const reason = 'JPEG 在段的中间结束。';
    expect(kept.reads.xmp).toEqual({ status: 'malformed', ...why, reason });
    expect(kept.summary.coverage.unread).toEqual([{ carrier: 'xmp', ...why, reason }]);
  });

  it('leaves a reason that an earlier version kept in English as it was', () => {
    const { reads } = reportOf();
    const xmp = { status: 'malformed', code: 'jpeg.truncated', reason: 'The JPEG ends here.' } as const;
    const old = localise(reportOf({ reads: { ...reads, xmp } }), zh, books);
    expect(tell(old, speechOf('zh-Hans')).reads.xmp).toEqual(xmp);
  });
});

const signalOf = (id: Signal['id']): Signal => ({
  id,
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', place: 'p' }],
});

/** The literals have sentences of their own; here each has the one that its facts give. */
function told(report: Report): Report {
  const { asset, contentCredentials, signals, summary } = report;
  const again = summarise(
    {
      asset: { bytes: asset.bytes, mediaType: { format: asset.format, kind: asset.kind } },
      credentials: contentCredentials,
      ...(summary.declared ? { declared: summary.declared } : {}),
      signals,
      coverage: summary.coverage,
    },
    en,
  );
  return {
    ...report,
    reads: reportOf().reads,
    summary: { ...summary, sentence: again.summary.sentence },
    contradictions: again.contradictions,
  };
}

describe('tags, dates and clauses', () => {
  it.each([
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['ZH_hans_sg', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-TW', undefined],
    ['zh-Hant', undefined],
    ['en-GB', 'en'],
    ['fr', undefined],
    ['', undefined],
    ['z'.repeat(1_000), undefined],
  ])('the tag %s asks for %s', (tag, language) => expect(languageOf(tag)).toBe(language));

  it('rulebooks have each language', () => expect(Object.keys(RULE_LANGUAGE)).toEqual([...LANGUAGES]));

  it('are as Chinese has them', () => {
    expect(zh.date('2026-05-03')).toBe('2026 年 5 月 3 日');
    expect(zh.date('2026-13-40')).toBe('2026-13-40');
    expect(zh.time('2026-05-03T10:00:00+08:00')).toBe('2026 年 5 月 3 日 10:00:00 UTC+08:00');
    expect(zh.bytes(1_500)).toBe('1.5 kB（1,500 字节）');
    expect(zh.phrases.revealed(['location', 'serial', 'names'])).toContain('位置、序列号和姓名');
  });

  it.each([
    ['Article 6(1)(iii)', '第六条第一款第三项'],
    ['Article 10', '第十条'],
    ['Article 50(4), first subparagraph', '第五十条第四款第一分段'],
    ['Annex E c) to i), type', '附录 E c) 至 i)（类型）'],
    ['6.1 a)', '6.1 a)'],
    ['Section 2(1), permanence', '第 2(1) 条（难以去除）'],
    ['Section 22757.3(a), item (A)', '第 22757.3(a) 条第（A）项'],
    ['Section 13-72c-203, item (b)', '第 13-72c-203 条第（b）项'],
    ['Measure 1.1.2', '措施 1.1.2'],
    ['Section 900, unheard of', '第 900 条（unheard of）'],
  ])('%s is cited as %s', (written, cited) => expect(clause(written)).toBe(cited));

  it('name the day of a list, and no step of the reader’s own as somebody to ask', () => {
    expect(zh.ours('C2PA TSA Trust List of 2026-08-05')).toBe(
      'C2PA 官方时间戳机构列表（2026 年 8 月 5 日版）',
    );
    expect(zh.ours('private anchors')).toBe('自有信任锚');
    const page = (report: Report) => renderText(report, { color: false, width: 200 }, zh);
    const report = reportOf({ notChecked: [{ ...UNASKED_PIXELS }] });
    for (const said of [page(report), page(localise(report, zh, []))]) {
      expect(said).toContain('用“--deep”或勾选“同时查看像素”再次检查');
      expect(said).not.toContain('可询问：用“--deep”');
    }
  });

  it('cite every clause of every rulebook without English words', () => {
    const cited = loadRulebooks().flatMap(({ rules }) => rules.map((rule) => clause(rule.clause)));
    expect(cited.length).toBeGreaterThan(80);
    expect(cited.filter((one) => /[A-Za-z]{2,} [a-z]{2,}|[a-z]{3,}, /.test(one))).toEqual([]);
  });

  it('say what a look-up of a company found, and by whom', () => {
    const names = GB45438_PROVIDERS.flatMap((row): ProviderRow['names'] => row.names);
    for (const { name, grade, source } of names) {
      expect(zh.ours(`grade ${grade}: ${source}`)).not.toMatch(ENGLISH);
      expect(zh.ours(name)).not.toMatch(/Baidu|ByteDance|Tencent|Kuaishou|Honor/);
    }
  });

  it('say what a provider code was found to hold', () => {
    const codes = [
      '001191110108335469089C10100',
      '001191110108335469089C20100',
      '001191110108335469089C00000',
      '001191110108335469089D10100',
      '0011911101083354',
      '001191110108335469089c10100',
      '0011911101083354690OIC10100',
    ];
    const facts = codes
      .flatMap((code) =>
        providerSignals(
          { form: 'bare', fields: { ContentProducer: code }, notStrings: [], duplicates: [] },
          { carrier: 'xmp', place: 'p' },
        ),
      )
      .flatMap(({ facts: all = [] }) => all)
      .filter(({ name }) => OUR_VALUES.has(name));
    expect(facts.length).toBeGreaterThan(20);
    expect(facts.map(({ value = '' }) => zh.ours(value)).filter((said) => !HAN.test(said))).toEqual([]);
  });
});
