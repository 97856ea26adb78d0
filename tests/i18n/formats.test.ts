import { describe, expect, it } from 'vitest';
import { BARE_JPEG_XL, MEDIA_TYPES } from '../../src/core/media/media-types.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { inChinese } from './english.js';

/** A Report stores formats by their common English names; a reader sees the words in them translated. */
const en = translatorFor('en');
const zh = translatorFor('zh-Hans');
const formats = [
  ...new Set([...Object.values(MEDIA_TYPES), BARE_JPEG_XL].map(({ format }) => format)),
  ...['PDF image', 'PDF drawing', 'HEIF item (hvc1)'],
];

/** Names that Chinese readers write unchanged. */
const NAMES =
  /^(?:[A-Z0-9-]+|WebP|Canon|Nikon|Sony|Fujifilm|Olympus|Panasonic|QuickTime|Matroska|WebM|Ogg|Opus|Photoshop|OpenEXR|tar|Word|PowerPoint|Excel|Visio|Motion|RealMedia|Flash|GIMP|DICOM|PostScript|InDesign|Monkey’s|Audio|WavPack|Musepack|Mobipocket|7z|Cabinet|cpio|gzip|xz|Zstandard|bzip2|lzip|compress|\([A-Z0-9]+\))$/;

describe('the name of a format', () => {
  it.each(formats.map((format) => [format]))('%s: has no English word left in Chinese', (format) => {
    const one = message('text.format', { format });
    expect(en.translate(one)).toBe(format);
    const chinese = zh.translate(one);
    if (chinese === format) expect(format.split(/[ ]/).filter((word) => !NAMES.test(word))).toEqual([]);
    else expect(chinese).toMatch(/\p{Script=Han}/u);
  });

  it('is said so wherever it goes into a sentence, of kept Reports too', () => {
    expect(zh.translate(message('sentence.nothing.noPlace', { format: 'E-mail (EML)' }))).toBe(
      inChinese('sentence.nothing.noPlace', { format: 'E-mail (EML)' }),
    );
    expect(zh.translate(message('headline.notLookedInto', { format: 'Apple disk image' }))).toBe(
      '未查看：Apple 磁盘映像',
    );
    expect(zh.translate(message('headline.notLookedInto', { format: 'RAR' }))).toBe('未查看：RAR');
  });

  it('is text where nobody knows it, whatever it is', () => {
    for (const format of ['E-mail', 'PDF image (x)', 'constructor', '{code} (a)', '__proto__', 'text.format'])
      expect(zh.translate(message('text.format', { format }))).toBe(format);
    expect(zh.translate(message('text.format', { format: `E-mail (${'a'.repeat(50)})` }))).toContain(
      'E-mail',
    );
    expect(zh.translate(message('text.format', { format: 'E-mail (a\u202eb)' }))).toBe('电子邮件（a b）');
  });
});
