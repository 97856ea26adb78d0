import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toStoredReport } from '../src/core/law/localize.js';
import type { StoredReport } from '../src/core/report/report.js';
import { buildGuidance } from '../src/core/summary/guidance.js';
import { LANGUAGES } from '../src/i18n/languages.js';
import { inspect } from '../src/library/inspect.js';
import { told } from './support/localized.js';

/** If no pixels are visible, the report does not ask anyone to look at them. */
const fixture = (path: string) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
const whole = fixture('labels/jpeg-camera-exif.jpg');
const png = fixture('labels/apng-comfyui-comf.png');
const of = async (bytes: Uint8Array) =>
  toStoredReport(await inspect(bytes, { isolation: 'none', asOf: '2026-11-29' }));
const steps = (report: StoredReport) => buildGuidance(report).next.map(({ code }) => code);
const pixels = (report: StoredReport) =>
  report.notChecked.find(({ messages }) => messages?.what?.id === 'notChecked.pixels.what')?.messages;

describe('a picture of which no pixel can be seen', () => {
  it.each([
    ['three bytes of a JPEG', whole.subarray(0, 3)],
    ['a JPEG cut off in its head', whole.subarray(0, 600)],
    ['a JPEG cut off in its picture', whole.subarray(0, whole.length - 200)],
    ['a PNG cut off in its picture', png.subarray(0, png.length / 2)],
  ])('is not to be looked at: %s', async (_what, bytes) => {
    const report = await of(bytes);
    expect(report.asset.kind).toBe('image');
    expect(steps(report)).not.toContain('pixels');
    expect(steps(report)).not.toContain('words');
    expect(steps(report)).not.toContain('older-copies');
    expect(pixels(report)).toMatchObject({
      why: { id: 'notChecked.pixels.unseen' },
      ask: { id: 'notChecked.pixels.wholeCopy' },
    });
    for (const language of LANGUAGES) expect(JSON.stringify(told(report, language))).not.toContain('--deep”');
    // A stored older Report suggests it in its text, and is not followed.
    const before = report.notChecked.map((one) =>
      one.messages?.what?.id === 'notChecked.pixels.what'
        ? {
            ...one,
            messages: {
              ...one.messages,
              why: { id: 'notChecked.pixels.why' },
              ask: { id: 'notChecked.pixels.ask' },
            },
          }
        : one,
    );
    expect(steps({ ...report, notChecked: before } as StoredReport)).not.toContain('pixels');
  });

  it('is another than a whole one', async () => {
    const report = await of(whole);
    expect(steps(report)).toEqual(expect.arrayContaining(['words', 'older-copies']));
    expect(pixels(report)?.ask?.id).toBe('notChecked.pixels.ask');
  });
});
