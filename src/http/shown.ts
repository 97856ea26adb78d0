import type { FastifyRequest } from 'fastify';
import { reportTextOfBefore } from '../core/analysis/report-of-before.js';
import { said } from '../say/said.js';
import type { Derivative, InspectionRecord, PartKind, RevealedKind } from '../store/inspections.js';
import { isPartKind } from '../worker/parts.js';
import { callerOf } from './access.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';

/**
 * What is kept of an inspection as this caller may see it. Its record, and what is kept beside it, are masked whoever asks; where
 * personal data was asked for, what shows it stands apart (worker/revealed.ts), and every representation of it goes
 * through here.
 */
export interface Shown<T extends Pick<InspectionRecord, 'report'> = InspectionRecord> {
  record: T;
  derivative(kind: 'evidence' | 'crjson' | PartKind): Promise<Derivative | undefined>;
  derivatives(): Promise<Derivative[]>;
}

type Kept = Pick<InspectionRecord, 'tenant' | 'id' | 'report'> & {
  request: Pick<InspectionRecord['request'], 'reveal'>;
};

/** Whether this caller may ask for personal data, and so see what was shown of it. The key decides; without keys the operator. */
export function mayReveal(
  request: FastifyRequest,
  { config }: { config: Pick<Services['config'], 'allowReveal'> },
): boolean {
  const { keyId, scopes } = callerOf(request);
  return keyId === undefined ? config.allowReveal : scopes.has('reveal');
}

/** What was refused to a caller who may not, and which scope it takes. */
export const notRevealed = (what: 'full' | 'manifest' | 'exchanges'): Problem =>
  new Problem('reveal-not-allowed', { detail: said('problem.reveal', { what }) });

export async function shownTo<T extends Kept>(
  request: FastifyRequest,
  services: Pick<Services, 'config' | 'stores'>,
  record: T,
): Promise<Shown<T>> {
  const { inspections } = services.stores;
  const { tenant, id } = record;
  const allowed = (record.request.reveal ?? []).length > 0 && mayReveal(request, services);
  // Asked each time: some of it is made after the answer.
  const apart = async () => (allowed ? inspections.revealed(tenant, id) : []);
  const report = (await apart()).find(({ kind }) => kind === 'revealed-report');
  return {
    record:
      report === undefined || record.report === undefined
        ? record
        : { ...record, report: reportTextOfBefore(report.content.toString('utf8')) },
    async derivative(kind) {
      const revealed = (await apart()).find((one) => one.kind === revealedForm(kind));
      return revealed ?? inspections.getDerivative(tenant, id, kind);
    },
    async derivatives() {
      const [all, revealed] = await Promise.all([inspections.derivatives(tenant, id), apart()]);
      return all.map((one) => {
        const form = revealed.find(({ kind }) => kind === revealedForm(one.kind));
        return form === undefined ? one : { ...form, kind: one.kind };
      });
    },
  };
}

/** As whoever has a link sees it. */
export function maskedShown<T extends Kept>(
  { stores: { inspections } }: Pick<Services, 'stores'>,
  record: T,
): Shown<T> {
  const { tenant, id } = record;
  return {
    record,
    derivative: (kind) => inspections.getDerivative(tenant, id, kind),
    derivatives: () => inspections.derivatives(tenant, id),
  };
}

const revealedForm = (kind: Derivative['kind']): RevealedKind | undefined =>
  isPartKind(kind) ? `revealed-${kind}` : REVEALED_FORM[kind];

const REVEALED_FORM: Partial<Record<Derivative['kind'], RevealedKind>> = {
  evidence: 'revealed-evidence',
  crjson: 'revealed-crjson',
  trust: 'revealed-trust',
};
