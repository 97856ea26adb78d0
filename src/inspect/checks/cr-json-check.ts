import { asCount, asRecord, ownMember, parseJsonRecord } from '../../base/json-shape.js';
import { countJsonValues, nestingDepth } from '../../base/json-text.js';
import { limits } from '../../base/limits.js';
import type { CrJsonResult } from '../../core/pipeline/cr-json.js';
import { parseFault } from './fault-check.js';

/** Limits nesting because readers of the text probably recurse; the content of a manifest is far less deep. */
const MAX_DEPTH = 256;

/** Returns the output if it has the shape of an answer and its text that of crJSON; the process has read hostile bytes. */
export function parseCrJsonAnswer(value: unknown): CrJsonResult | undefined {
  const answer = asRecord(value) ?? {};
  const crJson = ownMember(answer, 'crJson');
  const masked = asCount(ownMember(answer, 'masked'));
  if (typeof crJson === 'string' && masked !== undefined && isCrJson(crJson)) return { crJson, masked };
  const fault = parseFault(ownMember(answer, 'fault'));
  return fault && { fault };
}

function isCrJson(text: string): boolean {
  // Checked before parsing and without a regular expression, which would try every quotation mark of an unterminated
  // text as a start.
  if (text.length > limits.crJsonCharacters || countJsonValues(text) > limits.answerValues) return false;
  if (nestingDepth(text) > MAX_DEPTH) return false;
  return Array.isArray(parseJsonRecord(text)?.['manifests']);
}
