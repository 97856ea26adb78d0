import type { UncheckedText } from '../../signatures/not-checked.js';

/** Chinese for what a report cannot tell, keyed by the row's own English. Names stay as their makers write them. */
export const notChecked: Readonly<Record<UncheckedText, string>> = {
  'Watermarks of the Stable Diffusion and FLUX reference pipelines':
    'Stable Diffusion 和 FLUX 参考流程的水印',
  'They stand in the pixels, which are decoded only when that is asked for.':
    '它们在像素之中；只有要求时才解码像素。',
  'Inspect again with “--deep”, or with the box “Look at the pixels too”':
    '用“--deep”或勾选“同时查看像素”再次检查',
  'The Content Credentials state that this watermark is in the content. It was not looked for: reading it needs its maker’s detector.':
    '内容凭证声明内容中含有此水印。本次未查找：读取它需要制作方的检测工具。',
  Revocation: '吊销情况',
  'No answer that covers the time is attached, and none was fetched: whether the signer’s certificate was revoked is not known.':
    '没有附带涵盖该时间的应答，也未获取：不知签发者的证书是否被吊销。',
  'Trust lists': '信任列表',
  'The signer was not matched against trust lists.': '未对照信任列表核查签发者。',
  'Install lists with “assay trust update” or “assay trust import”':
    '用“assay trust update”或“assay trust import”安装列表',
  'Remote Content Credentials': '存放在别处的内容凭证',
  'The address in the file was not fetched.': '未获取文件中的地址。',
  'Fetch it yourself if you trust the address': '若您信任该地址，可自行获取',
  'SynthID watermark (Google; OpenAI since May 2026)': 'SynthID 水印（Google；OpenAI 自 2026 年 5 月起）',
  'Only the maker’s own detector can read it.': '只有制作方自己的检测工具能读取。',
  'Google (Gemini app, SynthID Detector) and, for OpenAI content, OpenAI':
    'Google（Gemini 应用、SynthID Detector）；OpenAI 的内容可询问 OpenAI',
  'TrustMark watermark (Adobe Content Authenticity)': 'TrustMark 水印（Adobe Content Authenticity）',
  'Reading it needs a model that is not part of Assay, and what it stands for is looked up at its maker. It leads to Content Credentials and says nothing of AI by itself.':
    '读取它需要 Assay 所没有的模型，其含义须向制作方查询。它指向内容凭证，本身不说明是否使用人工智能。',
  'Adobe (Inspect, “search for possible matches”)': 'Adobe（Inspect，“search for possible matches”）',
  'Content Seal, Stable Signature (Meta)': 'Content Seal、Stable Signature（Meta）',
  'Only their makers’ detectors, or models that are not part of Assay, can read them.':
    '只有各制作方的检测工具，或 Assay 所没有的模型，能读取它们。',
  'VideoSeal, PixelSeal, Watermark Anything': 'VideoSeal、PixelSeal、Watermark Anything',
  rivaGan: 'rivaGan',
  'AudioSeal, PerTh, WavMark': 'AudioSeal、PerTh、WavMark',
  'Digimarc, IMATAG, Microsoft InvisMark': 'Digimarc、IMATAG、微软 InvisMark',
  'NexGuard (NAGRA), Verimatrix, Teletrax (Kinetiq)': 'NexGuard（NAGRA）、Verimatrix、Teletrax（Kinetiq）',
  'Visible and audible marks': '可见和可听的标识（显式标识）',
  'Assay reads what a file states in its data, not what its picture shows or its sound says.':
    'Assay 读取文件在数据中的声明，不读取画面所示或声音所述。',
};
