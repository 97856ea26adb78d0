import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { CONDITIONS } from '../../../src/cli/shared/fail-on.js';
import { Asset } from '../../../src/core/media/asset.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import type { ReadOptions } from '../../../src/core/report/analyze-options.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { buildGuidance } from '../../../src/core/summary/guidance.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { describeWith } from '../../support/system-parts.js';

/** Visible marks in a Report: hints that change nothing else. */

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../../../fixtures', path));
const STARRED = fixture('pixels/visible-star.jpg');
const WORDED = fixture('plain/words-in-corner.jpg');
const { text, translate } = translatorFor('en');

async function reportOf(content: Buffer, options: Partial<ReadOptions> = {}) {
  const asset = await Asset.fromBytes(content);
  try {
    const { report } = await observe(asset, { asOf: '2026-11-25', engine: 'native', ...options });
    return report as StoredReport;
  } finally {
    await asset.close();
  }
}

const visibleIn = ({ signals }: StoredReport) =>
  signals.flatMap(({ id, backing }) => (id.startsWith('visible.') ? [`${id} ${backing}`] : []));

const notCheckedIn = ({ notChecked }: StoredReport) =>
  notChecked.flatMap(({ messages }) => (messages?.what ? [translate(messages.what)] : []));

const WORDS_UNREAD = text('notChecked.words.what');

describe('the star', () => {
  it('stands beside the signed statement of a camera and contradicts nothing', async () => {
    const report = await reportOf(fixture('c2pa/jpeg-c2pa-captured-visible-star.jpg'));
    const without = await reportOf(fixture('c2pa/jpeg-c2pa-captured.jpg'));
    expect(visibleIn(report)).toEqual(['visible.star inferred']);
    expect(report.summary).toEqual({ ...without.summary, headline: report.summary.headline });
    expect(report.summary.headline?.id).toBe(without.summary.headline?.id);
    expect(CONDITIONS.contradiction(report)).toBe(false);
    expect(report.contentCredentials.integrity).toBe('intact');
  });

  it('may be quoted in whole sentences, with the corner in which viewers show it', async () => {
    const turned = await sharp(STARRED).withMetadata({ orientation: 3 }).toBuffer();
    const said = buildGuidance(await reportOf(turned)).say.map(translate);
    expect(said).toEqual([
      'A visible mark in the upper left corner resembles the star that Google adds to Gemini pictures. Anyone can paste or remove such a mark.',
    ]);
  });

  it('is looked for in scans only if visible marks are asked for', async () => {
    expect(visibleIn(await reportOf(STARRED, { skipsStar: true }))).toEqual([]);
    expect(visibleIn(await reportOf(STARRED, { skipsStar: true, deep: true }))).toEqual([]);
    expect(visibleIn(await reportOf(STARRED, { skipsStar: true, visible: true }))).toEqual([
      'visible.star inferred',
    ]);
  });

  it('is not looked for after a process died of that; words that were asked for are told as unread', async () => {
    const visibleFault = fault('reader.crashed', { how: 'signal', end: 'SIGKILL' });
    const report = await reportOf(STARRED, { visibleFault });
    expect(visibleIn(report)).toEqual([]);
    expect(notCheckedIn(report)).not.toContain(WORDS_UNREAD);
    expect(notCheckedIn(await reportOf(STARRED, { visibleFault, visible: true }))).toContain(WORDS_UNREAD);
  });
});

describe('words', () => {
  it('are not read unless that is asked for', async () => {
    expect(visibleIn(await reportOf(WORDED))).toEqual([]);
    expect(visibleIn(await reportOf(WORDED, { skipsStar: true, deep: true }))).toEqual([]);
  });
});

describeWith('tesseract', 'words that are asked for', () => {
  it.each([{ visible: true }, { deep: true }, { visible: true, skipsStar: true }] as const)(
    'are a hint that may be quoted: %o',
    async (options) => {
      const report = await reportOf(WORDED, options);
      expect(visibleIn(report)).toEqual(['visible.text inferred']);
      expect(report.summary.origin).toBe('none');
      expect(buildGuidance(report).next.map(({ code }) => code)).not.toContain('words');
      expect(buildGuidance(report).say.map(translate)).toEqual([
        expect.stringMatching(
          /^The words “豆包A[Il]生成” seem to stand in the lower right corner, about 3 % of the shorter side high\. Anyone can write or remove such words\.$/,
        ),
      ]);
    },
  );

  it('give an equal Report each time', async () => {
    expect(await reportOf(WORDED, { visible: true })).toEqual(await reportOf(WORDED, { visible: true }));
  });
});

describe('how far they were looked for', () => {
  const lookedIn = async (content: Buffer, options: Partial<ReadOptions> = {}) => {
    const { notChecked } = await reportOf(content, options);
    return notChecked.flatMap(({ messages }) => messages?.why?.params?.['looked'] ?? []);
  };
  const nextIn = async (content: Buffer, options: Partial<ReadOptions> = {}) =>
    buildGuidance(await reportOf(content, options)).next.map(({ code }) => code);

  it('is told, and reading words is offered where nobody asked for it', async () => {
    expect(await lookedIn(WORDED)).toEqual(['star']);
    expect(await nextIn(WORDED)).toContain('words');
    expect(await lookedIn(WORDED, { skipsStar: true })).toEqual(['other']);
  });

  it('says where to look where words could not be read', async () => {
    const small = fixture('plain/plain.jpg');
    expect(await lookedIn(small, { visible: true })).toEqual(['other']);
    expect(await nextIn(small, { visible: true })).toEqual(['visible-mark', 'older-copies', 'ask']);
  });

  it('says that nobody listens to sound, and who can', async () => {
    const rows = (await reportOf(fixture('plain/plain.mp3'))).notChecked.map(({ messages }) =>
      messages?.ask ? translate(messages.ask) : '',
    );
    expect(rows).toContain(inEnglish('notChecked.audible.ask'));
  });
});
