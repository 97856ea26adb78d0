/** What editors and platforms leave behind. Part of the closed list of signals.ts. */
export const EDITOR_SIGNALS = {
  'editor.photoshop': 'A field names Adobe Photoshop, or a segment is in its form.',
  'editor.cameraRaw': 'Fields of Adobe Lightroom or Camera Raw.',
  'editor.gimp': 'A field names GIMP, or a comment is in its form.',
  'editor.software': 'A software field names a picture editor.',
  'editor.hint.software':
    'A software field names a picture editor that we have only heard to write it in this form.',
  'editor.history': 'XMP holds a history of saving and editing steps.',
  'editor.documentAncestors': 'XMP lists documents from which something was pasted into this one.',
  'editor.derivedFrom': 'XMP names a document that this one was derived from.',
  'editor.premiere': 'A field names Adobe Premiere Pro or Media Encoder.',
  'editor.capcut': 'Export data that others have observed in videos from CapCut or Jianying.',
  'editor.ffmpeg': 'A field names FFmpeg’s libraries, which most tools and platforms use.',
  'editor.x264': 'The video stream holds the mark of x264, an encoder that most tools and platforms use.',
  'platform.tiktok': 'Keys that TikTok or Douyin write into downloaded videos.',
  'platform.bytedance': 'Keys that others have observed in videos from ByteDance’s apps.',
  'platform.youtube': 'A track’s handler is named as YouTube names it.',
  'platform.x': 'A track’s handler is named as others have observed it in videos from X (Twitter).',
  'platform.facebook':
    'IPTC-IIM or XMP instructions in the form (FBMD) that others have observed in pictures from Facebook and Instagram.',
  'platform.hint.facebook': 'The file’s name has a form that Facebook or Messenger commonly give.',
  'platform.hint.whatsapp': 'The file’s name has a form that WhatsApp commonly gives.',
  'platform.hint.telegram': 'The file’s name has a form that Telegram commonly gives.',
  'platform.hint.x': 'Name and coding are as pictures saved from X (Twitter) commonly have them.',
  'platform.hint.wechat': 'The file’s name has a form that WeChat commonly gives.',
  'platform.hint.snapchat': 'The file’s name has a form that Snapchat commonly gives.',
} as const satisfies Record<string, string>;
