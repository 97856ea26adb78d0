import type { PlainMessageId } from '../../i18n/message.js';
import type { SignatureRow } from './row.js';

/**
 * Tools whose names contain translatable words, by the name in the tables. Other names are written alike in every
 * language.
 */
export const TOOL_NAMES: Readonly<Record<SignatureRow['tool'], PlainMessageId>> = {
  'Adobe Lightroom or Camera Raw': 'term.tool.adobeLightroomOrCameraRaw',
  'Adobe Photoshop, Save for Web': 'term.tool.adobePhotoshopSaveForWeb',
  'Adobe Premiere Pro or Media Encoder': 'term.tool.adobePremiereProOrMediaEncoder',
  'Alibaba Wan': 'term.tool.alibabaWan',
  'Android camera': 'term.tool.androidCamera',
  'Apple Photos (Clean Up)': 'term.tool.applePhotosCleanUp',
  'Apple Voice Memos': 'term.tool.appleVoiceMemos',
  'Apple camera': 'term.tool.appleCamera',
  'Apple screenshot': 'term.tool.appleScreenshot',
  ByteDance: 'term.tool.byteDance',
  'ByteDance Doubao': 'term.tool.byteDanceDoubao',
  'ByteDance Dreamina': 'term.tool.byteDanceDreamina',
  'ByteDance Xinghui': 'term.tool.byteDanceXinghui',
  'ByteDance apps': 'term.tool.byteDanceApps',
  'CapCut or Jianying': 'term.tool.capCutOrJianying',
  'FLUX demo of Black Forest Labs': 'term.tool.fluxDemoOfBlackForestLabs',
  'FLUX reference scripts (Black Forest Labs)': 'term.tool.fluxReferenceScriptsBlackForestLabs',
  'Facebook or Instagram': 'term.tool.facebookOrInstagram',
  'Facebook or Messenger': 'term.tool.facebookOrMessenger',
  'Google Photos, Gemini': 'term.tool.googlePhotosGemini',
  'Google camera format': 'term.tool.googleCameraFormat',
  'Hugging Face Space (SDXL)': 'term.tool.huggingFaceSpaceSDXL',
  'Hugging Face or Higgsfield': 'term.tool.huggingFaceOrHiggsfield',
  Kling: 'term.tool.kling',
  'Samsung Galaxy AI': 'term.tool.samsungGalaxyAI',
  'Stable Diffusion 1 reference scripts (CompVis)': 'term.tool.stableDiffusion1ReferenceScriptsCompVis',
  'Stable Diffusion 2 reference scripts (Stability AI)':
    'term.tool.stableDiffusion2ReferenceScriptsStabilityAI',
  'Stable Diffusion XL reference pipelines (Stability AI, diffusers)':
    'term.tool.stableDiffusionXLReferencePipelinesStabilityAIDiffusers',
  'Stable Diffusion web UI (AUTOMATIC1111, Forge or reForge)':
    'term.tool.stableDiffusionWebUIAUTOMATIC1111ForgeOrReForge',
  'Suno download tools': 'term.tool.sunoDownloadTools',
  Tencent: 'term.tool.tencent',
  'Tencent Cloud': 'term.tool.tencentCloud',
  'TikTok or Douyin': 'term.tool.tikTokOrDouyin',
  WeChat: 'term.tool.weChat',
  'field recorder': 'term.tool.fieldRecorder',
  'picture editors that are said to name themselves': 'term.tool.pictureEditorsThatAreSaidToNameThemselves',
  'picture editors that name themselves': 'term.tool.pictureEditorsThatNameThemselves',
  'scanning program': 'term.tool.scanningProgram',
  screenshot: 'term.tool.screenshot',
};

/** Rows that stand for several tools with the same traces. */
export const MULTI_TOOL_ROWS: ReadonlySet<SignatureRow['tool']> = new Set([
  'Adobe Lightroom or Camera Raw',
  'Adobe Photoshop, Save for Web',
  'Adobe Premiere Pro or Media Encoder',
  'CapCut or Jianying',
  'Facebook or Instagram',
  'Facebook or Messenger',
  'Google Photos, Gemini',
  'Hugging Face or Higgsfield',
  'TikTok or Douyin',
]);
