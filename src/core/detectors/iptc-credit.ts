import { CREDIT_LINES } from '../signatures/credit-lines.js';
import { defineDetector } from './detector.js';
import { matchRows, raisedBy, type Shapes } from './match-rows.js';
import { TEXT_CARRIERS, textsOf } from './texts.js';

/** The summary quotes the line: without its value the file would seem to hold no label. */
const SHAPES: Shapes = { line: (value) => ({ value }) };

/** Credit lines that a few makers write into what their AI tools make or edit. Anyone can write them. */
export const iptcCredit = defineDetector({
  id: 'iptc-credit',
  needs: TEXT_CARRIERS,
  raises: raisedBy(CREDIT_LINES),
  detect(evidence, asset) {
    return matchRows(CREDIT_LINES, textsOf(evidence, asset), SHAPES);
  },
});
