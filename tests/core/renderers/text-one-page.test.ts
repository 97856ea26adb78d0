import { describe, expect, it } from 'vitest';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { displayWidth } from '../../../src/core/renderers/text/wrap.js';
import { withHeadlineText } from '../../../src/core/report/message-lookup.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';
import { inEnglish } from '../../i18n/english.js';
import { told } from '../../support/localized.js';
import { HOSTILE, mapStrings, RAW_UNSEEN } from './hostile.js';
import { renderOnePageText, renderText } from './rendered.js';
import { fullReport, reportOf } from './report-literal.js';

const fixture = (path: string) => new URL(`../../../fixtures/${path}`, import.meta.url).pathname;
const inspected = async (path: string) =>
  toStoredReport(await inspect(fixture(path), { isolation: 'none', asOf: '2026-11-25' }));
const page = (report: StoredReport, width = 80, language: (typeof LANGUAGES)[number] = 'en') =>
  renderOnePageText(report, { color: false, width }, translatorFor(language));
const linesOf = (text: string) => text.trimEnd().split('\n');
const named = (report: StoredReport, name: string): StoredReport => ({
  ...report,
  asset: { ...report.asset, name },
});

const FILES = [
  'c2pa/jpeg-c2pa-trained.jpg',
  'c2pa/jpeg-c2pa-altered-data.jpg',
  'c2pa/jpeg-c2pa-remote.jpg',
  'c2pa/jpeg-c2pa-truncated-store.jpg',
  'labels/jpeg-camera-exif.jpg',
  'hostile/jpeg-truncated.jpg',
];

describe('the one page on a terminal', () => {
  it.each(FILES)('has at most twenty lines of eighty columns, claim first: %s', async (path) => {
    const report = await inspected(path);
    for (const language of LANGUAGES) {
      const [name, headline, ...others] = linesOf(page(report, 80, language));
      const all = [name ?? '', headline ?? '', ...others];
      expect(all.length).toBeLessThanOrEqual(20);
      expect(all.filter((line) => displayWidth(line) > 80)).toEqual([]);
      expect(name).toMatch(new RegExp(`^${report.asset.name} · `));
      const { headline: userMessage } = report.summary;
      expect(headline).toBe(userMessage && withHeadlineText(userMessage, translatorFor(language)).text);
      expect(all.at(-1)).toContain('--full');
    }
  });

  it('reads like this for a plain photo', async () => {
    const report = await inspected('labels/jpeg-camera-exif.jpg');
    const device = message('text.quoted', { text: 'Assay Optics Synthetic One' });
    expect(page(report).trim().split(/\s+/).join(' ')).toBe(
      [
        'jpeg-camera-exif.jpg · JPEG · 4.3 kB (4,324 bytes)',
        inEnglish('headline.camera', { kind: 'other', name: device }),
        'Who: no signer found Changed since? nothing was signed',
        'AI? not stated When: taken 3 May 2026, says the camera data',
        told(report).summary.sentence,
        `You may say ${inEnglish('guide.say.camera', { device })}`,
        `As a caption ${inEnglish('caption.other', { what: 'other' })}`,
        `You may not say ${inEnglish('guide.avoid.recorded', { kind: 'image' })}`,
        `Do next 1. ${inEnglish('guide.next.words')} (--visible)`,
        `2. ${inEnglish('guide.next.olderCopies')} https://tineye.com/`,
        `3. ${inEnglish('guide.next.ask')}`,
        inEnglish('law.answer.choose'),
        `Device: “Assay Optics Synthetic One” · Lens: “Assay 35mm F2.8” · Dates: 3 May 2026, 10:20:30 · Signature: ${inEnglish('page.camera.covered', { covered: 'nobody' })}`,
        inEnglish('page.terminal.more'),
      ].join(' '),
    );
    // Labels hang to the left of their texts, which begin in one column.
    expect(page(report)).toMatch(
      /^You may say {6}\S.*(\n {17}\S.*)*\nAs a caption {5}\S.*\nYou may not say {2}\S/m,
    );
  });

  it('leaves what may be said and what may not together, whatever has to go', async () => {
    const report = await inspected('c2pa/jpeg-c2pa-trained.jpg');
    const name = 'a'.repeat(900);
    const many = {
      ...report,
      summary: { ...report.summary, messages: undefined, sentence: 'word '.repeat(300) },
    };
    const text = page(named(many as unknown as StoredReport, name));
    expect(linesOf(text).length).toBeLessThanOrEqual(20);
    expect(text.includes('You may say')).toBe(text.includes('You may not say'));
    expect(text).not.toContain('SHA-256');
  });

  it('cuts a long name in its middle: its end tells what it is', () => {
    const [first = ''] = linesOf(page(named(reportOf(), `${'long-'.repeat(60)}name.final.jpg`)));
    expect(displayWidth(first)).toBeLessThanOrEqual(80);
    expect(first).toMatch(/^long-.*….*\.final\.jpg · PNG/);
  });

  it('answers for the places that were asked, and asks for one where they are many', () => {
    const law = (jurisdiction: string) => ({ jurisdiction, books: [] });
    const of = (...all: string[]) => page(reportOf({ law: all.map(law) }));
    expect(of('EU', 'CN')).toMatch(/\nEU AI Act, Article 50\(2\)[\s\S]*\nChina, /);
    expect(of('EU', 'CN', 'IN', 'KR', 'KZ', 'VN')).toContain('\nLaw: name a place and your role');
  });

  it('keeps a line for each place, however much else there is to say', () => {
    const law = (jurisdiction: string) => ({ jurisdiction, books: [] });
    const of = (...all: string[]) => page({ ...fullReport(), law: all.map(law) });
    for (const text of [of('EU', 'KR'), of('EU', 'US-CA', 'KR'), of('EU', 'CN', 'IN', 'KR', 'KZ')]) {
      expect(linesOf(text).length).toBeLessThanOrEqual(20);
      expect(text).toMatch(/\nEU AI Act, /);
      expect(text).toMatch(/\nKorea, /);
    }
    expect(of('EU', 'US-CA')).toMatch(/\nCalifornia/);
  });

  it.each(Object.entries(HOSTILE))('stays text and within its lines: %s', (_, hostile) => {
    for (const width of [40, 80]) {
      const lines = linesOf(
        page(
          mapStrings(fullReport(), () => hostile),
          width,
        ),
      );
      expect(lines.length).toBeLessThanOrEqual(width === 80 ? 20 : 40);
      expect(lines.join('')).not.toMatch(RAW_UNSEEN);
    }
  });

  it('is the head of the whole record, in which nothing is said twice', async () => {
    const report = await inspected('c2pa/jpeg-c2pa-trained.jpg');
    const whole = renderText(report, { color: false, width: 200 });
    const lines = linesOf(whole).filter((line) => line.length > 40 && !line.includes('self#jumbf'));
    expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([]);
    expect(whole.split(report.asset.sha256)).toHaveLength(3);
    expect(whole).toContain('Question to the publisher');
    expect(whole).not.toContain('--full');
  });
});
