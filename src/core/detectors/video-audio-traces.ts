import { VIDEO_AUDIO_ROWS } from '../signatures/video-audio.js';
import { defineDetector } from './detector.js';
import { listRaisedSignals, matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { collectTexts, TEXT_CARRIERS } from './texts.js';

/** Matches the rows of signatures/video-audio.ts: generators of video and music, and the AI labels of video platforms. */
export const videoAudioTraces = defineDetector({
  id: 'video-audio-traces',
  needs: TEXT_CARRIERS,
  raises: listRaisedSignals(VIDEO_AUDIO_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(VIDEO_AUDIO_ROWS, collectTexts(evidence, asset), TRACE_SHAPES, { stopped }),
});
