import { fault, type ReadFault } from '../../base/fault.js';
import type { CrJsonResult } from '../../core/pipeline/cr-json.js';

import type { StoredReport } from '../../core/report/report.js';
import type { CrJsonMaker } from '../../inspect/makers/cr-json.js';
import type { InspectRequest } from '../../inspect/pool/inspector.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import type { Derivative } from '../../storage/inspections/inspections.js';
import { toRevealedDerivative } from './revealed.js';

/** Maximum number of files waiting for crJSON, since their bytes are on disk meanwhile; further ones get none. */
const MAX_WAITING = 64;

const JSON_TYPE = 'application/json';
/** Media type of the fault stored in place of missing crJSON. */
const FAULT_TYPE = 'application/problem+json';

type CrJsonFile = Pick<InspectRequest, 'path' | 'sidecarPath' | 'initPath' | 'reveal' | 'tenant'>;

const SIDECAR: ReadFault = fault('crjson.sidecar');
const INIT: ReadFault = fault('crjson.init');
const BUSY: ReadFault = fault('crjson.busy');

/** Returns true if a manifest store was found, since only that can be written as crJSON. */
export function canHaveCrJson({ contentCredentials }: StoredReport): boolean {
  return contentCredentials.presence === 'present';
}

/**
 * Returns the derivatives to store: the manifest store in crJSON, masked like the Report, or the reason why there is
 * none; and a separate one with requested personal data.
 */
export async function makeCrJsonDerivatives(
  { reveal, ...file }: CrJsonFile,
  maker: CrJsonMaker,
  how: { soon?: boolean } = {},
): Promise<Derivative[]> {
  const masked = await makeCrJsonDerivative(file, maker, how);
  if (reveal === undefined) return [masked];
  const shown = toRevealedDerivative(await makeCrJsonDerivative({ ...file, reveal }, maker, how));
  return shown === undefined ? [masked] : [masked, shown];
}

async function makeCrJsonDerivative(
  { path, sidecarPath, initPath, reveal, tenant: party }: CrJsonFile,
  maker: CrJsonMaker,
  { soon = false } = {},
): Promise<Derivative> {
  if (sidecarPath !== undefined) return toDerivative({ fault: SIDECAR });
  if (initPath !== undefined) return toDerivative({ fault: INIT });
  if (!soon && maker.waiting >= MAX_WAITING) return toDerivative({ fault: BUSY });
  try {
    return toDerivative(await maker.make(path, { reveal, isUrgent: soon, tenant: party }));
  } catch (error) {
    if (!(error instanceof InspectError) || error.code === 'internal') throw error;
    return toDerivative({ fault: fault('file.gone') });
  }
}

function toDerivative(answer: CrJsonResult): Derivative {
  return 'crJson' in answer
    ? { kind: 'crjson', mediaType: JSON_TYPE, content: Buffer.from(answer.crJson) }
    : { kind: 'crjson', mediaType: FAULT_TYPE, content: Buffer.from(JSON.stringify(answer.fault)) };
}

/** Parses a stored derivative. */
export function parseStoredCrJson({
  mediaType,
  content,
}: Derivative): { crJson: Buffer } | { fault: ReadFault } {
  return mediaType === JSON_TYPE ? { crJson: content } : { fault: JSON.parse(content.toString('utf8')) };
}
