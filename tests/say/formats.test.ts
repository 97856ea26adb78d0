import { describe, expect, it } from 'vitest';
import { BARE_JPEG_XL, MEDIA_TYPES } from '../../src/core/media/media-types.js';
import { said } from '../../src/say/said.js';
import { speechOf } from '../../src/say/speech.js';

/** Formats keep their usual English names in a Report; a person reads the words in them in the own language. */
const en = speechOf('en');
const zh = speechOf('zh-Hans');
const formats = [
  ...new Set([...Object.values(MEDIA_TYPES), BARE_JPEG_XL].map(({ format }) => format)),
  ...['PDF image', 'PDF drawing', 'HEIF item (hvc1)'],
];

/** Names that Chinese readers write as they are. */
const NAMES =
  /^(?:[A-Z0-9-]+|WebP|Canon|Nikon|Sony|Fujifilm|Olympus|Panasonic|QuickTime|Matroska|WebM|Ogg|Opus|Photoshop|OpenEXR|tar|Word|PowerPoint|Excel|Visio|Motion|RealMedia|Flash|GIMP|DICOM|PostScript|InDesign|Monkey’s|Audio|WavPack|Musepack|Mobipocket|7z|Cabinet|cpio|gzip|xz|Zstandard|bzip2|lzip|compress|\([A-Z0-9]+\))$/;

describe('the name of a format', () => {
  it.each(formats.map((format) => [format]))('%s: has no English word left in Chinese', (format) => {
    const one = said('text.format', { format });
    expect(en.say(one)).toBe(format);
    const chinese = zh.say(one);
    if (chinese === format) expect(format.split(/[ ]/).filter((word) => !NAMES.test(word))).toEqual([]);
    else expect(chinese).toMatch(/\p{Script=Han}/u);
  });

  it('is said so wherever it goes into a sentence, of kept Reports too', () => {
    expect(zh.say(said('sentence.nothing.noPlace', { format: 'E-mail (EML)' }))).toBe(
      '未发现人工智能标识及生成工具痕迹；电子邮件（EML）文件没有存放内容凭证的标准位置。',
    );
    expect(zh.say(said('headline.notLookedInto', { format: 'Apple disk image' }))).toBe(
      '未查看：Apple 磁盘映像',
    );
    expect(zh.say(said('headline.notLookedInto', { format: 'RAR' }))).toBe('未查看：RAR');
  });

  it('is text where nobody knows it, whatever it is', () => {
    for (const format of ['E-mail', 'PDF image (x)', 'constructor', '{code} (a)', '__proto__', 'text.format'])
      expect(zh.say(said('text.format', { format }))).toBe(format);
    expect(zh.say(said('text.format', { format: `E-mail (${'a'.repeat(50)})` }))).toContain('E-mail');
    expect(zh.say(said('text.format', { format: 'E-mail (a\u202eb)' }))).toBe('电子邮件（a b）');
  });
});
