import { describe, expect, it } from 'vitest';
import { buildPage } from '../../../src/core/page/page.js';
import type { ContentCredentials, Declared } from '../../../src/core/report/report.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { NOTHING_STATED } from '../../http/shell-report.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { renderText } from './rendered.js';
import { oldTexts, reportOf, signed } from './report-literal.js';

/** If the program knows which of several reasons applies, the text names that one. */

const [en, zh] = [translatorFor('en'), translatorFor('zh-Hans')];
type Standing = Partial<Pick<NonNullable<ContentCredentials['signer']>, 'trust'>> &
  Partial<Pick<NonNullable<ContentCredentials['time']>, 'validity' | 'revocation' | 'proven'>>;

const credentials = ({ trust = 'interim', ...time }: Standing): ContentCredentials => ({
  ...signed,
  activeManifest: 'm1',
  signer: { name: 'OpenAI', trust },
  time: { authorityTrust: 'interim', validity: 'inside', revocation: 'not-checked', ...time },
  manifests: [
    { label: 'm1', active: true, depth: 0, integrity: 'intact', trust, actions: [], ingredients: [] },
    {
      label: 'm2',
      active: false,
      depth: 1,
      integrity: 'intact',
      trust: 'interim',
      validity: 'expired-without-timestamp',
      actions: [],
      ingredients: [],
    },
  ],
});

const report = (standing: Standing, over: Partial<Declared> = {}) => {
  const declared: Declared = {
    origin: 'ai-generated',
    backing: 'valid',
    where: 'this',
    editedAfterCapture: false,
    ...over,
  };
  return reportOf({
    contentCredentials: credentials(standing),
    summary: {
      origin: declared.origin,
      backing: 'valid',
      declared,
      ...NOTHING_STATED,
      sentence: 'x',
      coverage: { state: 'complete', unread: [] },
    },
    signals: [
      {
        id: 'c2pa.digitalSourceType.trainedAlgorithmicMedia',
        backing: 'valid',
        basis: [{ carrier: 'c2pa', locator: 'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.actions' }],
      },
    ],
  });
};
const origin = (standing: Standing, words = en, over: Partial<Declared> = {}) =>
  buildPage(report(standing, over), words).dossier.origin.join('');

describe('why nobody vouches for a signature that holds', () => {
  it.each<[Standing, string, string]>([
    [{ trust: 'unlisted' }, 'on none of the installed lists', '不在任何已安装的信任列表中'],
    [{ trust: 'not-checked' }, inEnglish('page.trust.not-checked'), inChinese('page.trust.not-checked')],
    [{ validity: 'expired-without-timestamp' }, 'certificate has since expired', '证书现已过期'],
    [{ validity: 'outside' }, 'outside the term of the certificate', '不在证书有效期内'],
    [{ validity: 'not-yet-valid' }, 'not valid yet', '尚未生效'],
    [{ validity: 'unknown' }, 'is not known', '不知是否在证书有效期内'],
    [{ revocation: 'revoked' }, 'was revoked', '已被吊销'],
  ])('%o', (standing, english, chinese) => {
    expect(origin(standing)).toContain(english);
    expect(origin(standing)).not.toMatch(/ or /);
    expect(origin(standing, zh)).toContain(chinese);
    // The row of the check says the same about the same signal.
    const text = renderText(report(standing), { color: false, width: 400 });
    expect(text).toMatch(new RegExp(`trainedAlgorithmicMedia: .*${english}`));
  });

  it('the earlier signer, where the file’s own is vouched for', () => {
    expect(origin({}, en, { where: 'ancestor', manifest: 'm2' })).toContain('certificate has since expired');
  });

  it('a Report that does not say whose statement it is gets what holds of all of them', () => {
    expect(origin({}, en, { where: 'ancestor' })).toContain('no list confirms the signer');
  });
});

describe('other doubts that are known', () => {
  const text = (standing: Standing) => renderText(report(standing), { color: false, width: 400 });

  it('when a certificate was valid', () => {
    expect(text({ proven: '2025-10-23T10:00:00Z' })).toContain(
      inEnglish('page.phrase.validOnProven', {
        day: message('date.day', { day: '23', month: '10', year: '2025' }),
      }),
    );
    expect(text({})).toContain(
      inEnglish('page.phrase.validOnRequested', {
        day: message('date.day', { day: '25', month: '11', year: '2026' }),
      }),
    );
  });

  it('AI in a part, or over the whole', () => {
    const edited = { origin: 'ai-edited' as const };
    expect(origin({}, en, edited)).toContain(': edited with AI');
    expect(origin({}, en, { ...edited, where: 'component' })).toContain(': partly made with AI');
    expect(origin({}, zh, { ...edited, where: 'component' })).toContain(
      `：${inChinese('page.phrase.partlyAi')}`,
    );
  });

  it('credentials that leave the origin open are not “none”, nor are those that are set aside', () => {
    const none = (integrity: 'intact' | 'altered') =>
      buildPage(
        reportOf({
          contentCredentials: { ...credentials({}), integrity },
          summary: {
            ...NOTHING_STATED,
            origin: 'none',
            sentence: 'x',
            coverage: { state: 'complete', unread: [] },
          },
        }),
        en,
      ).dossier.origin;
    expect(none('intact')).toEqual(['How it was made: not stated']);
    expect(none('altered')).toEqual([`How it was made: ${inEnglish('page.phrase.setAside')}`]);
    expect(buildPage(reportOf(), en).dossier.origin).toEqual(['How it was made: not stated']);
  });
});

describe('who says that a file was changed', () => {
  const engine = { name: 'wasm', version: '0', sdk: 'c2pa-rs 0' } as const;
  const text = (who: Partial<ContentCredentials>) =>
    renderText(reportOf({ contentCredentials: { ...credentials({}), integrity: 'altered', ...who } }), {
      color: false,
      width: 400,
    });

  it('two engines, or one alone and why', () => {
    const second = { engine, agrees: true, differences: [] as string[], integrity: 'altered' as const };
    expect(text({ secondOpinion: second })).toContain(inEnglish('page.credentials.enginesAgree'));
    expect(text({ secondOpinion: { ...second, agrees: false, differences: ['-claim.missing'] } })).toContain(
      'but give different codes',
    );
    expect(text({ ...oldTexts({ soleEngine: 'WASM engine: it hung.' }) })).toContain(
      `${inEnglish('page.credentials.soleEngine')}: WASM engine: it hung.`,
    );
  });

  it('a fault of form is told beside “not changed”', () => {
    expect(text({ integrity: 'intact', formFaults: ['claim.malformed'] })).toContain(
      inEnglish('page.credentials.formFault', { code: 'claim.malformed' }),
    );
  });
});
