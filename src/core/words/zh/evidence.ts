import type { EvidenceWords } from '../evidence.js';

const number = new Intl.NumberFormat('zh-Hans');

export const evidence: EvidenceWords = {
  heading: '逐项元数据',
  about:
    '照文件原样列出，并注明各字段或其数据包起始的字节。属于或可能含有个人数据的值，除非要求显示，否则略去。',
  byte: '字节',
  field: '字段',
  value: '值',
  notText: '不是文本',
  withheld: '［可能含个人数据：未显示］',
  characters: (count) => `共 ${number.format(count)} 个字符`,
  more: (count) => `另有 ${number.format(count)} 个字段未在此显示。`,
  none: '未读到任何元数据字段。',
  labels: { gb45438: '文件中的 GB 45438 标识', iptc: '文件中的 IPTC 数字来源类型' },
  labelBytes: (count) => `${number.format(count)} 字节`,
  firstBytes: (shown, count) => `共 ${number.format(count)} 字节，此处为前 ${number.format(shown)} 字节`,
  maskedBytes: (count) => `${number.format(count)} 字节已遮蔽，以 ·· 表示`,
  why: {
    'no-offset': '未显示其字节：无法确定它从哪个字节开始',
    'not-found': '未显示其字节：它在该处附近不是明文，可能经过压缩',
    withheld: '未显示其字节：其中可能含有个人数据',
  },
  leftOut: '逐项元数据未打印，可在报告页面查看。',
};
