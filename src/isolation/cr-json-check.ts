import type { CrJsonAnswer } from '../core/analysis/cr-json.js';
import { asCount, asRecord, jsonRecordIn, member } from '../core/ground/json-shape.js';
import { jsonValues, nesting } from '../core/ground/json-text.js';
import { limits } from '../core/ground/limits.js';
import { checkedFault } from './fault-check.js';

/** Whoever reads it does so by recursion, most likely; what a manifest holds lies far less deep. */
const MOST_DEPTH = 256;

/** The process has read hostile bytes: its word counts where it has the shape of an answer, and the text that of crJSON. */
export function checkedCrJson(value: unknown): CrJsonAnswer | undefined {
  const answer = asRecord(value) ?? {};
  const crJson = member(answer, 'crJson');
  const masked = asCount(member(answer, 'masked'));
  if (typeof crJson === 'string' && masked !== undefined && isCrJson(crJson)) return { crJson, masked };
  const fault = checkedFault(member(answer, 'fault'));
  return fault && { fault };
}

function isCrJson(text: string): boolean {
  // Before it is parsed, and not by a pattern: that would try each quotation mark of a text that does not end as a beginning.
  if (text.length > limits.crJsonCharacters || jsonValues(text) > limits.answerValues) return false;
  if (nesting(text) > MOST_DEPTH) return false;
  return Array.isArray(jsonRecordIn(text)?.['manifests']);
}
