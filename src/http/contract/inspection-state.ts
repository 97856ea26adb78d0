import type { FastifyRequest } from 'fastify';
import type { InspectionHead, InspectionRecord } from '../../storage/inspections/inspections.js';
import { digestState, parseIfMatch } from './state-tag.js';

/** State of an inspection that people or the service can change; a Report itself never changes. */
export function pickMutableState({
  status,
  finishedAt,
  expiresAt,
  caseRef,
  tags,
  notes,
  supersededBy,
}: InspectionRecord | InspectionHead): string {
  return digestState([status, finishedAt, expiresAt, caseRef, tags, notes, supersededBy]);
}

/** Returns the precondition that the store evaluates within its transaction. */
export function inspectionPrecondition(
  request: FastifyRequest,
): ((record: InspectionRecord | InspectionHead) => boolean) | undefined {
  const matches = parseIfMatch(request);
  return matches && ((record) => matches(pickMutableState(record)));
}
