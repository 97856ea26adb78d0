import { defineDetector } from '../detector.js';
import { VIDEO_AUDIO_ROWS } from '../signatures/video-audio.js';
import { matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** Somebody's statement about the content, and not what a tool leaves behind without saying anything. */
const LABELS: ReadonlySet<string> = new Set([
  'platform.tiktok.aiLabel.creator',
  'platform.tiktok.aiLabel.platform',
]);

/** Rows of signatures/video-audio.ts: generators of video and music, and the AI labels of video platforms. */
export const videoAudioTraces = defineDetector({
  id: 'video-audio-traces',
  needs: TEXT_CARRIERS,
  raises: [
    'generator.kling',
    'generator.dreamina',
    'generator.suno',
    'generator.suno.download',
    'platform.tiktok.aiLabel.creator',
    'platform.tiktok.aiLabel.platform',
  ],
  detect(evidence, asset, stopped) {
    return matchRows(VIDEO_AUDIO_ROWS, textsOf(evidence, asset), TRACE_SHAPES, { stopped }).map((signal) =>
      LABELS.has(signal.id) ? { ...signal, backing: 'unsigned' } : signal,
    );
  },
});
