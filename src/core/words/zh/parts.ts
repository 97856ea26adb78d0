/** Chinese for what stands in a file and was not looked into, from the pieces of the Report's English (readers/parts/told.ts). */

/** By the English for one and for several. */
const NAMES: readonly [one: string, several: string, measure: string, name: string][] = [
  ['a further picture', 'further pictures', '张', '其他图片'],
  ['a gain map', 'gain maps', '幅', '增益图'],
  ['a video', 'videos', '段', '视频'],
  ['data of an unknown kind', 'runs of data of an unknown kind', '段', '种类不明的数据'],
  ['an attached file', 'attached files', '个', '附件'],
  [
    'a cover picture with metadata of its own',
    'cover pictures with metadata of their own',
    '张',
    '自带元数据的封面图片',
  ],
  ['a picture with metadata of its own', 'pictures with metadata of their own', '张', '自带元数据的图片'],
];

const PIECE = /(?:^|, | and )(?:(\d+) )?([a-z ]+?) \(([\d.]+) (bytes?|kB|MB)\)/g;

/** `a gain map (40 kB) and a video (1.2 MB)`; as it is where a piece is not known. */
export function partsNamed(english: string): string {
  const pieces = [...english.matchAll(PIECE)].map(([, count, name, size, unit]) => {
    const row = NAMES.find(([one, several]) => name === (count === undefined ? one : several));
    return row
      ? `${count ?? '一'}${count === undefined ? '' : ' '}${row[2]}${row[3]}（${size} ${unit?.startsWith('byte') ? '字节' : unit}）`
      : undefined;
  });
  return pieces.length === 0 || pieces.includes(undefined)
    ? ` ${english} `
    : pieces.join('、').replace(/^(?=\d)/, ' ');
}
