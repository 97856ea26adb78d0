import { EDITOR_ROWS } from '../signatures/editors.js';
import { defineDetector } from './detector.js';
import { matchRows, raisedBy } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** Rows of signatures/editors.ts: ordinary editors and encoders. */
export const editorTraces = defineDetector({
  id: 'editor-traces',
  needs: TEXT_CARRIERS,
  raises: raisedBy(EDITOR_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(EDITOR_ROWS, textsOf(evidence, asset), TRACE_SHAPES, { stopped }),
});
