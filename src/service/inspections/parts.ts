import { limits } from '../../base/limits.js';
import type { PartReport } from '../../inspect/pool/inspector.js';
import type { Derivative, PartKind } from '../../storage/inspections/inspections.js';

/** Returns the Reports on parts as derivatives, each named by its number in `parts`. */
export function toPartDerivatives(parts: readonly PartReport[]): Derivative[] {
  let left: number = limits.partReportsBytes;
  return parts.flatMap(({ number, report }): Derivative[] => {
    const content = Buffer.from(JSON.stringify(report));
    // A part without room is still summarized in the file's own Report.
    if (content.length > left) return [];
    left -= content.length;
    return [{ kind: partKind(number), mediaType: 'application/json', content }];
  });
}

export const partKind = (number: number): PartKind => `part-${number}`;

export const isPartKind = (kind: string): kind is PartKind => /^part-\d+$/.test(kind);
