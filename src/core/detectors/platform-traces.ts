import { PLATFORM_ROWS } from '../signatures/platforms.js';
import { defineDetector } from './detector.js';
import { matchRows, raisedBy } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** Rows of signatures/platforms.ts: what platforms leave when they write a file anew. */
export const platformTraces = defineDetector({
  id: 'platform-traces',
  needs: TEXT_CARRIERS,
  raises: raisedBy(PLATFORM_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(PLATFORM_ROWS, textsOf(evidence, asset), TRACE_SHAPES, { stopped }),
});
