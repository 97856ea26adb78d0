/**
 * What generators of video and music leave behind, and the labels that video platforms write. Part of the closed
 * list of signals.ts.
 */
export const VIDEO_AUDIO_SIGNALS = {
  'generator.kling': 'A mark or producer code that others have observed in videos from Kling.',
  'generator.suno': 'A comment or link that others have observed in music from Suno.',
  'generator.suno.download': 'Fields that third-party download tools for Suno write.',
  'platform.tiktok.aiLabel.creator':
    'A TikTok or Douyin label (aigc_label_type 1): observed where the creator labelled the content as AI-generated.',
  'platform.tiktok.aiLabel.platform':
    'A TikTok or Douyin label (aigc_label_type 2): observed where the platform labelled the content as AI-generated.',
} as const satisfies Record<string, string>;
