import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanUploadName } from '../../src/http/uploads/upload-name.js';
import { anyCharacter } from '../support/any-character.js';

describe('uploadName', () => {
  it.each([
    ['picture.png', 'picture.png'],
    ['多云.jpg', '多云.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\photo.jpg', 'photo.jpg'],
    ['/', 'unnamed'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
    [undefined, 'unnamed'],
    ['a\0b\r\nc\u001b[31m.png', 'abc[31m.png'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['half\ud83d.png', 'half.png'],
    ['  spaced .png ', 'spaced .png'],
    ['<img src=x>.png', '<img src=x>.png'],
  ])('%j → %j', (given, shown) => {
    expect(cleanUploadName(given)).toBe(shown);
  });

  it('cuts the stem of a long name and keeps its ending', () => {
    const name = cleanUploadName(`${'x'.repeat(10_000)}.jpeg`);
    expect(name).toHaveLength(255);
    expect(name).toMatch(/^x+\.jpeg$/);
  });

  it('gives one bounded, well-formed line for whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 600 }), (given) => {
        const name = cleanUploadName(given);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]/u);
        expect(['.', '..']).not.toContain(name);
      }),
    );
  });
});
