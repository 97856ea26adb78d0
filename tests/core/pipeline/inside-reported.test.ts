import { beforeAll, describe, expect, it } from 'vitest';
import { CONDITIONS } from '../../../src/cli/shared/fail-on.js';
import { addFindings } from '../../../src/core/law/findings.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { localizeReport } from '../../../src/core/law/localize.js';
import { Asset } from '../../../src/core/media/asset.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { buildPage } from '../../../src/core/page/page.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import { withName } from '../../../src/core/pipeline/rename.js';
import type { Part, PartOutcome } from '../../../src/core/report/part-schema.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { buildGuidance } from '../../../src/core/summary/guidance.js';
import type { SummaryPart } from '../../../src/core/summary/inside-counts.js';
import { summarise } from '../../../src/core/summary/summary.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { csvRow } from '../../../src/scan/lines/csv.js';
import { parseLine } from '../../../src/scan/lines/parse.js';
import { overviewOfRecords } from '../../../src/scan/overview/overview.js';
import { renderOverviewPage } from '../../../src/scan/overview/overview-page.js';
import { recordLimits, toScanRecord } from '../../../src/scan/records/summary-record.js';
import { createTally, subtractTally, tallyOf } from '../../../src/scan/records/tally.js';
import { RECORD_CONDITIONS } from '../../../src/scan/run/conditions.js';
import { buildOnePageBlocks } from '../../../src/service/pdf/blocks.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { svgWith } from '../../support/svg-with.js';
import { renderHtml, renderOnePageText } from '../renderers/rendered.js';

/** Report texts about the media inside a file: in the headline, on cards, in scan records. */

const ENGLISH = translatorFor('en');
const outcome = (over: Partial<PartOutcome> = {}): PartOutcome => ({
  format: 'JPEG',
  kind: 'image',
  origin: 'none',
  presence: 'absent',
  labels: [],
  coverage: 'complete',
  ...over,
});
const plain: SummaryPart = { kind: 'embedded-picture', outcome: outcome() };
const ai = (over: Partial<PartOutcome> = {}): SummaryPart => ({
  kind: 'embedded-picture',
  outcome: outcome({ origin: 'ai-generated', backing: 'trusted', ...over }),
});
const OWN: SummaryPart = { kind: 'primary' };
const CLOSED: SummaryPart = { kind: 'member', code: 'part.encrypted' };

type Holder = 'pdf' | 'jpg';

function summaryOf(parts: readonly SummaryPart[], holder: Holder = 'pdf', own?: 'ai') {
  const isMissed = parts.some(({ code }) => code !== undefined);
  return summarise({
    asset: { bytes: 1000, mediaType: MEDIA_TYPES[holder] },
    credentials: { presence: 'absent' },
    signals:
      own === undefined
        ? []
        : [{ id: 'iptc.digitalSourceType.trainedAlgorithmicMedia', backing: 'unsigned', basis: [] }],
    coverage: isMissed
      ? { state: 'partial', unread: [{ carrier: 'parts', code: 'parts.notLookedInto' }] }
      : { state: 'complete', unread: [] },
    parts: [OWN, ...parts],
  }).summary;
}

const headlineIn = (language: Language, ...given: Parameters<typeof summaryOf>): string => {
  const { headline } = summaryOf(...given);
  return headline === undefined ? '' : translatorFor(language).translate(headline as never);
};
const sentencesIn = (language: Language, ...given: Parameters<typeof summaryOf>): string[] =>
  (summaryOf(...given).messages?.sentence ?? []).map((one) => translatorFor(language).translate(one));

describe('the headline of what holds something', () => {
  it.each<[string, string, ...Parameters<typeof summaryOf>]>([
    [
      inEnglish('headline.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'says' }),
      '内含 1 张图片，声明由人工智能生成',
      [ai()],
    ],
    [
      inEnglish('headline.holdsAi', { count: 2, kind: 'image', ai: 1, work: 'made', how: 'says' }),
      inChinese('headline.holdsAi', { count: 2, kind: 'image', ai: 1, work: 'made', how: 'says' }),
      [ai(), plain],
    ],
    [
      'Holds 2 pictures; 2 say they were made or edited with AI',
      inChinese('headline.holdsAi', { count: 2, kind: 'image', ai: 2, work: 'other', how: 'says' }),
      [ai(), ai({ origin: 'ai-edited' })],
    ],
    [
      inEnglish('headline.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'trace' }),
      inChinese('headline.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'trace' }),
      [ai({ backing: 'inferred' })],
    ],
    [
      inEnglish('headline.holdsAi', { count: 2, kind: 'image', ai: 2, work: 'made', how: 'other' }),
      inChinese('headline.holdsAi', { count: 2, kind: 'image', ai: 2, work: 'made', how: 'other' }),
      [ai(), ai({ backing: 'inferred' })],
    ],
    [
      inEnglish('headline.holdsStating', { count: 2, kind: 'other', stating: 1 }),
      inChinese('headline.holdsStating', { count: 2, kind: 'other', stating: 1 }),
      [
        { kind: 'attachment', outcome: outcome({ kind: 'video', origin: 'captured', backing: 'trusted' }) },
        plain,
      ],
    ],
    // A contradiction cannot be summed up in one statement, but must not be omitted.
    [
      inEnglish('headline.holdsContradictory', { count: 2, kind: 'image', contradictory: 1 }),
      inChinese('headline.holdsContradictory', { count: 2, kind: 'image', contradictory: 1 }),
      [
        { kind: 'embedded-picture', outcome: outcome({ origin: 'contradictory', backing: 'unsigned' }) },
        plain,
      ],
    ],
    [
      inEnglish('headline.holdsStating', { count: 2, kind: 'image', stating: 1 }),
      inChinese('headline.holdsStating', { count: 2, kind: 'image', stating: 1 }),
      [
        { kind: 'embedded-picture', outcome: outcome({ origin: 'contradictory', backing: 'unsigned' }) },
        { kind: 'embedded-picture', outcome: outcome({ origin: 'captured', backing: 'trusted' }) },
      ],
    ],
    [
      'Holds 1 picture; nothing found about its origin',
      inChinese('headline.holds', { count: 1, kind: 'image' }),
      [plain],
    ],
    // The content of the encrypted part is unknown.
    [inEnglish('headline.partlyUnread'), inChinese('headline.partlyUnread'), [plain, CLOSED]],
    // Additional pictures inside an ordinary photo do not matter.
    [
      inEnglish('headline.nothing'),
      inChinese('headline.nothing'),
      [{ kind: 'gain-map', outcome: outcome() }],
      'jpg',
    ],
    // They do matter if one of them states AI.
    [
      inEnglish('headline.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'says' }),
      '内含 1 张图片，声明由人工智能生成',
      [{ kind: 'gain-map', outcome: outcome({ origin: 'ai-generated', backing: 'unsigned' }) }],
      'jpg',
    ],
    [
      inEnglish('headline.nothing'),
      inChinese('headline.nothing'),
      [{ kind: 'motion-video', outcome: outcome({ kind: 'video' }) }],
      'jpg',
    ],
  ])('%s', (english, chinese, ...given) => {
    expect(headlineIn('en', ...given)).toBe(english);
    expect(headlineIn('zh-Hans', ...given)).toBe(chinese);
  });

  it('says nothing of origins where a part was read in part only', () => {
    expect(headlineIn('en', [{ kind: 'embedded-picture', outcome: outcome({ coverage: 'partial' }) }])).toBe(
      inEnglish('headline.nothing'),
    );
  });

  it('stays within 12 words and its sentences within 30', () => {
    const many = Array.from({ length: 12 }, () => ai({ origin: 'ai-edited' }));
    for (const parts of [[ai()], [ai(), plain], [...many, ai(), CLOSED], [plain], [CLOSED, plain]]) {
      const words = (text: string) => text.split(/\s+/).length;
      expect(words(headlineIn('en', parts))).toBeLessThanOrEqual(12);
      for (const own of [undefined, 'ai'] as const)
        for (const one of sentencesIn('en', parts, 'pdf', own)) expect(words(one)).toBeLessThanOrEqual(30);
    }
  });
});

describe('the sentences', () => {
  it('tell the file apart from what states something in it', () => {
    expect(sentencesIn('en', [ai(), plain])).toEqual([
      inEnglish('sentence.insideApart'),
      inEnglish('sentence.insideAlone'),
    ]);
    expect(sentencesIn('zh-Hans', [ai()])[0]).toBe(inChinese('sentence.insideApart'));
    expect(summaryOf([ai()]).facts?.ai.code).toBe('in-part');
  });

  it('name what stands inside after what the file says itself, in words for one and for many', () => {
    const beside = (parts: SummaryPart[], holder: Holder = 'pdf') => sentencesIn('en', parts, holder, 'ai');
    expect(beside([ai()])).toContain(
      inEnglish('sentence.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'says' }),
    );
    expect(beside([plain])).toContain(inEnglish('sentence.holds', { count: 1, kind: 'image' }));
    expect(beside([plain, plain])).toContain(inEnglish('sentence.holds', { count: 2, kind: 'image' }));
    expect(beside([plain, CLOSED])).toContain(
      inEnglish('sentence.holdsUnread', { count: 1, kind: 'image', unread: 1 }),
    );
    // A photo followed by a video, and a part that was not fully read: neither noise nor “none”.
    expect(
      beside([{ kind: 'motion-video', outcome: outcome({ kind: 'video' }) }], 'jpg').join(),
    ).not.toContain('holds');
    expect(beside([{ kind: 'member', outcome: outcome({ coverage: 'partial' }) }]).join()).not.toContain(
      'holds',
    );
  });
});

/** Three real pictures in one file: a camera’s, a signed AI picture, one with a generator’s settings. */
let report: StoredReport;
let ownReports: { number: number; report: StoredReport }[];
beforeAll(async () => {
  const bytes = svgWith([
    'labels/jpeg-camera-exif-personal.jpg',
    'c2pa/png-c2pa-trained.png',
    'labels/jpeg-fooocus.jpg',
  ]);
  const asked = { asOf: '2026-11-25', engine: 'auto', name: 'kit.svg' } as const;
  const { parts = [], ...observed } = await observe(await Asset.fromBytes(bytes), {
    ...asked,
    partReports: true,
  });
  const law = resolveLaw({ rulebooks: [] });
  report = addFindings(withName(observed, asked), law);
  ownReports = (parts as { number: number; observation: typeof observed }[]).map(
    ({ number, observation }) => ({
      number,
      report: addFindings(observation, law),
    }),
  );
});

/** A report with the largest number of parts that are named, of the third kind: nothing found. */
function holding(parts: Part[]): StoredReport {
  const [own] = report.parts ?? [];
  return { ...report, parts: [...(own ? [own] : []), ...parts] };
}
const part = (over: Partial<Part> = {}): Part => ({
  kind: 'attachment',
  offset: 0,
  bytes: 2_000,
  locator: 'p',
  signed: 'no-signature',
  outcome: outcome(),
  ...over,
});

const closed = (over: Partial<Part>): Part => {
  const { outcome: _, ...same } = part(over);
  return same;
};

describe('cards', () => {
  it('tell of each part what its own report says, what speaks of AI first', () => {
    const { inside } = buildPage(report, ENGLISH);
    expect(inside?.title).toBe('Inside this file (3 parts)');
    const cards = [...(inside?.shown ?? []), ...(inside?.rest ?? [])];
    expect(cards.map(({ number, headline, who }) => [number, headline, who])).toEqual([
      [
        2,
        'Unconfirmed signer “Assay Test Studio” states: made with AI',
        'Signed in the name of “Assay Test Studio” (name not looked up)',
      ],
      [
        3,
        inEnglish('headline.trace', { by: 'tool', tool: message('text.asWritten', { text: 'Fooocus' }) }),
        undefined,
      ],
      [1, 'Unsigned camera data: “Assay Optics Synthetic One”', undefined],
    ]);
    for (const { number, report: own } of ownReports) {
      const { headline } = buildPage(own, ENGLISH);
      expect(cards.find((one) => one.number === number)?.headline).toBe(headline);
    }
  });

  it('lead to the reports that there are, and nowhere on paper', () => {
    const page = renderHtml(report, ENGLISH);
    expect(page).toContain('id="inside"');
    expect(page).not.toContain('/parts/');
    const blocks = buildOnePageBlocks(buildPage(report, ENGLISH), ENGLISH, { withoutPictures: false });
    expect(blocks.map(({ spans }) => spans.map(({ text }) => text).join('')).join('\n')).toContain(
      '2. Picture: Unconfirmed signer “Assay Test Studio” states: made with AI',
    );
  });

  it('are at most 12; what is closed says why; the rest is folded and counted', () => {
    const reason = { messages: { reason: message('fault.part.encrypted') } };
    const many = holding([
      ...Array.from({ length: 20 }, () => part()),
      closed({ name: '\u202egpj.secret', code: 'part.encrypted', ...reason }),
      part({ outcome: outcome({ origin: 'ai-generated', backing: 'trusted' }) }),
    ]);
    const pdf = { ...many, asset: { ...many.asset, kind: 'document' as const } };
    const { inside, unread } = buildPage(pdf, ENGLISH);
    expect(inside?.shown.slice(0, 3).map(({ number }) => number)).toEqual([22, 21, 1]);
    expect([inside?.shown.length, inside?.rest.length, inside?.more]).toEqual([12, 10, '10 more parts']);
    expect(inside?.shown[1]?.notRead).toMatch(/^Not looked into: .*encrypted/);
    const rows = unread?.reasons.map((reason) => reason.join('')) ?? [];
    expect(rows.join('\n')).toMatch(/1 part inside \(“.*gpj\.secret”\): .*encrypted/);
    const page = renderHtml(pdf, ENGLISH);
    expect(page).toContain('‹U+202E›gpj.secret');
    expect(page).not.toContain('\u202egpj');
    // Names in the rows have a text direction of their own, too.
    expect(page).not.toMatch(/(?<!<bdi dir="auto">)“[^“”<]*gpj\.secret”/);
    expect(buildPage(pdf, ENGLISH).dossier.parts.at(21)?.join('')).toMatch(/Not looked into: .*encrypted/);
  });

  it('fold what says nothing of a photo or a recording; a terminal names the video and no gain map', () => {
    const gain = part({ kind: 'gain-map' });
    const photo = holding([part({ kind: 'motion-video' }), gain]);
    expect(buildPage(photo, ENGLISH).inside).toMatchObject({ shown: [], more: '2 more parts' });
    const terminal = (one: StoredReport, language: Language = 'en') =>
      renderOnePageText(one, { color: false, width: 400 }, translatorFor(language));
    expect(terminal(photo)).toContain(
      'Inside this file (2 parts): 1. Motion-photo video: JPEG · 2.0 kB (2,000 bytes) · 1 more part',
    );
    expect(terminal(photo, 'zh-Hans')).toMatch(/内含部分（2 个）：1\. 动态照片.*另有 1 个部分/);
    expect(terminal(holding([gain]))).not.toContain('Inside this file');
  });

  it('are as many as the headline says, where it calls them parts', () => {
    const parts = [
      { kind: 'cover-picture' as const, outcome: outcome({ origin: 'ai-generated', backing: 'trusted' }) },
      { kind: 'attachment' as const, outcome: outcome({ kind: 'video' }) },
      // A font: reported as no medium, and not inspected.
      { kind: 'attachment' as const },
    ];
    expect(headlineIn('en', parts, 'jpg')).toBe(
      inEnglish('headline.holdsAi', { count: 3, kind: 'other', ai: 1, work: 'made', how: 'says' }),
    );
    expect(headlineIn('zh-Hans', parts, 'jpg')).toBe(
      inChinese('headline.holdsAi', { count: 3, kind: 'other', ai: 1, work: 'made', how: 'says' }),
    );
    // Parts of one kind are named by that kind; the font does not count.
    expect(headlineIn('en', [...parts.slice(0, 1), ...parts.slice(2)], 'jpg')).toBe(
      inEnglish('headline.holdsAi', { count: 1, kind: 'image', ai: 1, work: 'made', how: 'says' }),
    );
    // A photo's gain map alone does not make it a container of parts.
    expect(headlineIn('en', [{ kind: 'gain-map', outcome: outcome() }])).toBe(inEnglish('headline.nothing'));
  });

  it.each(LANGUAGES)('stay within 20 lines of 80 columns on a terminal, in %s', (language) => {
    const name = 'a name that is so long that it has to be cut somewhere.jpg';
    const many = holding(
      Array.from({ length: 30 }, () =>
        part({ name, outcome: outcome({ origin: 'ai-generated', backing: 'trusted', presence: 'present' }) }),
      ),
    );
    const text = renderOnePageText(many, { color: false, width: 80 }, translatorFor(language));
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
    expect(text).toContain('1. “');
    expect(text).toContain('28');
  });
});

describe('what may be said of it', () => {
  it('is said of the part, and leads to it', () => {
    const { say, avoid, next, question } = buildGuidance(report);
    const words = (all: typeof say) => all.map((one) => ENGLISH.translate(one));
    expect(words(say)).toEqual([
      inEnglish('guide.say.holdsAi', { kind: 'image', ai: 2, work: 'made', how: 'other' }),
    ]);
    expect(words(avoid)).toEqual([inEnglish('guide.avoid.wholeOfPart', { what: 'ai', holder: 'other' })]);
    expect(next.map(({ code, userMessage: what }) => [code, ENGLISH.translate(what)])).toEqual([
      ['open-part', inEnglish('guide.next.openPart', { number: 2 })],
      ['older-copies', inEnglish('guide.next.olderCopies')],
      ['ask', inEnglish('guide.next.askPart')],
    ]);
    expect(question && ENGLISH.translate(question)).toContain('A part inside the file states');
  });

  it('is said of what contradicts itself too', () => {
    const parts = [part({ outcome: outcome({ origin: 'contradictory', backing: 'unsigned' }) })];
    const headline = {
      ...message('headline.holdsContradictory', { kind: 'image', count: 1, contradictory: 1 }),
    };
    const contradictory = {
      ...holding(parts),
      summary: { ...report.summary, headline: { ...report.summary.headline, ...headline } },
    } as StoredReport;
    const { say, avoid } = buildGuidance(contradictory);
    expect(say.map((one) => ENGLISH.translate(one))).toEqual([
      inEnglish('guide.say.holdsContradictory', { kind: 'image', contradictory: 1 }),
    ]);
    expect(say.map((one) => translatorFor('zh-Hans').translate(one))).toEqual([
      '文件内有 1 张图片的声明互相矛盾。',
    ]);
    expect(avoid).not.toEqual([]);
  });

  it('leads to the report on a part only where one is kept', () => {
    const codes = (partAt: (number: number) => string | undefined) =>
      buildPage(report, ENGLISH, { hasPart: (number) => partAt(number) !== undefined }).next.map(
        ({ code }) => code,
      );
    expect(codes((number) => `/parts/${number}`)).toContain('open-part');
    expect(codes(() => undefined)).toEqual(['older-copies', 'ask']);
  });
});

describe('a record of a scan', () => {
  const ENTRY = { path: '/a/kit.svg', modified: 0 };
  const recordOf = (of: StoredReport) => toScanRecord(ENTRY, localizeReport(of, ENGLISH));

  it('tells of parts in short, is counted apart and met by its condition', () => {
    const record = recordOf(report);
    expect(record.inside).toEqual({ parts: 3, ai: 2, unread: 0 });
    expect(record.parts?.[0]).toMatchObject({
      number: 2,
      kind: 'embedded-picture',
      mediaType: 'image/png',
      origin: 'ai-generated',
      presence: 'present',
      integrity: 'intact',
      signer: 'Assay Test Studio',
      headline: { text: 'Unconfirmed signer “Assay Test Studio” states: made with AI' },
    });
    expect(record.parts?.[0]?.sha256).toBe(report.parts?.[2]?.sha256);
    expect(parseLine(JSON.stringify(record))).toEqual({ is: 'record', record: record });
    expect(RECORD_CONDITIONS['ai-part'](record)).toBe(true);
    expect(CONDITIONS['ai-part'](report)).toBe(true);
    expect(RECORD_CONDITIONS.ai(record)).toBe(false);
    expect(csvRow(record, ['parts', 'aiParts', 'unreadParts'])).toBe(`3,2,${record.inside?.unread}\r\n`);

    const tally = createTally();
    expect(tallyOf(record)).toMatchObject({
      files: 1,
      origins: { none: 1 },
      inside: { files: 1, aiFiles: 1, parts: 3, ai: 2 },
    });
    subtractTally(Object.assign(tally, tallyOf(record)), tallyOf(record));
    expect(tally.inside ?? {}).toEqual({});
    const page = renderOverviewPage(overviewOfRecords([record]), '2026-11-25T10:00:00Z', ENGLISH);
    expect(page).toContain('Files that hold something: 1 (3 parts); parts of AI: 2, in 1 file');
  });

  it('counts in the overview what nobody could look into: it may be of AI', () => {
    const { outcome: _, ...closed } = part();
    const record = recordOf(holding([part(), { ...closed, code: 'part.encrypted' }]));
    const page = (one: typeof record) =>
      renderOverviewPage(overviewOfRecords([one]), '2026-11-25T10:00:00Z', ENGLISH);
    expect(page(record)).toContain('parts of AI: 0, in 0 files; 1 part not looked into<');
    expect(page(recordOf(holding([part()])))).toContain('parts of AI: 0, in 0 files<');
  });

  it('keeps 64 parts at most, those of AI first, and says that it was cut', () => {
    const many = holding([
      ...Array.from({ length: 200 }, () => part({ name: '\u0001'.repeat(200) })),
      part({ outcome: outcome({ origin: 'ai-edited', backing: 'valid' }) }),
    ]);
    const record = recordOf(many);
    expect(record.inside).toEqual({ parts: 201, ai: 1, unread: 0 });
    expect(record.parts?.length).toBeLessThanOrEqual(recordLimits.parts);
    expect(record.parts?.[0]?.number).toBe(201);
    expect(record.cut).toContain('parts');
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThanOrEqual(recordLimits.recordBytes);
  });

  it('of before, without a word of parts, is read and counted as it was', () => {
    const { inside: _, parts: __, ...before } = recordOf(report);
    expect(parseLine(JSON.stringify(before))?.is).toBe('record');
    expect(RECORD_CONDITIONS['ai-part'](before)).toBe(false);
    expect(csvRow(before, ['parts', 'aiParts', 'unreadParts'])).toBe(',,\r\n');
  });
});
