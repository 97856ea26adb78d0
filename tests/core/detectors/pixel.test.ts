import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/fault.js';
import { defineDetector, detectAll } from '../../../src/core/detectors/detector.js';
import { pixelProof } from '../../../src/core/detectors/pixel-proof.js';
import { pixelThumbnail } from '../../../src/core/detectors/pixel-thumbnail.js';
import { pixelWatermark } from '../../../src/core/detectors/pixel-watermark.js';
import { stealthText } from '../../../src/core/detectors/stealth-text.js';
import type { Carriers } from '../../../src/core/evidence/evidence.js';
import { PIXEL_WATERMARKS } from '../../../src/core/signatures/pixel-watermarks.js';
import { evidence, facts } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';

const signalsOf = (found: { [C in keyof Carriers]?: Carriers[C] }) =>
  toldSignals(
    detectAll([pixelProof, stealthText, pixelWatermark, pixelThumbnail], evidence(found), facts()).signals,
  );

const TEXT = 'tEXt Comment';
const HIDDEN = 'alpha channel, lowest bits';

describe('NovelAI’s signature', () => {
  it('that holds is valid, with every place it stands in', () => {
    const places = [TEXT, HIDDEN].map((place) => ({
      scheme: 'novelai' as const,
      locator: place,
      isValid: true,
    }));
    expect(signalsOf({ pixelProof: places })).toEqual([
      {
        id: 'generator.novelai.proof.holds',
        backing: 'valid',
        grade: 'V',
        basis: [TEXT, HIDDEN].map((place) => ({
          carrier: 'pixelProof',
          locator: place,
          row: 'novelai-signed-hash',
        })),
      },
    ]);
  });

  it('that does not match is invalid', () => {
    const signals = signalsOf({ pixelProof: [{ scheme: 'novelai', locator: TEXT, isValid: false }] });
    expect(signals).toMatchObject([{ id: 'generator.novelai.proof.broken', backing: 'invalid' }]);
  });

  it('is told of both where one copy holds and the other does not', () => {
    const signals = signalsOf({
      pixelProof: [
        { scheme: 'novelai', locator: TEXT, isValid: false },
        { scheme: 'novelai', locator: HIDDEN, isValid: true },
      ],
    });
    expect(signals.map(({ id, basis }) => [id, basis[0]?.locator])).toEqual([
      ['generator.novelai.proof.holds', HIDDEN],
      ['generator.novelai.proof.broken', TEXT],
    ]);
  });
});

describe('hidden text', () => {
  it('is shown, cut where long, and is a trace', () => {
    const text = 'x'.repeat(5_000);
    const [signal] = signalsOf({ stealthText: [{ channel: 'rgb', compressed: true, text }] });
    expect(signal).toMatchObject({
      id: 'watermark.stealthText',
      backing: 'inferred',
      value: 'colour channels, 5000 characters',
      basis: [{ carrier: 'stealthText', locator: 'rgb channel, lowest bits' }],
    });
    expect(signal?.facts?.find(({ name }) => name === 'text')?.value?.length).toBeLessThan(1_100);
  });
});

describe('watermarks of reference pipelines', () => {
  it.each(PIXEL_WATERMARKS.map((row) => [row.id, row] as const))('%s names its row', (id, row) => {
    const { length } = row.bits;
    const found = { row: id, matches: length - 1, of: length, convention: 'float', channels: 'bgr' } as const;
    expect(signalsOf({ pixelWatermark: [found] })).toMatchObject([
      {
        id: row.signal,
        backing: 'inferred',
        grade: 'S',
        value: `${length - 1} of ${length} bits`,
        basis: [{ carrier: 'pixelWatermark', row: id }],
      },
    ]);
  });

  it('have payloads of the lengths that their writers give them', () => {
    expect(PIXEL_WATERMARKS.map(({ bits }) => bits.length)).toEqual([136, 32, 48, 46]);
  });
});

describe('the stored thumbnail', () => {
  const at = (differing: number) => signalsOf({ thumbnail: [{ locator: 'IFD1', differing, of: 64 }] });
  it('is told of only where it is well apart from the picture', () => {
    expect(at(6)).toEqual([]);
    expect(at(15)).toEqual([]);
    expect(at(24)).toMatchObject([{ id: 'file.thumbnailDiffers', value: '24 of 64 bits differ' }]);
  });
});

describe('not asked for', () => {
  it('is neither a signal nor something missed', () => {
    const none = evidence();
    const asked = { status: 'unsupported', ...fault('carrier.notRequested') } as const;
    const unasked = { ...none, stealthText: asked, pixelWatermark: asked, thumbnail: asked };
    const { signals, unknowable } = detectAll(
      [stealthText, pixelWatermark, pixelThumbnail].map((detector) => defineDetector({ ...detector })),
      unasked,
      facts(),
    );
    expect([signals, unknowable.size]).toEqual([[], 0]);
  });
});
