import { CREDIT_LINES } from '../signatures/credit-lines.js';
import { defineDetector } from './detector.js';
import { listRaisedSignals, matchRows, type Shapes } from './match-rows.js';
import { collectTexts, TEXT_CARRIERS } from './texts.js';

/** The summary quotes the line; without a value the file would appear to have no label. */
const SHAPES: Shapes = { line: (value) => ({ value }) };

/** Detects credit lines that a few makers write into files their AI tools make or edit. Anyone can write them. */
export const iptcCredit = defineDetector({
  id: 'iptc-credit',
  needs: TEXT_CARRIERS,
  raises: listRaisedSignals(CREDIT_LINES),
  detect(evidence, asset) {
    return matchRows(CREDIT_LINES, collectTexts(evidence, asset), SHAPES);
  },
});
