import { faultResult, pickFault, type ReadFault } from '../../base/fault.js';
import { escapeJson } from '../../base/json-line.js';
import { countJsonValues } from '../../base/json-text.js';
import { limits } from '../../base/limits.js';
import { maskCrJson } from '../masking/mask-cr-json.js';
import type { Asset } from '../media/asset.js';
import { askEngine } from '../readers/c2pa/ask.js';
import { toSdkFormat } from '../readers/c2pa/formats.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';

/** The manifest store of a file as crJSON, or the reason why there is none. */
export type CrJsonResult =
  | {
      crJson: string;
      /** Number of masked values. */
      masked: number;
    }
  | { fault: ReadFault };

/**
 * Returns the manifest store as crJSON. Only the WASM engine writes it; apart from masking, the text is the engine's
 * own and says nothing about trust lists.
 */
export async function readCrJson(
  asset: Asset,
  onStep: AnalyzeOptions['onStep'],
  reveal: AnalyzeOptions['reveal'] = [],
): Promise<CrJsonResult> {
  const format = toSdkFormat(asset.mediaType.mime);
  const unreadFault = faultResult('carrier.notRead', { what: 'credentials', format: asset.mediaType.format });
  if (format === undefined) return unreadFault;
  const answer = await askEngine('wasm', onStep ? { onStep } : {}, async (engine) =>
    engine.readCrJson
      ? engine.readCrJson(await asset.source(), format)
      : { status: 'unsupported', ...unreadFault.fault },
  );
  if ('fault' in answer) return answer;
  const { read } = answer;
  if (read.status === 'absent') return ABSENT;
  if (read.status !== 'found') return { fault: pickFault(read) };
  if (read.value.length > limits.crJsonCharacters) return TOO_LARGE;
  if (countJsonValues(read.value) > limits.answerValues) return TOO_MANY;
  const masked = maskCrJson(read.value, reveal);
  if (!('crJson' in masked)) return masked;
  const crJson = escapeJson(masked.crJson);
  return crJson.length > limits.crJsonCharacters ? TOO_LARGE : { ...masked, crJson };
}

const ABSENT = faultResult('c2pa.absent');
const TOO_LARGE = faultResult('bound.characters', { place: 'crJSON', most: limits.crJsonCharacters });
const TOO_MANY = faultResult('bound.entries', { place: 'crJSON', most: limits.answerValues });
