import { describe, expect, it } from 'vitest';
import { type Figure, type Figures, haveSameShape } from '../../../src/core/page/history/figures.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { meaningMessage } from '../../../src/core/signals/meaning.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inChinese, inEnglish } from '../../i18n/english.js';
import { chain } from './credentials-literal.js';
import { renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

const en = translatorFor('en');
const zh = translatorFor('zh-Hans');

const small = (src: string, width = 640, height = 480): Figure => ({ src, width, height });
const figures = (over: Partial<Figures> = {}): Figures => ({
  frames: [],
  manifests: new Map(),
  ingredients: new Map(),
  parts: new Map(),
  missing: [],
  storedDiffers: false,
  ...over,
});
const signed = reportOf({ contentCredentials: chain(3) });
const both = { preview: small('/p'), thumbnail: small('/t', 320, 240) };

describe('pictures in a page', () => {
  it('are none where none are given, and nothing else changes', () => {
    expect(renderHtml(signed)).not.toContain('<img');
    expect(renderHtml(signed, en, figures())).toBe(renderHtml(signed));
  });

  it('show the file beside its sentence, and say what they are, not what they show', () => {
    const html = renderHtml(reportOf(), en, figures({ preview: small('/p') }));
    expect(html).toContain('<div class="preview"');
    expect(html).toMatch(
      new RegExp(
        `<img [^>]*src="/p" width="640" height="480" alt="${inEnglish('page.picture.previewAlt')}">`,
      ),
    );
    expect(html).not.toContain('<h3>Pictures</h3>');
  });

  it('frame a visible mark, with the sentence about it unless that stands beside the picture', () => {
    const box = { left: 8, top: 4, width: 40, height: 20 };
    const region = { corner: 'upperLeft' as const, ...box, pictureWidth: 800, pictureHeight: 600 };
    const signals: Signal[] = [
      {
        ...{ id: 'visible.text', backing: 'inferred', value: 'AI生成' },
        basis: [{ carrier: 'file', locator: 'upper left corner', region }],
      },
    ];
    const seen = reportOf({ signals });
    const html = renderHtml(seen, en, figures({ preview: small('/p') }));
    expect(html).toContain('viewBox="0 0 800 600"');
    expect(html).toContain('<rect x="3" y="0" width="50" height="29"/>');
    expect(html).toMatch(/made small\. [^<]*“[^<]*AI生成[^<]*”[^<]* upper left corner/);
    const video = { ...seen, asset: { ...seen.asset, kind: 'video' as const } };
    expect(renderHtml(video, en, figures({ preview: small('/p') }))).not.toContain('class="region"');
  });

  it('say of a video that there was no time for all its key frames, and not that there is no preview', () => {
    const cut = figures({ preview: small('/p'), frames: [small('/1'), small('/2')], framesCut: true });
    const html = renderHtml(reportOf(), en, cut);
    expect(html).toContain(en.text('page.picture.framesCut'));
    expect(html).not.toContain('No preview');
    expect(renderHtml(reportOf(), en, { ...cut, framesCut: false })).not.toContain(
      en.text('page.picture.framesCut'),
    );
  });

  it('lie side by side, ready to be laid on each other, where they have one shape', () => {
    const html = renderHtml(signed, en, figures(both));
    expect(html).toContain('<h3>Pictures</h3>');
    expect(html).toContain(`data-overlay="${inEnglish('page.picture.overlay')}"`);
    expect(renderHtml(signed, en, figures({ ...both, thumbnail: small('/t', 320, 320) }))).not.toContain(
      'data-overlay',
    );
    expect(haveSameShape(small('', 1_280, 853), small('', 320, 213))).toBe(true);
  });

  it('never offer a frame of a video as the picture that was kept of it', () => {
    const video = reportOf({ contentCredentials: chain(3) });
    const html = renderHtml({ ...video, asset: { ...video.asset, kind: 'video' } }, en, figures(both));
    expect(html).not.toContain('data-overlay');
    expect(html).toContain(inEnglish('page.picture.previewOfVideo'));
  });

  it('say that a file is no longer what was signed, where its picture was kept', () => {
    const altered = reportOf({ contentCredentials: { ...chain(3), integrity: 'altered' } });
    expect(renderHtml(altered, en, figures(both))).toContain('no longer matches them');
    expect(renderHtml(signed, en, figures(both))).not.toContain('no longer matches them');
  });

  it('that are not there are told with their reason, in the reader’s language', () => {
    const missing: Figures['missing'] = [
      { kind: 'preview', why: message('fault.pixels.unreadable') },
      { kind: 'thumbnail', why: message('fault.pixels.unreadable') },
    ];
    expect(renderHtml(signed, en, figures({ missing }))).toContain(
      `No preview: ${inEnglish('fault.pixels.unreadable')}`,
    );
    const chinese = renderHtml(signed, zh, figures({ missing }));
    expect(chinese).toContain('没有预览：图片无法解码。');
    expect(chinese).toContain(`${inChinese('page.picture.noThumbnail')}图片无法解码。`);
  });

  it('tell a damaged file, and a stored picture that looks different', () => {
    const html = renderHtml(
      reportOf(),
      en,
      figures({
        preview: { ...small('/p'), damaged: true },
        stored: small('/s', 160, 120),
        storedDiffers: true,
      }),
    );
    expect(html).toContain(`This file, made small. ${inEnglish('page.picture.damaged')}`);
    expect(html).toContain(
      `as cameras and editors do. ${en.translate(meaningMessage('file.thumbnailDiffers'))}`,
    );
  });

  it('of a video are a row of key frames by their moments', () => {
    const frames = [0, 2.5, 12, 75.2, 3_725].map((seconds) => ({ ...small('/f'), seconds }));
    const html = renderHtml(reportOf(), en, figures({ frames }));
    const captions = [...html.matchAll(/<figcaption>at or before ([\d:.]+)</g)].map(([, at]) => at);
    expect(captions).toEqual(['0:00', '0:02.5', '0:12', '1:15', '1:02:05']);
  });

  it('stand at the steps of the history, in list and drawing; which of several is whose is not guessed', () => {
    const manifests = new Map([[1, small('/v1/m1')]]);
    const html = renderHtml(
      signed,
      en,
      figures({ ...both, manifests, ingredients: new Map([[2, small('/v1/i2')]]) }),
    );
    const [tree = ''] = /<ul class="tree">.*?<\/section>/s.exec(html) ?? [];
    expect([...tree.matchAll(/<img [^>]*src="([^"]+)"/g)].map(([, src]) => src)).toContain('/v1/m1');
    expect(html).toContain('<image href="/v1/m1"');
    expect(html).toContain('<image href="/t"');
  });

  it('have addresses that end where they end', () => {
    const html = renderHtml(reportOf(), en, figures({ preview: small('"><script>') }));
    expect(html).toContain('src="&quot;&gt;&lt;script&gt;"');
  });
});
