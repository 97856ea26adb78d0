import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/core/report/signal.js';
import { DISTRIBUTION_PATHS } from '../../../src/core/signals/row.js';
import { UNCHECKED_MARKS } from '../../../src/core/signatures/not-checked.js';
import { explainMissing } from '../../../src/core/summary/why-missing.js';
import { translatorFor } from '../../../src/i18n/translator.js';

const english = translatorFor('en');

const signal = (id: string): Signal => ({
  // Ids of other tables follow the same patterns before they are in the list.
  id: id as Signal['id'],
  backing: 'inferred',
  basis: [{ carrier: 'file', locator: 'file name' }],
});
const why = (...ids: string[]) => explainMissing('absent', ids.map(signal), { state: 'complete' });

describe('why might nothing be there', () => {
  it.each([
    ['platform.facebook', 'Facebook'],
    ['platform.hint.whatsapp', 'WhatsApp'],
    ['platform.hint.telegram', 'Telegram'],
    ['platform.x', 'X (Twitter)'],
    ['platform.hint.x', 'X (Twitter)'],
    ['platform.hint.wechat', 'WeChat'],
    ['platform.youtube', 'YouTube'],
    ['platform.tiktok', 'TikTok'],
    ['platform.bytedance', 'TikTok'],
    ['platform.hint.snapchat', 'Snapchat'],
    ['editor.ffmpeg', 'FFmpeg'],
    ['editor.x264', 'FFmpeg'],
    ['camera.hint.screenshot', 'A screenshot'],
    ['file.jpeg.progressive', 'A progressive JPEG'],
  ])('%s: %s', (id, begins) => {
    const [one, ...others] = why(id);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ because: [id] });
    expect(one?.messages?.says && english.translate(one.messages.says).startsWith(begins)).toBe(true);
  });

  it('gives signals of one path one reason', () => {
    expect(why('editor.ffmpeg', 'editor.x264')).toMatchObject([
      { because: ['editor.ffmpeg', 'editor.x264'] },
    ]);
  });

  it.each([
    'gb45438.label.shell',
    'iptc.digitalSourceType.humanEdits',
    'generator.comfyui',
    'watermark.pixels.sdxl',
    'c2pa.unreadable',
    'platform.tiktok.aiLabel.creator',
  ])('is not asked where %s is there', (id) => expect(why('platform.tiktok', id)).toEqual([]));

  it('is not asked of files that show no such path, nor where credentials are there', () => {
    expect(why('camera.exif', 'editor.photoshop', 'file.trailingData')).toEqual([]);
    for (const presence of ['present', 'remote', 'unreadable'] as const)
      expect(explainMissing(presence, [signal('platform.tiktok')], { state: 'complete' })).toEqual([]);
  });

  it('is not asked where a part was not looked into: something may be there', () => {
    const found = [signal('platform.tiktok')];
    expect(explainMissing('absent', found, { state: 'complete' })).toHaveLength(1);
    for (const state of ['partial', 'nothing'] as const)
      expect(explainMissing('unsupported', found, { state })).toEqual([]);
  });

  it('comes from rows with a source, in words that are no verdict', () => {
    for (const path of DISTRIBUTION_PATHS) {
      expect(english.text(`whyMissing.${path}.source`).length).toBeGreaterThan(10);
      expect(english.text(`whyMissing.${path}.says`)).not.toMatch(
        /\b(proves?|means that|therefore|fake|real|verified|suspicious)\b/i,
      );
    }
  });
});

it('what is not checked names the vendors’ own checkers', () => {
  const all = UNCHECKED_MARKS.map(({ what }) => english.text(what)).join(' ');
  for (const name of [
    'SynthID',
    'TrustMark',
    'AudioSeal',
    'VideoSeal',
    'Stable Signature',
    'Digimarc',
    'IMATAG',
  ])
    expect(all).toContain(name);
  for (const kind of ['image', 'video', 'audio'] as const)
    expect(
      UNCHECKED_MARKS.filter(({ kinds }) => (kinds as readonly string[]).includes(kind)).length,
    ).toBeGreaterThan(2);
});
