/** What the pixels themselves show: proofs and watermarks that need no network. Part of the closed list of signals.ts. */
export const PIXEL_SIGNALS = {
  'watermark.stealthText':
    'Text is hidden in the lowest bits of the pixels (stealth pnginfo), where some image generators put their settings.',
  'generator.novelai.proof.holds':
    'A signature over these exact pixels and the settings beside them holds with the key that NovelAI publishes.',
  'generator.novelai.proof.broken':
    'The settings hold a signature of the form NovelAI writes, and it does not match these pixels and settings.',
  'watermark.pixels.sd1':
    'The pixels carry the watermark that the reference scripts of Stable Diffusion 1 put into their pictures.',
  'watermark.pixels.sd2':
    'The pixels carry the watermark that the reference scripts of Stable Diffusion 2 put into their pictures.',
  'watermark.pixels.sdxl':
    'The pixels carry the watermark that the reference pipelines of Stable Diffusion XL put into their pictures.',
  'watermark.pixels.flux':
    'The pixels carry the watermark that the reference scripts of FLUX put into their pictures.',
  'file.thumbnailDiffers':
    'The stored thumbnail looks different from the picture. Editors often leave an old thumbnail behind.',
} as const satisfies Record<string, string>;
