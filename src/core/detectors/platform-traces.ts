import { PLATFORM_ROWS } from '../signatures/platforms.js';
import { defineDetector } from './detector.js';
import { listRaisedSignals, matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { collectTexts, TEXT_CARRIERS } from './texts.js';

/** Matches the rows of signatures/platforms.ts: traces that platforms leave when they rewrite a file. */
export const platformTraces = defineDetector({
  id: 'platform-traces',
  needs: TEXT_CARRIERS,
  raises: listRaisedSignals(PLATFORM_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(PLATFORM_ROWS, collectTexts(evidence, asset), TRACE_SHAPES, { stopped }),
});
