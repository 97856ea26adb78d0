/**
 * Clauses as Chinese texts cite them: `Article 6(1)(i)` → `第六条第一款第一项`, `Annex E a)` → `附录 E a)`, `Section
 * 22757.3(a), item (A)` → `第 22757.3(a) 条第（A）项`. The link beside it leads to the text in its own language.
 */
export function clause(written: string): string {
  return written
    .split('; ')
    .map((part) => whole(part))
    .join('；');
}

function whole(written: string): string {
  const [, article, paragraph, item, rest] =
    /^Article (\d{1,2})(?:\((\d{1,2})\))?(?:\(([ivx]{1,5})\))?(?:, (.+))?$/.exec(written) ?? [];
  if (article !== undefined) {
    const what = rest === undefined ? '' : REST[rest];
    if (what === undefined) return written;
    const second = paragraph === undefined ? '' : `第${numeral(Number(paragraph))}款`;
    const third = item === undefined ? '' : `第${numeral(ROMAN.indexOf(item) + 1)}项`;
    return `第${numeral(Number(article))}条${second}${third}${what}`;
  }
  if (Object.hasOwn(NAMED, written)) return NAMED[written] ?? written;
  const [, kind, number, what] =
    /^(Section|Rule|Measure|Commitment) ([\d.()a-z-]{1,24}?)(?:, (.+))?$/.exec(written) ?? [];
  if (kind !== undefined && number !== undefined) return `${numbered(kind, number)}${partOf(what)}`;
  const [, place, part] = /^Annex (E [a-z]\)(?: to [a-z]\))?)(?:, (type|value))?$/.exec(written) ?? [];
  if (place === undefined) return written;
  return `附录 ${place.replace(' to ', ' 至 ')}${part === undefined ? '' : (PARTS[part] ?? '')}`;
}

const numbered = (kind: string, number: string): string =>
  kind === 'Measure' ? `措施 ${number}` : kind === 'Commitment' ? `承诺 ${number}` : `第 ${number} 条`;

/** `item (A)` → `第（A）项`, `removal` → `（去除）`. */
function partOf(what: string | undefined): string {
  if (what === undefined) return '';
  const [, item] = /^item \((.{1,4})\)$/.exec(what) ?? [];
  return item === undefined ? (PARTS[what] ?? `（${what}）`) : `第（${item}）项`;
}

const PARTS: Readonly<Record<string, string>> = {
  type: '（类型）',
  value: '（取值）',
  stripping: '（剥离）',
  permanence: '（难以去除）',
  assessment: '（查验）',
  label: '（标识）',
  metadata: '（元数据）',
  removal: '（去除）',
  'significant social media intermediaries': '（大型社交媒体中介）',
};

const NAMED: Readonly<Record<string, string>> = {
  'Annex E, note 1': '附录 E 注 1',
  'Articles 50(2) and 111(4)': '第五十条第二款和第一百一十一条第四款',
  'Section 2 and Annex 1': '第二部分和附件 1',
  'Decree Article 23(2)2': '施行令第二十三条第二款第二项',
  'Decree Article 23(2), notice': '施行令第二十三条第二款（提示）',
  'Decree 142/2026/ND-CP, marking': '第 142/2026/ND-CP 号法令（标记）',
  'IPTC Digital Source Type': 'IPTC 数字来源类型',
  'IPTC 2025.1, AI properties': 'IPTC 2025.1 人工智能属性',
  'C2PA 2.2, c2pa.created': 'C2PA 2.2 创建动作（c2pa.created）',
  'C2PA, time-stamp': 'C2PA 时间戳',
  'C2PA 2.4, c2pa.ai-disclosure': 'C2PA 2.4 人工智能披露（c2pa.ai-disclosure）',
  'CAWG identity assertion': 'CAWG 身份断言',
  'ISO 22144 (draft)': 'ISO 22144（草案）',
  'ISO/IEC 21617-1 (JPEG Trust)': 'ISO/IEC 21617-1（JPEG Trust）',
  'AMAS papers of 2025': 'AMAS 2025 年文件',
};

const REST: Readonly<Record<string, string>> = {
  'first subparagraph': '第一分段',
  'second sentence': '第二句',
  marking: '（标记）',
};

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99: 一, 十, 十八, 五十. */
function numeral(count: number): string {
  const tens = Math.floor(count / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`;
  return `${ten}${DIGITS[count % 10] ?? ''}`;
}
