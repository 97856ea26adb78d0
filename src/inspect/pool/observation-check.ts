import { asCount, asRecord, ownMember } from '../../base/json-shape.js';
import { isBesideReport, isObservation } from '../../core/law/schema-checks.js';
import { isStoredTrust } from '../../core/pipeline/stored-trust-schema.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { Observation, PartObservation, ReadingAttachments } from '../../core/report/report.js';
import { DEFERRED_DIGEST } from '../files/deferred-digest.js';
import type { InspectRequest } from './inspector.js';

interface ExpectedFile {
  request: InspectRequest;
  bytes: number;
  /** Digest computed by the parent. */
  sha256: string;
}

/**
 * Returns the output of a reading process if it has the shape of an Observation of the requested file; otherwise
 * `undefined`. The file's length must match. The process does not know hash and name; the parent adds the hash here,
 * and the output may contain neither.
 */
export function parseObservation(
  value: unknown,
  { request, bytes, sha256 }: ExpectedFile,
): Observation | undefined {
  if (!isObservation(value)) return undefined;
  const { report, ...told } = value;
  const { asset, tool } = report;
  if (!isOfFile(asset, bytes)) return undefined;
  if (asset.declaredMediaType !== undefined || asset.servedBy !== undefined) return undefined;
  if (tool.asOf !== request.asOf) return undefined;
  const beside = withDigest(told, { bytes, sha256 });
  return beside && { ...beside, report: { ...report, asset: { ...asset, sha256 } } };
}

/** Returns the attachments of an existing Report if they are about the same file. */
export function parseAttachments(value: unknown, observed: Observation): ReadingAttachments | undefined {
  return isBesideReport(value) ? withDigest(value, observed.report.asset) : undefined;
}

/** Checks the observation of a part on arrival; `undefined` if it is malformed. */
export function parsePartObservation(value: unknown): PartObservation | undefined {
  const said = asRecord(value) ?? {};
  const [number, observation] = [asCount(ownMember(said, 'number')), ownMember(said, 'observation')];
  return number !== undefined && isObservation(observation) ? { number, observation } : undefined;
}

/** Returns whether each observation is about a different part of the file's Report and has the hash stated there. */
export function arePartsOf(parts: readonly PartObservation[], { report }: Observation): boolean {
  return (
    new Set(parts.map(({ number }) => number)).size === parts.length &&
    parts.every(({ number, observation: { report: own } }) => {
      const part = report.parts?.[number];
      return (
        number > 0 &&
        part?.sha256 === own.asset.sha256 &&
        part.bytes === own.asset.bytes &&
        own.tool.asOf === report.tool.asOf
      );
    })
  );
}

/** Returns `undefined` if the attachments are not about this file. */
function withDigest<T extends ReadingAttachments>(
  beside: T,
  { bytes, sha256 }: Pick<EvidenceView['asset'], 'bytes' | 'sha256'>,
): T | undefined {
  const { evidence, kept } = beside;
  if (kept !== undefined && !isStoredTrust(kept)) return undefined;
  if (evidence === undefined) return beside;
  if (!isOfFile(evidence.asset, bytes)) return undefined;
  return { ...beside, evidence: { ...evidence, asset: { ...evidence.asset, sha256 } } };
}

const isOfFile = (asset: EvidenceView['asset'], bytes: number): boolean =>
  asset.name === '' && asset.bytes === bytes && asset.sha256 === DEFERRED_DIGEST;
