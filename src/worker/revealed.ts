import type { Report } from '../core/report/report.js';
import type { Derivative, RevealedKind } from '../store/inspections.js';
import { isPartKind } from './parts.js';

/** What an inspection that was asked for personal data came to, as it is kept beside the masked one. */
export function asRevealed({
  report,
  derivatives,
}: {
  report: Report;
  derivatives: readonly Derivative[];
}): Derivative[] {
  return [
    { kind: 'revealed-report', mediaType: 'application/json', content: Buffer.from(JSON.stringify(report)) },
    ...derivatives.flatMap((one) => revealedForm(one) ?? []),
  ];
}

/** Undefined for what is the same in both: pictures. */
export function revealedForm({ kind, ...same }: Derivative): Derivative | undefined {
  if (isPartKind(kind)) return { kind: `revealed-${kind}`, ...same };
  const apart = Object.entries(APART).find(([masked]) => masked === kind)?.[1];
  return apart && { kind: apart, ...same };
}

const APART = {
  evidence: 'revealed-evidence',
  crjson: 'revealed-crjson',
  trust: 'revealed-trust',
} as const satisfies Partial<Record<Derivative['kind'], RevealedKind>>;
