import { describe, expect, it } from 'vitest';
import { signalLine } from '../../../src/core/page/runs.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import { TRACE_GRADES } from '../../../src/core/signals/backing.js';
import { signalRowOf } from '../../../src/core/signals/index.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { renderHtml, renderText } from './rendered.js';
import { generated, reportOf, signed } from './report-literal.js';

const en = translatorFor('en');

const text = (over: Parameters<typeof reportOf>[0]) =>
  renderText(reportOf(over), { color: false, width: 200 }).replace(/\s+/g, ' ');

const trace: Signal = {
  id: 'generator.comfyui',
  backing: 'inferred',
  grade: 'O',
  facts: [
    { name: 'model', value: 'v1-5' },
    { name: 'prompt', value: `a <b>cat</b> ${'x'.repeat(400)}` },
    { name: 'position', personal: 'location' },
  ],
  basis: [{ carrier: 'pngText', locator: 'tEXt prompt', offset: 9 }],
};

describe('a signal on the page', () => {
  it('shows what was parsed, bounded and in the file’s words, and what is masked', () => {
    const page = text({ signals: [trace] });
    expect(page).toContain('model “v1-5”, prompt “a <b>cat</b> xxx');
    expect(page).toContain('position [location: masked]');
    const html = renderHtml(reportOf({ signals: [trace] }));
    expect(html).toContain('[location: masked]');
    expect(html).not.toContain('<b>cat');
  });

  it.each(TRACE_GRADES)('says grade %s in words', (grade) => {
    expect(text({ signals: [{ ...trace, grade }] })).toContain(en.text(`page.grade.${grade}`));
  });

  it('says which kinds of personal data were asked for', () => {
    const { tool } = reportOf();
    expect(text({ tool: { ...tool, revealed: ['location', 'names'] } })).toContain(
      `Personal data ${inEnglish('page.phrase.revealed', { kinds: message('list.and', { items: [message('page.personal.location')], last: message('page.personal.names') }) })}`,
    );
    expect(text({})).not.toContain('asked for');
  });
});

it('labels outside credentials are not those inside them', () => {
  expect(text({ contentCredentials: signed })).toContain(
    `AI labels ○ ${inEnglish('page.phrase.noneOutsideCredentials')}`,
  );
  expect(text({})).toContain('AI labels ○ none found Traces');
  expect(text({ contentCredentials: signed, signals: [generated] })).toMatch(/AI labels\s+● present/);
});

it('why nothing might be there has a heading of its own, with its source', () => {
  const whyMissing = [
    { because: ['file.trailingData' as const], says: 'That path removes it.', source: 'A test' },
  ];
  expect(text({ whyMissing })).toContain(
    `${inEnglish('page.section.whyMissing')} That path removes it. Source: A test`,
  );
  expect(renderHtml(reportOf({ whyMissing }))).toContain(`<h3>${inEnglish('page.section.whyMissing')}</h3>`);
  expect(text({})).not.toContain('Why might nothing');
});

it('what is not checked for one reason stands in one row', () => {
  const notChecked = ['A', 'B', 'C'].map((what) => ({ what, why: 'Needs a model.' }));
  const own = { what: 'D', why: 'Needs a model.', link: 'https://example.org/d' };
  expect(text({ notChecked: [...notChecked, own] })).toMatch(
    /– A; B; C Needs a model\.\s+– D Needs a model\. https:\/\/example\.org\/d/,
  );
});

describe('what Assay sees of a file itself', () => {
  const line = (signal: Signal, language: 'en' | 'zh-Hans') =>
    signalLine(signal, translatorFor(language))
      .map((run) => (typeof run === 'string' ? run : JSON.stringify(run)))
      .join('');
  const mismatch = (stated: string, found: string, locator: string): Signal => ({
    id: 'file.mediaTypeMismatch',
    backing: 'inferred',
    messages: { value: message('fact.mediaTypes', { stated, found }) },
    basis: [{ carrier: 'file', locator }],
  });

  it.each<[Signal, string, string]>([
    [
      mismatch('image/jpeg', 'image/png', 'file name'),
      'The name says JPEG; the bytes are PNG',
      '文件名为 JPEG，内容却是 PNG',
    ],
    [
      mismatch('image/jpeg', 'application/octet-stream', 'file name'),
      inEnglish('page.remark.noSuchFormat.name', { said: 'JPEG' }),
      inChinese('page.remark.noSuchFormat.name', { said: 'JPEG' }),
    ],
    [
      mismatch('video/mp4', 'image/png', 'declared media type'),
      inEnglish('page.remark.otherFormat.sender', { said: 'MP4', found: 'PNG' }),
      '文件发送时标为 MP4，内容却是 PNG',
    ],
    [
      {
        id: 'file.dates.unsetClock',
        backing: 'inferred',
        value: '1970-01-01',
        facts: [{ name: 'xmp:ModifyDate', value: '1970-01-01T00:00:00Z' }],
        basis: [{ carrier: 'xmp', locator: 'APP1 XMP: xmp:ModifyDate' }],
      },
      inEnglish('page.remark.unsetClockIn', { count: 1, day: '1970-01-01', fields: ['xmp:ModifyDate'] }),
      inChinese('page.remark.unsetClockIn', { count: 1, day: '1970-01-01', fields: ['xmp:ModifyDate'] }),
    ],
  ])('is a sentence of its own: %j', (signal, english, chinese) => {
    expect(line(signal, 'en')).toBe(english);
    expect(line(signal, 'zh-Hans')).toBe(chinese);
  });

  it('is nothing that somebody could have copied into it', () => {
    const unknown = mismatch('text/odd', 'image/png', 'declared media type');
    const pages = [unknown, mismatch('image/jpeg', 'image/png', 'file name')].map((signal) =>
      text({ signals: [signal] }),
    );
    for (const page of pages) expect(page).not.toContain(en.text('page.backing.inferred'));
    expect(pages[0]).toContain('“text/odd declared, image/png found”');
    expect(text({ signals: [trace] })).toContain(en.text('page.backing.inferred'));
  });
});

it.each([
  ['platform.youtube', 'platform'],
  ['platform.hint.whatsapp', 'platform'],
  ['platform.tiktok.aiLabel.creator', 'labels'],
  ['editor.photoshop', 'editor'],
  ['recorder.voiceMemo', 'camera'],
  ['watermark.pixels.sdxl', 'traces'],
  ['watermark.stealthText', 'traces'],
  ['watermark.declared', 'credentials'],
  ['iptc.credit.googleMade', 'labels'],
  ['iptc.ai.systemUsed', 'labels'],
  ['iptc.dataMining', 'otherLabels'],
  ['generator.novelai.proof.holds', 'traces'],
  ['file.dates.outOfOrder', 'file'],
])('%s stands in the row %s', (id, row) => {
  // Some rows come from tables that are loaded later.
  expect(signalRowOf(id as SignalId).pageRow ?? undefined).toBe(row);
});

it.each([
  ['cawg.identity.notCheckable', 'unsigned'],
  ['cawg.identity.outsideValidity', 'unsigned'],
  ['cawg.identity.malformed', 'unsigned'],
  ['cawg.identity.invalid', 'invalid'],
] as const)('%s says nothing of the file, in which the signer signed it', (id, backing) => {
  const outcome: Signal = {
    id,
    backing,
    value: 'cawg.ica.did_unavailable',
    basis: [{ carrier: 'c2pa', locator: 'self#jumbf=/c2pa/a/c2pa.assertions/cawg.identity' }],
  };
  const report = reportOf({ contentCredentials: signed, signals: [outcome] });
  for (const page of [text(report), renderHtml(report)]) {
    expect(page).toContain(inEnglish('page.phrase.identityAlone'));
    expect(page).not.toContain(en.text(`page.backing.${backing}`));
  }
});
