import type { CrJsonAnswer } from '../core/analysis/cr-json.js';
import { asCount, asRecord, jsonRecordIn, member } from '../core/ground/json-shape.js';
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
  if (text.length > limits.reportCharacters || !nestsWithin(text, MOST_DEPTH)) return false;
  return Array.isArray(jsonRecordIn(text)?.['manifests']);
}

/**
 * Looked at before it is parsed; of what stands in a text, brackets alone are no nesting. Character by character: a pattern would try
 * each quotation mark of a text that does not end as a beginning, and need more memory for a long one than V8 lets it have.
 */
function nestsWithin(json: string, most: number): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isText && character === '\\') at += 1;
    else if (character === '"') isText = !isText;
    else if (!isText && (character === '[' || character === '{')) depth += 1;
    else if (!isText && (character === ']' || character === '}')) depth -= 1;
    if (depth > most) return false;
  }
  return true;
}
