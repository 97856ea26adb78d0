import { EDITOR, PLATFORM, PLATFORM_HINT } from './families.js';
import type { SignalRow } from './row.js';

/** What editors and platforms leave behind. */
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
  'editor.screenshot': { ...EDITOR, missing: 'screenshot' },
  'editor.ffmpeg': { ...EDITOR, missing: 'ffmpeg' },
  'editor.x264': { ...EDITOR, missing: 'ffmpeg' },
  'platform.tiktok': { ...PLATFORM, missing: 'tiktok' },
  'platform.bytedance': { ...PLATFORM, missing: 'tiktok' },
  'platform.youtube': { ...PLATFORM, missing: 'youtube' },
  'platform.x': { ...PLATFORM, missing: 'x' },
  'platform.facebook': { ...PLATFORM, missing: 'facebook' },
  'platform.hint.facebook': { ...PLATFORM_HINT, missing: 'facebook' },
  'platform.hint.whatsapp': { ...PLATFORM_HINT, missing: 'whatsapp' },
  'platform.hint.telegram': { ...PLATFORM_HINT, missing: 'telegram' },
  'platform.hint.x': { ...PLATFORM_HINT, missing: 'x' },
  'platform.hint.wechat': { ...PLATFORM_HINT, missing: 'wechat' },
  'platform.hint.snapchat': { ...PLATFORM_HINT, missing: 'snapchat' },
} as const satisfies Record<string, SignalRow>;
