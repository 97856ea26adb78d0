import { EDITOR_ROWS } from '../signatures/editors.js';
import { defineDetector } from './detector.js';
import { listRaisedSignals, matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { collectTexts, TEXT_CARRIERS } from './texts.js';

/** Matches the rows of signatures/editors.ts: ordinary editors and encoders. */
export const editorTraces = defineDetector({
  id: 'editor-traces',
  needs: TEXT_CARRIERS,
  raises: listRaisedSignals(EDITOR_ROWS),
  detect: (evidence, asset, stopped) =>
    matchRows(EDITOR_ROWS, collectTexts(evidence, asset), TRACE_SHAPES, { stopped }),
});
