import { EDITOR, PLATFORM, PLATFORM_HINT } from './families.js';
import type { SignalRow } from './row.js';

/** Traces of editors and platforms. */
export const EDITOR_SIGNALS = {
  'editor.photoshop': EDITOR,
  'editor.cameraRaw': EDITOR,
  'editor.gimp': EDITOR,
  'editor.software': EDITOR,
  'editor.hint.software': EDITOR,
  'editor.history': EDITOR,
  'editor.documentAncestors': EDITOR,
  'editor.derivedFrom': EDITOR,
  'editor.premiere': EDITOR,
  'editor.capcut': EDITOR,
  'editor.screenshot': { ...EDITOR, explainsMissing: 'screenshot' },
  'editor.ffmpeg': { ...EDITOR, explainsMissing: 'ffmpeg' },
  'editor.x264': { ...EDITOR, explainsMissing: 'ffmpeg' },
  'platform.tiktok': { ...PLATFORM, explainsMissing: 'tiktok' },
  'platform.bytedance': { ...PLATFORM, explainsMissing: 'tiktok' },
  'platform.youtube': { ...PLATFORM, explainsMissing: 'youtube' },
  'platform.x': { ...PLATFORM, explainsMissing: 'x' },
  'platform.facebook': { ...PLATFORM, explainsMissing: 'facebook' },
  'platform.hint.facebook': { ...PLATFORM_HINT, explainsMissing: 'facebook' },
  'platform.hint.whatsapp': { ...PLATFORM_HINT, explainsMissing: 'whatsapp' },
  'platform.hint.telegram': { ...PLATFORM_HINT, explainsMissing: 'telegram' },
  'platform.hint.x': { ...PLATFORM_HINT, explainsMissing: 'x' },
  'platform.hint.wechat': { ...PLATFORM_HINT, explainsMissing: 'wechat' },
  'platform.hint.snapchat': { ...PLATFORM_HINT, explainsMissing: 'snapchat' },
} as const satisfies Record<string, SignalRow>;
