import { limits } from '../core/ground/limits.js';
import type { PartReport } from '../isolation/inspector.js';
import type { Derivative, PartKind } from '../store/inspections.js';

/** Reports on parts alone, as they are kept beside that of the file, each by its number in `parts`. */
export function partDerivatives(parts: readonly PartReport[]): Derivative[] {
  let left: number = limits.partReportsBytes;
  return parts.flatMap(({ number, report }): Derivative[] => {
    const content = Buffer.from(JSON.stringify(report));
    // What has no room is told in short in the file's own Report all the same.
    if (content.length > left) return [];
    left -= content.length;
    return [{ kind: partKind(number), mediaType: 'application/json', content }];
  });
}

export const partKind = (number: number): PartKind => `part-${number}`;

export const isPartKind = (kind: string): kind is PartKind => /^part-\d+$/.test(kind);
