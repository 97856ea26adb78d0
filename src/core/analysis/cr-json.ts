import { bareFault, faulty, type ReadFault } from '../ground/fault.js';
import { escapeJson } from '../ground/json-line.js';
import { jsonValues } from '../ground/json-text.js';
import { limits } from '../ground/limits.js';
import { maskCrJson } from '../mask/masking-cr-json.js';
import type { Asset } from '../media/asset.js';
import { ask } from '../readers/c2pa/ask.js';
import { sdkFormat } from '../readers/c2pa/formats.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';

/** The manifest store of a file in crJSON, or why there is none to give. */
export type CrJsonAnswer =
  | {
      crJson: string;
      /** How many values were masked in it. */
      masked: number;
    }
  | { fault: ReadFault };

/** Only the WASM engine writes crJSON; it is handed on in the engine's own words, but for personal data, and says nothing of trust lists. */
export async function crJsonOf(
  asset: Asset,
  onStep: AnalyzeOptions['onStep'],
  reveal: AnalyzeOptions['reveal'] = [],
): Promise<CrJsonAnswer> {
  const format = sdkFormat(asset.mediaType.mime);
  const notRead = faulty('carrier.notRead', { what: 'credentials', format: asset.mediaType.format });
  if (format === undefined) return notRead;
  const answer = await ask('wasm', onStep ? { onStep } : {}, async (engine) =>
    engine.readCrJson
      ? engine.readCrJson(await asset.source(), format)
      : { status: 'unsupported', ...notRead.fault },
  );
  if ('fault' in answer) return answer;
  const { read } = answer;
  if (read.status === 'absent') return ABSENT;
  if (read.status !== 'found') return { fault: bareFault(read) };
  if (read.value.length > limits.crJsonCharacters) return TOO_LARGE;
  if (jsonValues(read.value) > limits.answerValues) return TOO_MANY;
  const masked = maskCrJson(read.value, reveal);
  if (!('crJson' in masked)) return masked;
  const crJson = escapeJson(masked.crJson);
  return crJson.length > limits.crJsonCharacters ? TOO_LARGE : { ...masked, crJson };
}

const ABSENT = faulty('c2pa.absent');
const TOO_LARGE = faulty('bound.crJson', { most: limits.crJsonCharacters });
const TOO_MANY = faulty('bound.crJsonValues', { most: limits.answerValues });
