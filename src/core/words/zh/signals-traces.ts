import type { GENERATOR_SIGNALS } from '../../signals-generators.js';
import type { PIXEL_SIGNALS } from '../../signals-pixels.js';
import type { VIDEO_AUDIO_SIGNALS } from '../../signals-video-audio.js';

/** Chinese for what generators and tools that edit with AI leave behind. */
export const traceSignals = {
  'generator.a1111': 'Stable Diffusion web UI（AUTOMATIC1111、Forge 等）形式的参数。',
  'generator.comfyui': 'ComfyUI 提示图或工作流。',
  'generator.comfyui.sampler': 'ComfyUI 节点图中，通往输出的路径上有生成图片、视频或声音的节点。',
  'generator.comfyui.service':
    'ComfyUI 节点图中，通往输出的路径上有调用外部服务进行生成的节点；列出服务提供方。',
  'generator.comfyui.edit':
    'ComfyUI 节点图中，通往输出的路径上有以生成式模型修改图片的节点，但没有生成图片的节点。',
  'generator.comfyui.noStep': 'ComfyUI 节点图中，通往输出的节点均为已知，且都不生成图片。',
  'generator.comfyui.unknownNode':
    'ComfyUI 节点图中，通往输出的路径上有未收录的节点，因此无法从图中判断是否生成过图片。',
  'generator.comfyui.elsewhere': 'ComfyUI 节点图中有生成图片的节点，但不通往保存图片的输出。',
  'generator.comfyui.notFollowed': 'ComfyUI 节点图未能追溯到底。',
  'generator.comfyui.workflow':
    'ComfyUI 编辑器保存的工作流，没有运行记录；编辑器界面的截图也带有同样的内容。',
  'generator.invokeai': 'InvokeAI 形式的参数。',
  'generator.invokeai.graph': 'InvokeAI 的图或工作流；仅凭此不能说明生成过图片。',
  'generator.novelai': 'NovelAI 形式的名称或参数。',
  'generator.fooocus': 'Fooocus 形式的参数或名称。',
  'generator.ruinedFooocus': 'RuinedFooocus 形式的参数。',
  'generator.swarmui': 'SwarmUI（原 StableSwarmUI）形式的参数。',
  'generator.easyDiffusion': 'Easy Diffusion 形式的参数。',
  'generator.drawThings': 'Draw Things 形式的参数或名称。',
  'generator.stabilityMatrix': 'Stability Matrix 形式的参数或项目。',
  'generator.tensorArt': 'Tensor.art 形式的参数或图。',
  'generator.hfSpace': '运行 Stable Diffusion XL 的 Hugging Face Space 形式的参数。',
  'generator.civitai':
    'Civitai 形式的名称或资源列表。它也用于放大其他来源的图片，因此仅凭此不能说明图片在那里制作。',
  'generator.civitai.request': 'Civitai 记录形式的图片请求（提示词和种子）。',
  'generator.midjourney': 'Midjourney 形式的提示词和任务编号。',
  'generator.grok': 'xAI Grok 形式的签名文本和图片编号；该签名无法核查。',
  'generator.flux': 'Black Forest Labs 的 FLUX 演示程序形式的字段。',
  'generator.ideogram': '他人在 Ideogram 的文件中观察到的制作者名称。',
  'generator.luma': '他人在 Luma AI 的图片中观察到的名称。',
  'generator.reve': '他人在 Reve 的文件中观察到的名称。',
  'generator.aphrodite': '他人在 Aphrodite AI 的文件中观察到的名称。',
  'generator.dreamina':
    '他人在字节跳动即梦（Dreamina）生成的文件中观察到的导出数据，包括由剪映（CapCut）导出的文件。',
  'generator.byteDanceProduct':
    '写有字节跳动人工智能产品名称（豆包、星绘或即梦）的导出记录；仅凭产品名称不能说明图片是如何制作的。',
  'generator.tencentService': '一种较早形式的人工智能标识，写有腾讯云为服务提供者。',
  'generator.samsungGalaxyAi': '三星相册的记录称使用了生成式人工智能工具（genAIType）。',
  'generator.hostingJob': '他人在生成的图片中观察到的托管平台任务编号（hf-job-id）；未写明模型。',
  'generator.sourcePicture': '参数显示以一张图片为起点：img2img 改动整体，inpaint 改动蒙版之内。',
  'generator.upscaled': '参数显示图片经工具放大；未写明该图片从何而来。',
  'generator.kling': '他人在可灵（Kling）的视频中观察到的标记或生产者编码。',
  'generator.suno': '他人在 Suno 的音乐中观察到的注释或链接。',
  'generator.suno.download': '第三方 Suno 下载工具写入的字段。',
  'platform.tiktok.aiLabel.creator':
    'TikTok 或抖音的标识（aigc_label_type 1）：据观察用于发布者标明为人工智能生成的内容。',
  'platform.tiktok.aiLabel.platform':
    'TikTok 或抖音的标识（aigc_label_type 2）：据观察用于平台标明为人工智能生成的内容。',
  'watermark.stealthText': '像素的最低位中藏有文字（stealth pnginfo），有些图像生成工具把参数放在那里。',
  'generator.novelai.proof.holds': '对这些像素及其旁边参数的签名，用 NovelAI 公布的密钥核对成立。',
  'generator.novelai.proof.broken': '参数中含有 NovelAI 形式的签名，与这些像素和参数不符。',
  'watermark.pixels.sd1': '像素带有 Stable Diffusion 1 参考脚本加入其图片的水印。',
  'watermark.pixels.sd2': '像素带有 Stable Diffusion 2 参考脚本加入其图片的水印。',
  'watermark.pixels.sdxl': '像素带有 Stable Diffusion XL 参考流程加入其图片的水印。',
  'watermark.pixels.flux': '像素带有 FLUX 参考脚本加入其图片的水印。',
  'file.thumbnailDiffers': '内嵌缩略图与图片看上去不同。编辑软件常会留下旧的缩略图。',
} as const satisfies Record<
  keyof typeof GENERATOR_SIGNALS | keyof typeof VIDEO_AUDIO_SIGNALS | keyof typeof PIXEL_SIGNALS,
  string
>;
