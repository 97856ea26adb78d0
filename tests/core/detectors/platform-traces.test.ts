import { describe, expect, it } from 'vitest';
import { findFittingHints, platformHints } from '../../../src/core/detectors/platform-hints.js';
import { platformTraces } from '../../../src/core/detectors/platform-traces.js';
import type { ContainerTag, JpegCoding } from '../../../src/core/evidence/evidence.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { evidence, facts } from '../../support/literals.js';

const tag = (key: string, value: string, system = 'mdta'): ContainerTag => ({ key, value, system });
const detect = (found: Parameters<typeof evidence>[0]) => platformTraces.detect(evidence(found), facts());

describe('platforms', () => {
  it('TikTok by its keys', () => {
    const bmffMeta = [tag('comment', `vid:v${'0'.repeat(28)}ab`), tag('vid_md5', '0'.repeat(32))];
    expect(detect({ bmffMeta })).toMatchObject([
      { id: 'platform.tiktok', grade: 'V', facts: [{ name: 'id' }], basis: [{}, { row: 'tiktok-vid-md5' }] },
    ]);
  });

  it('YouTube by the handler’s name, with its day', () => {
    const name = 'ISO Media file produced by Google Inc. Created on: 05/03/2026.';
    expect(detect({ bmffMeta: [tag('vide', name, 'hdlr')] })).toMatchObject([
      { id: 'platform.youtube', facts: [{ name: 'created', value: '05/03/2026' }] },
    ]);
    expect(
      detect({ bmffMeta: [tag('vide', 'ISO Media file produced by Google Inc.', 'hdlr')] }),
    ).toHaveLength(1);
    expect(detect({ bmffMeta: [tag('©too', 'Google', 'iTunes')] })).toEqual([]);
  });

  it.each([
    ['X', { bmffMeta: [tag('vide', 'Twitter-vork muxer', 'hdlr')] }, 'platform.x'],
    ['ByteDance', { bmffMeta: [tag('aweme_7123456789012345678', 'x', 'udta')] }, 'platform.bytedance'],
    [
      'Facebook',
      { iptcIim: [{ dataset: '2:40', name: 'SpecialInstructions', value: 'FBMD01000a9c0d0000' }] },
      'platform.facebook',
    ],
  ])('%s', (_name, found, id) => {
    expect(detect(found)).toMatchObject([{ id, grade: 'O', backing: 'inferred' }]);
  });

  it('not Facebook by ordinary instructions', () => {
    expect(
      detect({ iptcIim: [{ dataset: '2:40', name: 'SpecialInstructions', value: 'FBMD is a prefix' }] }),
    ).toEqual([]);
  });
});

describe('hints of platforms', () => {
  const coding: JpegCoding = { progressive: true, width: 10, height: 10, tables: [] };
  const track = (width: number) => ({ tracks: [{ kind: 'image' as const, width, height: 10 }] });
  const hints = (name: string, found: Parameters<typeof evidence>[0] = {}) =>
    platformHints.detectName?.(
      { name },
      {
        bytes: 1,
        mediaType: 'image/jpeg',
        fittingHints: findFittingHints(evidence(found), facts({ mediaType: MEDIA_TYPES.jpg })),
      },
    );

  it.each([
    ['IMG-20260503-WA0001.jpg', 'whatsapp'],
    ['WhatsApp Image 2026-05-03 at 10.20.30 AM.jpeg', 'whatsapp'],
    ['photo_2026-05-03_10-20-30.jpg', 'telegram'],
    ['mmexport1777803630000.jpg', 'wechat'],
    ['微信图片_20260503102030.jpg', 'wechat'],
    ['Snapchat-123456789.jpg', 'snapchat'],
    ['FB_IMG_1777803630000.jpg', 'facebook'],
  ])('%s', (name, app) => {
    expect(hints(name)).toMatchObject([{ id: `platform.hint.${app}`, grade: 'C', backing: 'inferred' }]);
  });

  it('fall where the file has a camera’s fields or a larger size', () => {
    const exif = [{ block: 'IFD0' as const, name: 'Make', value: 'Canon' }];
    expect(hints('IMG-20260503-WA0001.jpg', { exif })).toEqual([]);
    expect(hints('IMG-20260503-WA0001.jpg', { streams: track(6000) })).toEqual([]);
    expect(hints('IMG-20260503-WA0001.jpg', { streams: track(1600) })).toHaveLength(1);
  });

  it('of X need the coding too', () => {
    expect(hints('GabcDEF1234_-xy.jpg')).toEqual([]);
    expect(hints('GabcDEF1234_-xy.jpg', { jpegCoding: coding })).toHaveLength(1);
  });
});
