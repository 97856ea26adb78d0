import { speechOf } from '../../../say/speech.js';
import type { Carrier } from '../../evidence.js';
import { quoted } from '../../quoted.js';
import type { SentenceWords } from '../sentence.js';
import { carriers } from './carriers.js';
import { contradictions } from './contradictions.js';
import { listed } from './numbers.js';
import { credentialSentences } from './sentence-credentials.js';
import { termWords } from './sentence-history.js';
import { MEDIA, OBSERVED, traces } from './sentence-traces.js';
import { spaced, toolName } from './tools.js';

/** Chinese. Terms of GB 45438-2025 and of the labelling measures; each sentence survives being quoted alone. */

const REST = '多数文件都没有，平台也常会将其去除。这不说明内容是如何制作的。';

/** Without what stands in brackets behind the name: these names stand in brackets themselves. */
const bare = (carrier: Carrier): string => carriers[carrier].replace(/（.*）$/, '');

const GB_READINGS = {
  generated: '标明“属于”生成合成',
  possible: '标明“可能”为生成合成',
  suspected: '标明“疑似”为生成合成',
} as const;

/** GB 45438 lets a producer be named by a code or by a name. */
const PROVIDER_CODE = /^\d[0-9A-Z]+$/;

export const sentences: SentenceWords = {
  joined: (all) => all.join(''),
  emptyFile: '该文件为空：没有可供查看的字节。',
  unreadFile: (reason) =>
    `该文件无法读取（${speechOf('zh-Hans')
      .say(reason)
      .replace(/[。.]$/, '')}），因此不知其声明了什么。这不说明内容是如何制作的。`,
  notFinished: '检查超时，未完成，因此不知该文件声明了什么；请重试。',
  cutOff: {
    most: '文件不完整，大部分缺失。请先取得完整副本，再下结论。',
    end: '文件不完整，末尾及其中内容缺失。请先取得完整副本，再下结论。',
  },
  unrecognisedFormat: '未能识别该文件的格式，因此没有读取其中任何内容。这不说明内容是如何制作的。',
  formatNotRead: (format, aside) => {
    switch (aside) {
      case 'holdsFiles':
        return `本版本不读取 ${format} 文件：该文件及其中可能包含的文件都没有查看，因此不知它们声明了什么。这不说明内容是如何制作的。`;
      case 'packed':
        return `本版本不解压 ${format} 文件，因此不知其中有什么。这不说明内容是如何制作的。`;
      case 'segment':
        return '这是流媒体的一个分段；请连同初始化文件一并提供，合为一个文件，初始化文件在前。单独的分段没有读取，因此不知其声明了什么。这不说明内容是如何制作的。';
      case 'credentials':
        return '这是一个内容凭证（C2PA）文件，与其所描述的文件分开存放。请与那个文件一并提供：命令行中用 --sidecar，网页上则一并添加。单独的凭证文件没有读取。';
      case 'metadata':
        return '这是一个元数据（XMP）文件，与其所描述的文件分开存放。本版本不读取此类文件，因此不知其声明了什么。这不说明那个文件是如何制作的。';
      default:
        return `本版本不读取 ${format} 文件，因此不知该文件声明了什么。这不说明内容是如何制作的。`;
    }
  },
  nothing: (credentials, format) => {
    if (credentials === 'looked-for') return `未发现内容凭证、人工智能标识或生成工具痕迹。${REST}`;
    return `未发现人工智能标识或生成工具痕迹。${format} 文件没有存放内容凭证的标准位置。${REST}`;
  },
  nothingElse: (rest, kind) =>
    `在${rest === 'itself' ? `${MEDIA[kind]}本身` : '已读取的部分'}中，未发现人工智能标识或生成工具痕迹。这不说明内容是如何制作的。`,
  furtherAssets: (reason) => speechOf('zh-Hans').say(reason),
  unreadParts: (those, more) => {
    const named = those.map(bare).join('、');
    const all = more === 0 ? named : spaced(`${named} 等 ${those.length + more} 处`);
    return `文件的部分内容无法读取（${all}），其中若有标识则会被遗漏。`;
  },
  lateParts: (those, more) => {
    const named = those.map(bare).join('、');
    const all = more === 0 ? named : spaced(`${named} 等 ${those.length + more} 处`);
    return `检查超时，文件的部分内容未及读取（${all}），其中若有标识则会被遗漏；请重试。`;
  },
  exclude: (statement) => `文件中的两处声明互相矛盾：${statement}`,
  credentials: credentialSentences,
  labels: {
    sourceTypes: (labels) => {
      const said = labels.map(({ term, written }) =>
        term === 'unrecognised'
          ? `写有${quoted(written ?? '')}，不是词表中的术语`
          : `称其${termWords(term)}（${term}${written === undefined ? '' : `，原文写作${quoted(written)}`}）`,
      );
      return `其 XMP 标识（IPTC digitalSourceType）${[...new Set(said)].join('，并')}。`;
    },
    gbShell: '文件带有人工智能生成合成内容隐式标识（GB 45438-2025）的键名，但未能从中读取任何字段。',
    gb: (readings, producer) => {
      const said = readings.map((one) =>
        typeof one === 'string' ? GB_READINGS[one] : `写有标准之外的值${quoted(one.odd)}`,
      );
      const says = said.length > 0 ? said.join('，并') : '未写明是否属于生成合成';
      const names =
        producer === undefined
          ? ''
          : `，${PROVIDER_CODE.test(producer) ? '生产者编码' : '生产者'}${quoted(producer)}`;
      return `文件带有人工智能生成合成内容隐式标识（GB 45438-2025），${says}${names}。`;
    },
    credits: (lines) => `其署名行（IPTC）写有${listed(lines.map(quoted))}。`,
    marked: (by, tool, observed) => {
      const whose = tool === undefined ? '某平台' : toolName(tool);
      const who = { creator: '发布者标明', platform: '平台标明', unknown: '' }[by];
      const note = observed ? `（${OBSERVED}）` : '';
      return spaced(`文件带有 ${whose} 的标识，用于${who}由人工智能制作的内容${note}。`);
    },
    systems: (names) => `其元数据（IPTC）写明使用了人工智能系统${listed(names.map(quoted))}。`,
  },
  traces,
  contradictions,
  caveats: {
    unsigned: (count) =>
      count === 1 ? '该标识未经签名，任何人都可写入或删除。' : '这些标识未经签名，任何人都可写入或删除。',
    ownSignature: () => '标识中的签名与其字段相符，但密钥也在标识之中：任何人都可制作或删除这样的标识。',
    ownSignatureBroken: () => '标识中的签名与其字段不符：任何人都可写入或删除这样的标识。',
    ownSignatureUnchecked: () => '标识中的签名无法核查：任何人都可写入或删除这样的标识。',
    text: () => '此类文字可被复制到任何文件。',
    mark: () => '此类标记可被复制到任何文件。',
    watermark: () => '任何人都可在图片中加入这样的水印。',
  },
};
