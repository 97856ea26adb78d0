import { VIDEO_AUDIO_ROWS } from '../signatures/video-audio.js';
import { defineDetector } from './detector.js';
import { matchRows, raisedBy } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** Rows of signatures/video-audio.ts: generators of video and music, and the AI labels of video platforms. */
export const videoAudioTraces = defineDetector({
  id: 'video-audio-traces',
  needs: TEXT_CARRIERS,
  raises: raisedBy(VIDEO_AUDIO_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(VIDEO_AUDIO_ROWS, textsOf(evidence, asset), TRACE_SHAPES, { stopped }),
});
