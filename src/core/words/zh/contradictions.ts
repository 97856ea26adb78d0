import type { ContradictionSentences, Speaker } from '../sentence.js';
import { spaced, toolName } from './tools.js';

/** What is said of two statements that do not go together, Chinese: whose each is, and what each says. */
export const contradictions: ContradictionSentences = {
  captureAndGeneration: (capture, generation) =>
    `${speaker(capture)}称其为拍摄或录制，${speaker(generation)}称其由人工智能制作。`,
  gbCopies: (fields) =>
    fields.length === 0
      ? '文件中的两份生成合成内容隐式标识（GB 45438）内容不一致。'
      : `文件中的两份生成合成内容隐式标识（GB 45438）在以下字段不一致：${fields.join('、')}。`,
  iptcCopies: (one, other) =>
    `IPTC digitalSourceType 标识在文件中不止一处，且内容不一致：${one} 和 ${other}。`,
  silentManifest: (label) =>
    `${speaker(label)}称使用了人工智能；与文件相符的内容凭证列出了所做的操作，但未提及人工智能。若标识在凭证签发之前已有，两者可以并存。`,
  conformance: '内容凭证声明了签发者的产品在符合性产品清单中不得声明的内容。',
};

const SPEAKERS = {
  manifest: '内容凭证中的一份清单',
  'iptc-credit': '署名行（IPTC）',
  iptc: 'XMP 标识（IPTC digitalSourceType）',
  gb45438: '生成合成内容隐式标识（GB 45438）',
  exif: '相机数据（EXIF）',
  camera: '相机数据',
  recorder: '录音设备数据',
  watermark: '像素中的水印',
  proof: '对像素的签名',
} as const satisfies Record<Extract<Speaker, string>, string>;

function speaker(one: Speaker): string {
  if (typeof one === 'string') return SPEAKERS[one];
  if ('label' in one)
    return one.label ? spaced(`${toolName(one.label)} 的人工智能标识`) : '平台的人工智能标识';
  return one.trace === undefined ? '生成工具的参数' : spaced(`${toolName(one.trace)} 的痕迹`);
}
