import type { CrJsonAnswer } from '../core/analysis/cr-json.js';
import { fault, type ReadFault } from '../core/ground/fault.js';

import type { Report } from '../core/report/report.js';
import type { CrJsonMaker } from '../isolation/cr-json.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { Derivative } from '../store/inspections.js';
import { revealedForm } from './revealed.js';

/** Files that wait for their crJSON; beyond, they are done without: their bytes lie on the disk meanwhile. */
const MOST_WAITING = 64;

const JSON_TYPE = 'application/json';
/** Why there is none, kept in its place. */
const FAULT_TYPE = 'application/problem+json';

type CrJsonFile = Pick<InspectRequest, 'path' | 'sidecarPath' | 'initPath' | 'reveal' | 'party'>;

const SIDECAR: ReadFault = fault('crjson.sidecar');
const INIT: ReadFault = fault('crjson.init');
const BUSY: ReadFault = fault('crjson.busy');

/** Only a manifest store that was found can be written so. */
export function mayHaveCrJson({ contentCredentials }: Report): boolean {
  return contentCredentials.presence === 'present';
}

/** What is kept: the manifest store in crJSON, masked as the Report is, or why there is none; and what was asked to be shown of it, apart. */
export async function crJsonDerivatives(
  { reveal, ...file }: CrJsonFile,
  maker: CrJsonMaker,
  how: { soon?: boolean } = {},
): Promise<Derivative[]> {
  const masked = await crJsonDerivative(file, maker, how);
  if (reveal === undefined) return [masked];
  const shown = revealedForm(await crJsonDerivative({ ...file, reveal }, maker, how));
  return shown === undefined ? [masked] : [masked, shown];
}

async function crJsonDerivative(
  { path, sidecarPath, initPath, reveal, party }: CrJsonFile,
  maker: CrJsonMaker,
  { soon = false } = {},
): Promise<Derivative> {
  if (sidecarPath !== undefined) return derivativeOf({ fault: SIDECAR });
  if (initPath !== undefined) return derivativeOf({ fault: INIT });
  if (!soon && maker.waiting >= MOST_WAITING) return derivativeOf({ fault: BUSY });
  try {
    return derivativeOf(await maker.make(path, { reveal, soon, party }));
  } catch (error) {
    if (!(error instanceof InspectError) || error.code === 'internal') throw error;
    return derivativeOf({ fault: fault('file.gone') });
  }
}

function derivativeOf(answer: CrJsonAnswer): Derivative {
  return 'crJson' in answer
    ? { kind: 'crjson', mediaType: JSON_TYPE, content: Buffer.from(answer.crJson) }
    : { kind: 'crjson', mediaType: FAULT_TYPE, content: Buffer.from(JSON.stringify(answer.fault)) };
}

/** As it was kept. */
export function keptCrJson({ mediaType, content }: Derivative): { crJson: Buffer } | { fault: ReadFault } {
  return mediaType === JSON_TYPE ? { crJson: content } : { fault: JSON.parse(content.toString('utf8')) };
}
