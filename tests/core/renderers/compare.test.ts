import { describe, expect, it } from 'vitest';
import { compareReports } from '../../../src/core/page/compare.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { shellReport } from '../../http/shell-report.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { renderCompareHtml } from './rendered.js';
import { oldTexts } from './report-literal.js';

const report = (name: string, over: Partial<StoredReport> = {}): StoredReport => ({
  ...shellReport({ name, asOf: '2026-11-25' }, Buffer.from(name)),
  ...over,
});

function credentials(
  active: string,
  labels: string[],
  integrity: 'intact' | 'altered',
): Partial<StoredReport> {
  return {
    contentCredentials: {
      presence: 'present',
      integrity,
      activeManifest: active,
      manifests: labels.map((label) => ({
        label,
        active: label === active,
        integrity,
        actions: [],
        ingredients: [],
      })),
    },
  };
}

const en = translatorFor('en');
const statements = (first: StoredReport, second: StoredReport) =>
  compareReports(first, second, en).statements;

describe('two reports, compared', () => {
  it('says of the same bytes that they are the same, whatever the names', () => {
    const one = report('a.png');
    const other = { ...one, asset: { ...one.asset, name: 'b.png' } };
    expect(statements(one, other)).toEqual([en.text('page.compare.sameBytes')]);
  });

  it('compares what was found out of each, and says it in the language', () => {
    const seen = (count: number) => ({
      signals: [
        {
          id: 'file.trailingData' as const,
          backing: 'inferred' as const,
          messages: { value: message('fact.bytes', { count }) },
          basis: [{ carrier: 'parts' as const, locator: 'after the end' }],
        },
      ],
    });
    const of = (one: number, other: number) =>
      compareReports(report('a.png', seen(one)), report('b.png', seen(other)), translatorFor('zh-Hans'))
        .otherValue;
    expect(of(5, 5)).toEqual([]);
    expect(JSON.stringify(of(5, 6))).toMatch(/5 字节.*6 字节/);
  });

  it('says how alike pictures look only by their fingerprints', () => {
    const one = report('a.png');
    const other = report('b.png');
    for (const [look, bits] of [
      ['same', 12],
      ['similar', 50],
      ['other', 120],
    ] as const)
      expect(compareReports(one, other, en, { look, bits }).statements).toEqual([
        en.text('page.compare.likeness', { look, bits }),
      ]);
  });

  it('names only what differs before the folded tables, in at most six rows', () => {
    const one = report('a.png');
    expect(compareReports(one, { ...one }, en).plain).toEqual([]);
    const signed = report('b.png', credentials('m', ['m'], 'intact'));
    const text = message('fact.who.unnamed');
    const { facts } = signed.summary;
    const other = {
      ...signed,
      summary: {
        ...signed.summary,
        ...(facts ? { facts: { ...facts, who: { code: 'unnamed' as const, messages: { text } } } } : {}),
      },
    };
    const { plain } = compareReports(one, other, en);
    expect(plain.length).toBeLessThanOrEqual(6);
    expect(plain.every(({ same }) => !same)).toBe(true);
    const html = String(renderCompareHtml(one, other, en));
    if (facts) expect(html.indexOf(en.translate(text))).toBeLessThan(html.indexOf('<details>'));
  });

  it('never says that other bytes look alike or do not', () => {
    expect(statements(report('a.png'), report('b.png'))).toEqual([en.text('page.compare.otherBytes')]);
  });

  it.each([
    [
      'the first is a step of the second',
      ['urn:a'],
      ['urn:b', 'urn:a'],
      en.text('page.compare.firstInSecond'),
    ],
    [
      'the second is a step of the first',
      ['urn:a', 'urn:b'],
      ['urn:b'],
      en.text('page.compare.secondInFirst'),
    ],
    [
      'both came from a third',
      ['urn:a', 'urn:c'],
      ['urn:b', 'urn:c'],
      en.text('page.compare.sharedHistory', { count: 1 }),
    ],
  ])('tells that %s', (_, first, second, said) => {
    const pair = (integrity: 'intact' | 'altered') =>
      statements(
        report('a', credentials('urn:a', first, 'intact')),
        report('b', credentials('urn:b', second, integrity)),
      );
    expect(pair('intact')).toEqual([
      en.text('page.compare.otherBytes'),
      said,
      en.text('page.compare.sharedNote'),
    ]);
    expect(pair('altered')).toEqual([
      en.text('page.compare.otherBytes'),
      said,
      en.text('page.compare.sharedUnconfirmed'),
    ]);
  });

  it('tells one manifest that two files bear as their own from a history', () => {
    const [one, other] = ['a', 'b'].map((name) => report(name, credentials('urn:a', ['urn:a'], 'altered')));
    if (one === undefined || other === undefined) throw new Error('two');
    expect(statements(one, other)).toEqual([
      en.text('page.compare.otherBytes'),
      en.text('page.compare.sameActive'),
      en.text('page.compare.sharedUnconfirmed'),
    ]);
  });

  it('puts signals where they stand: in one, in the other, in both with other values', () => {
    const signal = (
      id: StoredReport['signals'][number]['id'],
      value: string,
    ): StoredReport['signals'][number] => ({
      id,
      value,
      backing: 'unsigned',
      basis: [{ carrier: 'exif', locator: 'Make' }],
    });
    const one = report('a', { signals: [signal('camera.exif', 'Canon')] });
    const other = report('b', { signals: [signal('camera.exif', 'Nikon')] });
    const compared = compareReports(one, other, en);
    expect(compared.otherValue).toHaveLength(1);
    expect(compared.inBoth).toEqual([]);
    expect(compareReports(one, report('c'), en).onlyFirst).toHaveLength(1);
    expect(compareReports(report('c'), one, en).onlySecond).toHaveLength(1);
    expect(compareReports(one, one, en).inBoth).toHaveLength(1);
  });

  it('says when the days or the versions differ, since outcomes may differ for that alone', () => {
    const one = report('a');
    const later = { ...one, tool: { ...one.tool, asOf: '2027-01-01' } };
    const newer = { ...one, tool: { ...one.tool, version: '9.9.9' } };
    expect(compareReports(one, one, en).notes).toEqual([]);
    expect(compareReports(one, later, en).notes).toEqual([
      inEnglish('page.compare.otherDays', {
        first: message('date.day', { day: '25', month: '11', year: '2026' }),
        second: message('date.day', { day: '1', month: '1', year: '2027' }),
      }),
    ]);
    expect(compareReports(one, newer, en).notes).toEqual([en.text('page.compare.otherVersions')]);
  });

  it('says nothing of versions where one file has no credentials, and so no trust list was asked', () => {
    const plain = report('a', { tool: { ...report('a').tool, lists: [] } });
    const listed = (date: string) =>
      report('b', {
        tool: { ...report('b').tool, lists: [{ ...oldTexts({ name: 'C2PA Trust List' }), date }] },
      });
    const notes = (one: StoredReport, other: StoredReport, language: 'en' | 'zh-Hans' = 'en') =>
      compareReports(one, other, translatorFor(language)).notes;
    expect(notes(plain, plain)).toEqual([]);
    expect(notes(listed('2026-08-05'), plain)).toEqual([inEnglish('page.compare.listsForFirstOnly')]);
    expect(notes(plain, listed('2026-08-05'), 'zh-Hans')).toEqual([
      inChinese('page.compare.listsForSecondOnly'),
    ]);
    expect(notes(listed('2026-08-05'), listed('2026-08-05'))).toEqual([]);
    expect(notes(listed('2026-08-05'), listed('2026-09-05'))).toEqual([en.text('page.compare.otherLists')]);
  });

  it('says nothing of versions where the two were asked about other rulebooks, or isolated otherwise', () => {
    const tool = report('a').tool;
    const book = { id: 'law', edition: '2026-01-01', jurisdiction: 'EU', kind: 'law' as const };
    const of = (over: Partial<StoredReport['tool']>) => report('a', { tool: { ...tool, ...over } });
    const notes = (one: StoredReport, other: StoredReport) => compareReports(one, other, en).notes;
    expect(notes(of({ isolation: 'sandbox', rulebooks: [book] }), of({ rulebooks: [] }))).toEqual([]);
    expect(notes(of({ rulebooks: [book] }), of({ rulebooks: [{ ...book, edition: '2030-01-01' }] }))).toEqual(
      [en.text('page.compare.otherVersions')],
    );
  });

  it.each(['en', 'zh-Hans'] as const)('escapes what the files bring, in %s', (language) => {
    const html = String(
      renderCompareHtml(
        report('<img src=x onerror=1>'),
        report('"><script>1</script>'),
        translatorFor(language),
      ),
    );
    expect(html).not.toMatch(/<(img|script)/);
    expect(html).toContain(`lang="${language}"`);
  });
});
