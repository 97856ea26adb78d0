import type { SignatureRow } from '../../signatures/row.js';

/** Names stay as their makers write them; only the English between and around them is said in Chinese. */
const NAMES: Readonly<Record<SignatureRow['tool'], string>> = {
  'Stable Diffusion web UI (AUTOMATIC1111, Forge, reForge or SD.Next)':
    'Stable Diffusion web UI（AUTOMATIC1111、Forge、reForge 或 SD.Next）',
  'Hugging Face Space (SDXL)': 'Hugging Face Space（SDXL）',
  'Adobe Lightroom or Camera Raw': 'Adobe Lightroom 或 Camera Raw',
  'Adobe Photoshop, Save for Web': 'Adobe Photoshop（存储为 Web 格式）',
  'Adobe Premiere Pro or Media Encoder': 'Adobe Premiere Pro 或 Media Encoder',
  'Alibaba Wan': '阿里巴巴万相（Wan）',
  'Android camera': 'Android 相机',
  'Apple camera': 'Apple 相机',
  'Apple Photos (Clean Up)': 'Apple 照片（清理）',
  'Apple Voice Memos': 'Apple 语音备忘录',
  ByteDance: '字节跳动',
  'ByteDance apps': '字节跳动应用',
  'ByteDance Doubao, Xinghui or Dreamina': '字节跳动的豆包、星绘或即梦',
  'ByteDance Dreamina': '字节跳动即梦（Dreamina）',
  'CapCut or Jianying': '剪映（CapCut）',
  Dreamina: '即梦（Dreamina）',
  'Facebook or Instagram': 'Facebook 或 Instagram',
  'Facebook or Messenger': 'Facebook 或 Messenger',
  'FLUX demo of Black Forest Labs': 'Black Forest Labs 的 FLUX 演示程序',
  'FLUX reference scripts (Black Forest Labs)': 'FLUX 参考脚本（Black Forest Labs）',
  'Google camera format': 'Google 相机格式',
  'Google Photos, Gemini': 'Google 相册、Gemini',
  'Hugging Face or Higgsfield': 'Hugging Face 或 Higgsfield',
  Kling: '可灵（Kling）',
  'Samsung Galaxy AI': '三星 Galaxy AI',
  'Stable Diffusion 1 reference scripts (CompVis)': 'Stable Diffusion 1 参考脚本（CompVis）',
  'Stable Diffusion 2 reference scripts (Stability AI)': 'Stable Diffusion 2 参考脚本（Stability AI）',
  'Stable Diffusion XL reference pipelines (Stability AI, diffusers)':
    'Stable Diffusion XL 参考流程（Stability AI、diffusers）',
  'Suno download tools': 'Suno 下载工具',
  Tencent: '腾讯',
  'Tencent Cloud': '腾讯云',
  'TikTok or Douyin': 'TikTok 或抖音',
  WeChat: '微信',
  'field recorder': '录音机',
  'picture editors that are said to name themselves': '据称会写下自身名称的图像编辑软件',
  'picture editors that name themselves': '会写下自身名称的图像编辑软件',
  'scanning program': '扫描程序',
  screenshot: '截屏',
};

export function toolName(tool: string): string {
  return Object.hasOwn(NAMES, tool) ? (NAMES[tool] ?? tool) : tool;
}

/**
 * One space between Chinese and Latin text and none elsewhere beside Chinese. Only for sentences of our own: names
 * from a file are not touched.
 */
export function spaced(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}）”])\s+(?=[\p{Script=Han}（“])/gu, '')
    .replace(/(?<=[（“，。：；、])\s+|\s+(?=[（“），。：；、])/gu, '')
    .replace(/(?<=\p{Script=Han})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9.])(?=\p{Script=Han})/gu, ' ');
}
