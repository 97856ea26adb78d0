import { isKeptTrust } from '../core/analysis/kept-trust-shape.js';
import { isBesideReport, isObservation } from '../core/law/schema-checks.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { BesideReport, Observation } from '../core/report/report.js';
import type { InspectRequest } from './inspector.js';

interface Asked {
  request: InspectRequest;
  bytes: number;
  /** As the parent took it; undefined where it is not to be had. */
  sha256: string | undefined;
}

/**
 * What a reading process says, where its shape is that of an Observation and it speaks of what was asked; undefined
 * otherwise. How long the file is and its hash are no news of the process: it may not say otherwise, and they are
 * written here. What the file is called it was not told, and has no word of.
 */
export function observationOf(value: unknown, { request, bytes, sha256 }: Asked): Observation | undefined {
  if (!isObservation(value) || sha256 === undefined) return undefined;
  const { report, ...beside } = value;
  const known = { name: '', bytes, sha256 };
  const { asset, tool } = report;
  if (!isSameFile(asset, known)) return undefined;
  if (asset.declaredMediaType !== undefined || asset.servedBy !== undefined) return undefined;
  if (tool.asOf !== request.asOf) return undefined;
  const observed = { ...beside, report: { ...report, asset: { ...asset, ...known } } };
  return saysTheSame(beside, observed) ? observed : undefined;
}

/** What comes beside a Report that is there already speaks of the same file. */
export function besideOf(value: unknown, observed: Observation): BesideReport | undefined {
  return isBesideReport(value) && saysTheSame(value, observed) ? value : undefined;
}

/** Observations of parts, each of a part that the file's own Report names, with the hash that it has there. */
export function partsOf(
  said: NonNullable<BesideReport['parts']>,
  { report }: Observation,
): { number: number; observation: Observation }[] | undefined {
  const parts = said.flatMap(({ number, observation }) => {
    const part = report.parts?.[number];
    const isIts =
      isObservation(observation) &&
      part?.sha256 === observation.report.asset.sha256 &&
      part.bytes === observation.report.asset.bytes &&
      observation.report.tool.asOf === report.tool.asOf;
    return isIts ? [{ number, observation }] : [];
  });
  return parts.length === said.length ? parts : undefined;
}

function saysTheSame({ evidence, kept }: BesideReport, { report }: Observation): boolean {
  return (
    (evidence === undefined || isSameFile(evidence.asset, report.asset)) &&
    (kept === undefined || isKeptTrust(kept))
  );
}

function isSameFile(one: EvidenceSheet['asset'], other: EvidenceSheet['asset']): boolean {
  return one.name === other.name && one.bytes === other.bytes && one.sha256 === other.sha256;
}
