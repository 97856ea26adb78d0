import type { EvidenceSheet } from '../core/evidence-sheet.js';
import type { BesideReport, Observation } from '../core/report.js';
import { isBesideReport, isObservation } from '../core/schema-checks.js';
import type { InspectRequest } from './inspector.js';

interface Asked {
  request: InspectRequest;
  bytes: number;
  /** There where the parent hashes the file itself. */
  early?: { known: string | undefined } | undefined;
}

/** What a reading process sends is an Observation when its shape says so and it speaks of what was asked. */
export function isObservationOf(value: unknown, { request, bytes, early }: Asked): value is Observation {
  if (!isObservation(value)) return false;
  const { asset, tool } = value.report;
  const { evidence } = value;
  if (evidence !== undefined && !sameFile(evidence.asset, asset)) return false;
  if (early !== undefined && asset.sha256 !== early.known) return false;
  return asset.bytes === bytes && tool.asOf === request.asOf;
}

/** What comes beside a Report that is there already speaks of the same file. */
export function isBeside(value: unknown, { report }: Observation): value is BesideReport {
  return (
    isBesideReport(value) && (value.evidence === undefined || sameFile(value.evidence.asset, report.asset))
  );
}

function sameFile(one: EvidenceSheet['asset'], other: EvidenceSheet['asset']): boolean {
  return one.name === other.name && one.bytes === other.bytes && one.sha256 === other.sha256;
}
