import type { Kind } from '../../media-types.js';
import { quoted } from '../../quoted.js';
import type { GraphSentences, Setting, TraceSentences } from '../sentence.js';
import { listed } from './numbers.js';
import { spaced, toolName } from './tools.js';

/** Chinese for generators' traces, proofs over pixels and watermarks that were read in them. */

export const MEDIA = {
  image: '图片',
  video: '视频',
  audio: '音频',
  document: '文档',
  other: '文件',
} as const satisfies Record<Kind, string>;

const SETTINGS = { model: '模型', seed: '种子', prompt: '提示词' } as const satisfies Record<Setting, string>;

export const OBSERVED = '由他人观察所得；我们没有样本';

const named = (names: readonly string[]) => listed(names.map(toolName));

const graph: GraphSentences = {
  service({ kind, fromPicture, paintedOver }, services) {
    const from = fromPicture ? '以一张原图为起点，' : '';
    const over = paintedOver ? '参数显示，原图的部分区域被重绘。' : '';
    return spaced(
      `文件中的 ComfyUI 节点图${from}调用 ${named(services)} 的人工智能服务生成${MEDIA[kind]}。${over}`,
    );
  },
  noStep: (kind) => `文件中含有 ComfyUI 工作流，其中没有生成${MEDIA[kind]}的步骤。`,
  unknownNode: (kind, node) =>
    `文件中的 ComfyUI 节点图用到我们未收录的节点${quoted(node)}，因此无法从中判断${MEDIA[kind]}是否由人工智能生成。`,
  elsewhere: (kind, node) =>
    `文件中的 ComfyUI 节点图有生成${MEDIA[kind]}的步骤（${quoted(node)}），但不在通往保存结果的路径上，因此无法从中判断此${MEDIA[kind]}是否由人工智能生成。`,
  notFollowed: (kind) =>
    `文件中的 ComfyUI 节点图未能追溯到底，因此无法从中判断${MEDIA[kind]}是否由人工智能生成。`,
  onlyDrawn: (kind) =>
    kind === 'image'
      ? '文件中含有 ComfyUI 编辑器的工作流，没有运行记录；带有这种工作流的图片，也常常只是编辑器界面的截图。'
      : `文件中含有 ComfyUI 编辑器的工作流，没有运行记录，因此无法从中得知${MEDIA[kind]}是如何制作的。`,
  scaled: (kind) =>
    `文件中的 ComfyUI 节点图用模型放大了载入的${MEDIA[kind]}，未说明原${MEDIA[kind]}是如何制作的。`,
};

export const traces: TraceSentences = {
  proofHolds: 'NovelAI 对像素所做的签名成立：NovelAI 签署的正是这些像素。',
  proofBroken: '文件带有 NovelAI 对像素所做的签名，但与这些像素和参数不符。',
  unnamedTool: '某个图像或声音生成工具',
  tool({ names, kind, generated, settings, fromPicture, paintedOver }) {
    const tool = named(names);
    const made = `${generated ? '其生成' : '其以人工智能编辑的'}${MEDIA[kind]}`;
    const list =
      settings !== undefined && settings.length > 0
        ? `（${settings.map((one) => SETTINGS[one]).join('、')}）`
        : '';
    const what =
      settings === undefined ? `${tool} 会在${made}中留下的标记` : `${tool} 写入${made}的参数${list}`;
    const from = fromPicture ? '，并以一张原图为起点' : '';
    const over = paintedOver ? '参数显示，原图的部分区域被重绘。' : '';
    return spaced(`文件中含有 ${what}${from}。${over}`);
  },
  observed({ names, kind, generated }) {
    const tool = named(names);
    const made = generated ? `来自 ${tool} 的${MEDIA[kind]}` : `在 ${tool} 中经人工智能编辑的${MEDIA[kind]}`;
    return spaced(`文件中含有一种见于${made}的标记（${OBSERVED}）。`);
  },
  onlyClaimed: (names) => spaced(`文件中有 ${named(names)} 的迹象，仅为他人所称，不作为判断依据。`),
  graph,
  undecided: (names) => spaced(`文件中含有 ${named(names)} 的痕迹，但不能说明整体是如何制作的。`),
  watermark: (tool) =>
    spaced(`像素中带有已知来自 ${tool === undefined ? '某个图像生成工具' : toolName(tool)} 的水印图样。`),
};
