import type { StoredReport } from '../../core/report/report.js';
import type { Derivative, RevealedKind } from '../../storage/inspections/inspections.js';
import { isPartKind } from './parts.js';

/** Returns the result of an inspection with revealed personal data as derivatives to store with the masked one. */
export function toRevealedDerivatives({
  report,
  derivatives,
}: {
  report: StoredReport;
  derivatives: readonly Derivative[];
}): Derivative[] {
  return [
    { kind: 'revealed-report', mediaType: 'application/json', content: Buffer.from(JSON.stringify(report)) },
    ...derivatives.flatMap((one) => toRevealedDerivative(one) ?? []),
  ];
}

/** Returns `undefined` for derivatives that are equal in both, such as pictures. */
export function toRevealedDerivative({ kind, ...same }: Derivative): Derivative | undefined {
  if (isPartKind(kind)) return { kind: `revealed-${kind}`, ...same };
  const apart = Object.entries(REVEALED_KINDS).find(([masked]) => masked === kind)?.[1];
  return apart && { kind: apart, ...same };
}

const REVEALED_KINDS = {
  evidence: 'revealed-evidence',
  crjson: 'revealed-crjson',
  trust: 'revealed-trust',
} as const satisfies Partial<Record<Derivative['kind'], RevealedKind>>;
