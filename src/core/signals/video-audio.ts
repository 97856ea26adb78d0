import { GENERATOR, PLATFORM_LABEL } from './families.js';
import type { SignalRow } from './row.js';

/** Traces of video and music generators, and labels written by video platforms. */
export const VIDEO_AUDIO_SIGNALS = {
  'generator.kling': GENERATOR,
  'generator.suno': GENERATOR,
  'generator.suno.download': GENERATOR,
  'platform.tiktok.aiLabel.creator': { ...PLATFORM_LABEL, setBy: 'creator' },
  'platform.tiktok.aiLabel.platform': { ...PLATFORM_LABEL, setBy: 'platform' },
} as const satisfies Record<string, SignalRow>;
