import type { FastifyRequest } from 'fastify';
import type { InspectionHead, InspectionRecord } from '../store/inspections.js';
import { ifMatch, stateOf } from './state-tag.js';

/** What a desk changes of an inspection, and what becomes of it: a Report itself never changes. */
export function inspectionState({
  status,
  finishedAt,
  expiresAt,
  caseRef,
  tags,
  notes,
  supersededBy,
}: InspectionRecord | InspectionHead): string {
  return stateOf([status, finishedAt, expiresAt, caseRef, tags, notes, supersededBy]);
}

/** For the store, which asks it within the change. */
export function inspectionIfMatch(
  request: FastifyRequest,
): ((record: InspectionRecord | InspectionHead) => boolean) | undefined {
  const matches = ifMatch(request);
  return matches && ((record) => matches(inspectionState(record)));
}
