import type { FastifyRequest } from 'fastify';
import { message } from '../../i18n/message.js';
import { isPartKind } from '../../service/inspections/parts.js';
import type {
  Derivative,
  InspectionRecord,
  PartKind,
  RevealedKind,
} from '../../storage/inspections/inspections.js';
import { callerOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import type { Services } from './services.js';

/**
 * A stored inspection as this caller may see it. Its record and its attachments are masked for every caller. If personal
 * data was requested, the attachments that show it are stored apart (service/inspections/revealed.ts), and every
 * representation of them goes through here.
 */
export interface DisclosedInspection<T extends Pick<InspectionRecord, 'report'> = InspectionRecord> {
  record: T;
  derivative(kind: 'evidence' | 'crjson' | PartKind): Promise<Derivative | undefined>;
  derivatives(): Promise<Derivative[]>;
}

type MaskableRecord = Pick<InspectionRecord, 'tenant' | 'id' | 'report'> & {
  request: Pick<InspectionRecord['request'], 'reveal'>;
};

/**
 * Returns whether this caller may request personal data and see it unmasked. The scope of the key decides; without
 * keys, the operator's setting.
 */
export function canReveal(
  request: FastifyRequest,
  { config }: { config: Pick<Services['config'], 'allowReveal'> },
): boolean {
  const { keyId, scopes } = callerOf(request);
  return keyId === undefined ? config.allowReveal : scopes.has('reveal');
}

/** Returns the problem that names the refused data and the scope it requires. */
export const revealRefusal = (what: 'full' | 'manifest' | 'exchanges'): Problem =>
  new Problem('reveal-not-allowed', { detail: message('problem.reveal', { what }) });

export async function discloseInspection<T extends MaskableRecord>(
  request: FastifyRequest,
  services: Pick<Services, 'config' | 'stores'>,
  record: T,
): Promise<DisclosedInspection<T>> {
  const { inspections } = services.stores;
  const { tenant, id } = record;
  const allowed = (record.request.reveal ?? []).length > 0 && canReveal(request, services);
  // Queried each time, because some variants are made after the answer.
  const apart = async () => (allowed ? inspections.listRevealed(tenant, id) : []);
  const report = (await apart()).find(({ kind }) => kind === 'revealed-report');
  return {
    record:
      report === undefined || record.report === undefined
        ? record
        : { ...record, report: report.content.toString('utf8') },
    async derivative(kind) {
      const revealed = (await apart()).find((one) => one.kind === revealedKindOf(kind));
      return revealed ?? inspections.getDerivative(tenant, id, kind);
    },
    async derivatives() {
      const [all, revealed] = await Promise.all([inspections.listDerivatives(tenant, id), apart()]);
      return all.map((one) => {
        const form = revealed.find(({ kind }) => kind === revealedKindOf(one.kind));
        return form === undefined ? one : { ...form, kind: one.kind };
      });
    },
  };
}

/** Returns the inspection as the holder of a share link sees it. */
export function discloseMasked<T extends MaskableRecord>(
  { stores: { inspections } }: Pick<Services, 'stores'>,
  record: T,
): DisclosedInspection<T> {
  const { tenant, id } = record;
  return {
    record,
    derivative: (kind) => inspections.getDerivative(tenant, id, kind),
    derivatives: () => inspections.listDerivatives(tenant, id),
  };
}

const revealedKindOf = (kind: Derivative['kind']): RevealedKind | undefined =>
  isPartKind(kind) ? `revealed-${kind}` : REVEALED_KINDS[kind];

const REVEALED_KINDS: Partial<Record<Derivative['kind'], RevealedKind>> = {
  evidence: 'revealed-evidence',
  crjson: 'revealed-crjson',
  trust: 'revealed-trust',
};
