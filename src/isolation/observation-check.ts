import { isKeptTrust } from '../core/analysis/kept-trust-shape.js';
import { asCount, asRecord, member } from '../core/ground/json-shape.js';
import { isBesideReport, isObservation } from '../core/law/schema-checks.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { BesideReport, Observation, PartObservation } from '../core/report/report.js';
import { UNTOLD_DIGEST } from './digest-untold.js';
import type { InspectRequest } from './inspector.js';

interface Asked {
  request: InspectRequest;
  bytes: number;
  /** As the parent took it. */
  sha256: string;
}

/**
 * What a reading process says, where its shape is that of an Observation and it speaks of what was asked; undefined
 * otherwise. How long the file is is no news of the process: it may not say otherwise. Its hash it was not told, which is
 * written here, nor what it is called, and has no word of either.
 */
export function observationOf(value: unknown, { request, bytes, sha256 }: Asked): Observation | undefined {
  if (!isObservation(value)) return undefined;
  const { report, ...told } = value;
  const { asset, tool } = report;
  if (!isOfFile(asset, bytes)) return undefined;
  if (asset.declaredMediaType !== undefined || asset.servedBy !== undefined) return undefined;
  if (tool.asOf !== request.asOf) return undefined;
  const beside = withDigest(told, { bytes, sha256 });
  return beside && { ...beside, report: { ...report, asset: { ...asset, sha256 } } };
}

/** What comes beside a Report that is there already speaks of the same file. */
export function besideOf(value: unknown, observed: Observation): BesideReport | undefined {
  return isBesideReport(value) ? withDigest(value, observed.report.asset) : undefined;
}

/** Checked as it comes; undefined where it has not the shape of an Observation of a part. */
export function partOf(value: unknown): PartObservation | undefined {
  const said = asRecord(value) ?? {};
  const [number, observation] = [asCount(member(said, 'number')), member(said, 'observation')];
  return number !== undefined && isObservation(observation) ? { number, observation } : undefined;
}

/** Whether each is of another part that the file's own Report names, with the hash that it has there. */
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

/** Undefined where it does not speak of this file. */
function withDigest<T extends BesideReport>(
  beside: T,
  { bytes, sha256 }: Pick<EvidenceSheet['asset'], 'bytes' | 'sha256'>,
): T | undefined {
  const { evidence, kept } = beside;
  if (kept !== undefined && !isKeptTrust(kept)) return undefined;
  if (evidence === undefined) return beside;
  if (!isOfFile(evidence.asset, bytes)) return undefined;
  return { ...beside, evidence: { ...evidence, asset: { ...evidence.asset, sha256 } } };
}

const isOfFile = (asset: EvidenceSheet['asset'], bytes: number): boolean =>
  asset.name === '' && asset.bytes === bytes && asset.sha256 === UNTOLD_DIGEST;
