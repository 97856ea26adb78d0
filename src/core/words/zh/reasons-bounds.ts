/** Chinese for the bounds that kept Assay from the rest of a file. Long, since it is one table. */
export const BOUND_REASONS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^More than (\d+) ([^,;]{1,60}); later ones were not read\.$/,
    (most, what) =>
      `${MANY[what ?? ''] ?? ''}超过 ${most} ${what !== undefined && what in MANY ? '个' : '项'}；其后的未读取。`,
  ],
  [
    /^More than (\d+) comments, or (\d+) bytes of them; later ones were not read\.$/,
    (most, bytes) => `注释超过 ${most} 条或 ${bytes} 字节；其后的未读取。`,
  ],
  [
    /^More than (\d+) text chunks, or (\d+) characters in them; later ones were not read\.$/,
    (most, characters) => `文本块超过 ${most} 个或 ${characters} 个字符；其后的未读取。`,
  ],
  [
    /^More than (\d+) records in the Samsung trailer, or (\d+) bytes of text; later ones were not read\.$/,
    (most, bytes) => `三星文件尾的记录超过 ${most} 条或文字超过 ${bytes} 字节；其后的未读取。`,
  ],
  [
    /^More than (\d+) records in the Samsung trailer\.$/,
    (most) => `三星文件尾的记录超过 ${most} 条，未读取。`,
  ],
  [
    /^Private chunks past (\d+), or past (\d+) characters together, were not read\.$/,
    (most, characters) => `私有数据块超过 ${most} 个或合计 ${characters} 个字符；其后的未读取。`,
  ],
  [
    /^Texts longer than (\d+) bytes were read up to there \((\d+)\)\.$/,
    (most, count) => `超过 ${most} 字节的文字只读到此处（${count} 处）。`,
  ],
  [
    /^Names longer than (\d+) characters were read up to there \((\d+)\)\.$/,
    (most, count) => `超过 ${most} 个字符的名称只读到此处（${count} 个）。`,
  ],
  [
    /^The names of metadata items take more than (\d+) bytes and were not read\.$/,
    (most) => `元数据项的名称合计超过 ${most} 字节，未读取。`,
  ],
  [
    /^What a metadata item holds is told in more than (\d+) bytes, which were not read\.$/,
    (most) => `说明某元数据项内容的部分超过 ${most} 字节，未读完。`,
  ],
  [/^A box iloc is larger than (\d+) bytes\.$/, (most) => `iloc 盒大于 ${most} 字节，未读取。`],
  [/^Boxes nested more than (\d+) deep were not read\.$/, (most) => `嵌套超过 ${most} 层的盒未读取。`],
  [/^Tags nested more than (\d+) deep were not read\.$/, (most) => `嵌套超过 ${most} 层的标签未读取。`],
  [/^Values nested more than (\d+) deep were not read\.$/, (most) => `嵌套超过 ${most} 层的值未读取。`],
  [/^SVG elements are nested deeper than (\d+)\.$/, (most) => `SVG 元素嵌套超过 ${most} 层，未读取。`],
  [
    /^The (SVG|ID3 tag|APE tag|iXML chunk|script tag) is larger than (\d+) bytes\.$/,
    (what, most) => `${LARGE[what ?? ''] ?? what}大于 ${most} 字节，未读取。`,
  ],
  [
    /^The iXML chunk has more elements, or deeper ones, than are read\.$/,
    () => 'iXML 块的元素过多或嵌套过深，未读完。',
  ],
  [/^Comments of more than (\d+) bytes were not read\.$/, (most) => `超过 ${most} 字节的注释未读取。`],
  [
    /^Metadata blocks of more than (\d+) bytes together; later ones were not read\.$/,
    (most) => `元数据区块合计超过 ${most} 字节；其后的未读取。`,
  ],
  [
    /^EXIF values of more than (\d+) bytes; (.{1,80}) was not read\.$/,
    (most, name) => `EXIF 的值合计超过 ${most} 字节；${name} 未读取。`,
  ],
  [/^A (\w{4}) chunk is larger than (\d+) bytes\.$/, (type, most) => `${type} 块大于 ${most} 字节，未读取。`],
  [
    /^The (.{1,300}) grows past (\d+) bytes\.$/,
    (place, most) => `${place} 解压后超过 ${most} 字节，未读取。`,
  ],
  [/^Hidden text grows past (\d+) bytes\.$/, (most) => `藏有的文字解压后超过 ${most} 字节，未读取。`],
  [/^Hidden text is larger than (\d+) bytes\.$/, (most) => `藏有的文字大于 ${most} 字节，未读取。`],
  [
    /^Signed settings are longer than (\d+) bytes and were not read\.$/,
    (most) => `带签名的设置超过 ${most} 字节，未读取。`,
  ],
  [
    /^A message in the video is longer than (\d+) bytes and was read up to there\.$/,
    (most) => `视频流中有消息超过 ${most} 字节，只读到此处。`,
  ],
  [
    /^The video’s first frames stand behind more than (\d+) other parts and were not read\.$/,
    (most) => `视频的首批帧之前有超过 ${most} 个其他部分，未读取这些帧。`,
  ],
  [/^More than (\d+) assets in one file\.$/, (most) => `一个文件中的部分超过 ${most} 个；其后的未查看。`],
  [/^More than (\d+) quantisation tables\.$/, (most) => `量化表超过 ${most} 个；其后的未读取。`],
  [/^The stored thumbnail is larger than (\d+) bytes\.$/, (most) => `内嵌缩略图大于 ${most} 字节，未读取。`],
  [
    /^A GB 45438 label is longer than (\d+) characters and was not read\.$/,
    (most) => `有 GB 45438 标识超过 ${most} 个字符，未读取。`,
  ],
  [
    /^A GB 45438 label is nested deeper than (\d+) levels and was not read\.$/,
    (most) => `有 GB 45438 标识嵌套超过 ${most} 层，未读取。`,
  ],
  [
    /^A JSON text is longer than (\d+) characters or nested deeper than (\d+) levels; it was not looked into\.$/,
    (most, depth) => `有 JSON 文本超过 ${most} 个字符或嵌套超过 ${depth} 层，未查看其内容。`,
  ],
  [
    /^A ComfyUI graph was not followed to its end: it is longer than is read, or has more than (\d+) nodes, or more than (\d+) links in a row\.$/,
    (nodes, links) =>
      `有 ComfyUI 流程图未能追踪到底：其过长，或节点超过 ${nodes} 个，或连续连接超过 ${links} 条。`,
  ],
  [
    /^An assertion is longer than (\d+) characters and was not looked into\.$/,
    (most) => `有断言超过 ${most} 个字符，未查看其内容。`,
  ],
  [
    /^The manifest store holds more than (\d+) manifests\.$/,
    (most) => `清单库中的清单超过 ${most} 份，未读取。`,
  ],
  [/^The manifest store holds a longer list than is read\.$/, () => '清单库中有列表过长，未读取。'],
  [
    /^The manifest store takes more than (\d+) characters as JSON\.$/,
    (most) => `清单库写成 JSON 超过 ${most} 个字符，未读取。`,
  ],
  [/^The manifest store is larger than (\d+) bytes\.$/, (most) => `清单库大于 ${most} 字节，未读取。`],
  [/^The manifest store has more than (\d+) boxes\.$/, (most) => `清单库中的盒超过 ${most} 个，未读完。`],
  [/^JUMBF boxes are nested deeper than (\d+)\.$/, (most) => `JUMBF 盒嵌套超过 ${most} 层，未读完。`],
  [/^The claim signature is larger than (\d+) bytes\.$/, (most) => `声明签名大于 ${most} 字节，未读取。`],
  [/^CBOR is nested deeper than (\d+)\.$/, (most) => `CBOR 嵌套超过 ${most} 层，未读取。`],
  [
    /^The (?:CBOR has|claims have) more than (\d+) (?:CBOR )?items\.$/,
    (most) => `CBOR 数据超过 ${most} 项，未读取。`,
  ],
  // Pictures for people to look at.
  [
    /^Manifests keep more than (\d+) pictures; the others were not made\.$/,
    (most) => `清单所存图片超过 ${most} 张；其余的未生成。`,
  ],
  [
    /^Past (\d+) milliseconds no further frame of the video was begun\.$/,
    (most) => `超过 ${most} 毫秒后，未再截取视频的其他帧。`,
  ],
  // What the file is to blame for, beside these.
  [/^A record of the Samsung trailer does not fit the file\.$/, () => '三星文件尾中有记录与文件不合。'],
  [/^The Samsung trailer gives a length that does not fit\.$/, () => '三星文件尾所写长度与文件不合。'],
  [
    /^(?:The|A private) ID3 frame (?:(\w{3,4}) )?is (compressed|encrypted); it was not read\.$/,
    (id, how) =>
      `ID3 帧${id === '' ? '' : ` ${id} `}${how === 'encrypted' ? '已加密' : '经过压缩'}，未读取。`,
  ],
  // PDF.
  [
    /^A PDF object has more values, or deeper ones, than are read\.$/,
    () => 'PDF 对象的值过多或嵌套过深，未读完。',
  ],
  [
    /^A PDF object is longer than the (\d+) bytes that are read\.$/,
    (most) => `PDF 对象超过可读取的 ${most} 字节。`,
  ],
  [
    /^A PDF stream (?:is longer than|unpacks to more than) (\d+) bytes\.$/,
    (most) => `PDF 数据流超过 ${most} 字节，未读取。`,
  ],
  [
    /^The PDF is too large, or has too many objects, to be searched for them\.$/,
    () => 'PDF 过大或对象过多，无法在其中查找。',
  ],
  [/^The lengths of PDF streams stand in one another\.$/, () => 'PDF 数据流的长度互相引用，未读取。'],
  [/^More than (\d+) files are embedded in the PDF\.$/, (most) => `PDF 内嵌的文件超过 ${most} 个，未读完。`],
  [
    /^More than (\d+) objects are packed in the PDF\.$/,
    (most) => `PDF 中打包的对象超过 ${most} 个，未读完。`,
  ],
  [/^More than (\d+) runs of cross-references\.$/, (most) => `PDF 交叉引用超过 ${most} 段，未读完。`],
  [/^The PDF was written to more than (\d+) times\.$/, (most) => `PDF 被写入超过 ${most} 次，未读完。`],
];

const LARGE: Readonly<Record<string, string>> = {
  SVG: 'SVG 文件',
  'ID3 tag': 'ID3 标签',
  'APE tag': 'APE 标签',
  'iXML chunk': 'iXML 块',
  'script tag': '脚本标签',
};

const MANY: Readonly<Record<string, string>> = {
  'XMP properties': 'XMP 属性',
  'XMP packets': 'XMP 数据包',
  'EXIF fields': 'EXIF 字段',
  'ID3 tags': 'ID3 标签',
  'ID3 frames': 'ID3 帧',
  'TIFF tags': 'TIFF 标签',
  'GIF blocks': 'GIF 块',
  'GIF sub-blocks': 'GIF 子块',
  'RIFF forms': 'RIFF 段',
  'GB 45438 labels': 'GB 45438 标识',
  tags: '标签',
  boxes: '盒',
  chunks: '数据块',
  segments: '数据段',
  lists: '列表',
  pages: '页',
  streams: '流',
  manifests: '清单',
};
