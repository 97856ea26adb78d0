import { beforeAll, describe, expect, it } from 'vitest';
import { CONDITIONS } from '../../../src/cli/shared/fail-on.js';
import { addFindings } from '../../../src/core/law/findings.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { localizeReport } from '../../../src/core/law/localize.js';
import { Asset } from '../../../src/core/media/asset.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import { withName } from '../../../src/core/pipeline/rename.js';
import { renderHtml } from '../../../src/core/renderers/html/html.js';
import { renderOnePageText } from '../../../src/core/renderers/text/one-page.js';
import { buildOnePage } from '../../../src/core/renderers/view/one-page.js';
import { buildPage } from '../../../src/core/renderers/view/page.js';
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
import { recordLimits, toSummaryRecord } from '../../../src/scan/records/summary-record.js';
import { createTally, subtractTally, tallyOf } from '../../../src/scan/records/tally.js';
import { RECORD_CONDITIONS } from '../../../src/scan/run/conditions.js';
import { buildOnePageBlocks } from '../../../src/service/pdf/blocks.js';
import { svgWith } from '../../support/svg-with.js';

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
    ['Holds 1 picture, which says it was made with AI', '内含 1 张图片，声明由人工智能生成', [ai()]],
    [
      'Holds 2 pictures; 1 says it was made with AI',
      '内含 2 张图片，其中 1 个声明由人工智能生成',
      [ai(), plain],
    ],
    [
      'Holds 2 pictures; 2 say they were made or edited with AI',
      '内含 2 张图片，其中 2 个声明由人工智能生成或编辑',
      [ai(), ai({ origin: 'ai-edited' })],
    ],
    [
      'Holds 1 picture, which bears an AI tool’s trace',
      '内含 1 张图片，带有人工智能工具痕迹',
      [ai({ backing: 'inferred' })],
    ],
    [
      'Holds 2 pictures; 2 carry a statement or trace of AI',
      '内含 2 张图片，其中 2 个声明使用人工智能或带有其痕迹',
      [ai(), ai({ backing: 'inferred' })],
    ],
    [
      'Holds 2 parts; 1 says how it was made',
      '内含 2 个部分，其中 1 个声明了制作方式',
      [
        { kind: 'attachment', outcome: outcome({ kind: 'video', origin: 'captured', backing: 'trusted' }) },
        plain,
      ],
    ],
    // A contradiction cannot be summed up in one statement, but must not be omitted.
    [
      'Holds 2 pictures; 1 states things that exclude each other',
      '内含 2 张图片，其中 1 个的声明互相矛盾',
      [
        { kind: 'embedded-picture', outcome: outcome({ origin: 'contradictory', backing: 'unsigned' }) },
        plain,
      ],
    ],
    [
      'Holds 2 pictures; 1 says how it was made',
      '内含 2 张图片，其中 1 个声明了制作方式',
      [
        { kind: 'embedded-picture', outcome: outcome({ origin: 'contradictory', backing: 'unsigned' }) },
        { kind: 'embedded-picture', outcome: outcome({ origin: 'captured', backing: 'trusted' }) },
      ],
    ],
    ['Holds 1 picture; nothing found about its origin', '内含 1 张图片，未发现与来源有关的内容', [plain]],
    // The content of the encrypted part is unknown.
    [
      'Partly unread: a label there would have been missed',
      '部分未能读取，其中的标识会被遗漏',
      [plain, CLOSED],
    ],
    // Additional pictures inside an ordinary photo do not matter.
    [
      'Nothing found about its origin',
      '未发现与来源有关的内容',
      [{ kind: 'gain-map', outcome: outcome() }],
      'jpg',
    ],
    // They do matter if one of them states AI.
    [
      'Holds 1 picture, which says it was made with AI',
      '内含 1 张图片，声明由人工智能生成',
      [{ kind: 'gain-map', outcome: outcome({ origin: 'ai-generated', backing: 'unsigned' }) }],
      'jpg',
    ],
    [
      'Nothing found about its origin',
      '未发现与来源有关的内容',
      [{ kind: 'motion-video', outcome: outcome({ kind: 'video' }) }],
      'jpg',
    ],
  ])('%s', (english, chinese, ...given) => {
    expect(headlineIn('en', ...given)).toBe(english);
    expect(headlineIn('zh-Hans', ...given)).toBe(chinese);
  });

  it('says nothing of origins where a part was read in part only', () => {
    expect(headlineIn('en', [{ kind: 'embedded-picture', outcome: outcome({ coverage: 'partial' }) }])).toBe(
      'Nothing found about its origin',
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
      'In the file itself, apart from what stands inside, nothing was found about its origin.',
      'What a part inside states holds for that part alone, and not for the whole file.',
    ]);
    expect(sentencesIn('zh-Hans', [ai()])[0]).toBe('除内含部分之外，文件本身未发现与来源有关的内容。');
    expect(summaryOf([ai()]).facts?.ai.code).toBe('in-part');
  });

  it('name what stands inside after what the file says itself, in words for one and for many', () => {
    const beside = (parts: SummaryPart[], holder: Holder = 'pdf') => sentencesIn('en', parts, holder, 'ai');
    expect(beside([ai()])).toContain('The file holds 1 picture, which says it was made with AI.');
    expect(beside([plain])).toContain('The file holds 1 picture, which does not say that AI was used.');
    expect(beside([plain, plain])).toContain(
      'The file holds 2 pictures; none of them says that AI was used.',
    );
    expect(beside([plain, CLOSED])).toContain('The file holds 1 picture; 1 part could not be looked into.');
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
    const { inside } = buildOnePage(report, ENGLISH);
    expect(inside?.title).toBe('Inside this file (3 parts)');
    const cards = [...(inside?.shown ?? []), ...(inside?.rest ?? [])];
    expect(cards.map(({ number, headline, who }) => [number, headline, who])).toEqual([
      [
        2,
        'Unconfirmed signer “Assay Test Studio” states: made with AI',
        'Signed in the name of “Assay Test Studio” (name not looked up)',
      ],
      [3, 'Holds an AI tool’s trace (Fooocus)', undefined],
      [1, 'Unsigned camera data: “Assay Optics Synthetic One”', undefined],
    ]);
    for (const { number, report: own } of ownReports) {
      const { headline } = buildOnePage(own, ENGLISH);
      expect(cards.find((one) => one.number === number)?.headline).toBe(headline);
    }
  });

  it('lead to the reports that there are, and nowhere on paper', () => {
    const page = renderHtml(report, ENGLISH);
    expect(page).toContain('id="inside"');
    expect(page).not.toContain('/parts/');
    const blocks = buildOnePageBlocks(report, ENGLISH, { withoutPictures: false });
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
    const { inside, unread } = buildOnePage(pdf, ENGLISH);
    expect(inside?.shown.slice(0, 3).map(({ number }) => number)).toEqual([22, 21, 1]);
    expect([inside?.shown.length, inside?.rest.length, inside?.more]).toEqual([12, 10, '10 more parts']);
    expect(inside?.shown[1]?.notRead).toMatch(/^Not looked into: .*encrypted/);
    const rows = unread?.rows.flatMap(({ notes }) => notes.map((note) => note.join(''))) ?? [];
    expect(rows.join('\n')).toMatch(/1 part inside \(“.*gpj\.secret”\): .*encrypted/);
    const page = renderHtml(pdf, ENGLISH);
    expect(page).toContain('‹U+202E›gpj.secret');
    expect(page).not.toContain('\u202egpj');
    // Names in the rows have a text direction of their own, too.
    expect(page).not.toMatch(/(?<!<bdi dir="auto">)“[^“”<]*gpj\.secret”/);
    expect(buildPage(pdf, ENGLISH).parts.at(21)?.join('')).toMatch(/Not looked into: .*encrypted/);
  });

  it('fold what says nothing of a photo or a recording; a terminal names the video and no gain map', () => {
    const gain = part({ kind: 'gain-map' });
    const photo = holding([part({ kind: 'motion-video' }), gain]);
    expect(buildOnePage(photo, ENGLISH).inside).toMatchObject({ shown: [], more: '2 more parts' });
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
    expect(headlineIn('en', parts, 'jpg')).toBe('Holds 3 parts; 1 says it was made with AI');
    expect(headlineIn('zh-Hans', parts, 'jpg')).toBe('内含 3 个部分，其中 1 个声明由人工智能生成');
    // Parts of one kind are named by that kind; the font does not count.
    expect(headlineIn('en', [...parts.slice(0, 1), ...parts.slice(2)], 'jpg')).toBe(
      'Holds 1 picture, which says it was made with AI',
    );
    // A photo's gain map alone does not make it a container of parts.
    expect(headlineIn('en', [{ kind: 'gain-map', outcome: outcome() }])).toBe(
      'Nothing found about its origin',
    );
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
    expect(words(say)).toEqual(['2 pictures in this file carry a statement or trace of AI.']);
    expect(words(avoid)).toEqual(['That the file was made with AI: that is stated of a part inside alone.']);
    expect(next.map(({ code, userMessage: what }) => [code, ENGLISH.translate(what)])).toEqual([
      ['open-part', 'Open part 2: it has a report of its own.'],
      ['older-copies', 'Look for older copies with a search by picture.'],
      ['ask', 'Ask the publisher for that part’s original; this report has a text to send.'],
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
      'A picture in this file states things that exclude each other.',
    ]);
    expect(say.map((one) => translatorFor('zh-Hans').translate(one))).toEqual([
      '文件内有 1 张图片的声明互相矛盾。',
    ]);
    expect(avoid).not.toEqual([]);
  });

  it('leads to the report on a part only where one is kept', () => {
    const codes = (partAt: (number: number) => string | undefined) =>
      buildOnePage(report, ENGLISH, {}, partAt).next.map(({ code }) => code);
    expect(codes((number) => `/parts/${number}`)).toContain('open-part');
    expect(codes(() => undefined)).toEqual(['older-copies', 'ask']);
  });
});

describe('a record of a scan', () => {
  const ENTRY = { path: '/a/kit.svg', modified: 0 };
  const recordOf = (of: StoredReport) => toSummaryRecord(ENTRY, localizeReport(of, ENGLISH));

  it('tells of parts in short, is counted apart and met by its condition', () => {
    const slim = recordOf(report);
    expect(slim.inside).toEqual({ parts: 3, ai: 2, unread: 0 });
    expect(slim.parts?.[0]).toMatchObject({
      number: 2,
      kind: 'embedded-picture',
      mediaType: 'image/png',
      origin: 'ai-generated',
      presence: 'present',
      integrity: 'intact',
      signer: 'Assay Test Studio',
      headline: { text: 'Unconfirmed signer “Assay Test Studio” states: made with AI' },
    });
    expect(slim.parts?.[0]?.sha256).toBe(report.parts?.[2]?.sha256);
    expect(parseLine(JSON.stringify(slim))).toEqual({ is: 'slim', record: slim });
    expect(RECORD_CONDITIONS['ai-part'](slim)).toBe(true);
    expect(CONDITIONS['ai-part'](report)).toBe(true);
    expect(RECORD_CONDITIONS.ai(slim)).toBe(false);
    expect(csvRow(slim, ['parts', 'aiParts', 'unreadParts'])).toBe(`3,2,${slim.inside?.unread}\r\n`);

    const tally = createTally();
    const answer = { slim } as Parameters<typeof tallyOf>[0];
    expect(tallyOf(answer)).toMatchObject({
      files: 1,
      origins: { none: 1 },
      inside: { files: 1, aiFiles: 1, parts: 3, ai: 2 },
    });
    subtractTally(Object.assign(tally, tallyOf(answer)), tallyOf(answer));
    expect(tally.inside ?? {}).toEqual({});
    const page = renderOverviewPage(overviewOfRecords([slim]), '2026-11-25T10:00:00Z', ENGLISH);
    expect(page).toContain('Files that hold something: 1 (3 parts); parts of AI: 2, in 1 file');
  });

  it('counts in the overview what nobody could look into: it may be of AI', () => {
    const { outcome: _, ...closed } = part();
    const slim = recordOf(holding([part(), { ...closed, code: 'part.encrypted' }]));
    const page = (one: typeof slim) =>
      renderOverviewPage(overviewOfRecords([one]), '2026-11-25T10:00:00Z', ENGLISH);
    expect(page(slim)).toContain('parts of AI: 0, in 0 files; 1 part not looked into<');
    expect(page(recordOf(holding([part()])))).toContain('parts of AI: 0, in 0 files<');
  });

  it('keeps 64 parts at most, those of AI first, and says that it was cut', () => {
    const many = holding([
      ...Array.from({ length: 200 }, () => part({ name: '\u0001'.repeat(200) })),
      part({ outcome: outcome({ origin: 'ai-edited', backing: 'valid' }) }),
    ]);
    const slim = recordOf(many);
    expect(slim.inside).toEqual({ parts: 201, ai: 1, unread: 0 });
    expect(slim.parts?.length).toBeLessThanOrEqual(recordLimits.parts);
    expect(slim.parts?.[0]?.number).toBe(201);
    expect(slim.cut).toContain('parts');
    expect(Buffer.byteLength(JSON.stringify(slim))).toBeLessThanOrEqual(recordLimits.recordBytes);
  });

  it('of before, without a word of parts, is read and counted as it was', () => {
    const { inside: _, parts: __, ...before } = recordOf(report);
    expect(parseLine(JSON.stringify(before))?.is).toBe('slim');
    expect(RECORD_CONDITIONS['ai-part'](before)).toBe(false);
    expect(csvRow(before, ['parts', 'aiParts', 'unreadParts'])).toBe(',,\r\n');
  });
});
