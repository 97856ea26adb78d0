import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { tenantOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { BAD_QUERY, problemResponses, taggedResponses } from '../contract/schemas.js';
import { type DisclosedInspection, discloseInspection } from './disclosure.js';
import type { Services } from './services.js';

/** Returns a stored inspection of the caller's tenant, masked for the caller. Throws `Problem` if there is none. */
export async function loadInspection(
  request: FastifyRequest,
  services: Pick<Services, 'stores' | 'config'>,
  id: string,
): Promise<DisclosedInspection> {
  const record = await services.stores.inspections.get(tenantOf(request), id);
  if (record === undefined) throw new Problem('inspection-not-found');
  return discloseInspection(request, services, record);
}

/** Returns a stored inspection with its Report; throws the `Problem` that names what is missing. */
export async function loadReport(
  request: FastifyRequest,
  services: Pick<Services, 'stores' | 'config'>,
  id: string,
): Promise<DisclosedInspection<InspectionRecord & { report: string }>> {
  const shown = await loadInspection(request, services, id);
  const { report } = shown.record;
  if (report === undefined) throw new Problem('not-finished');
  return { ...shown, record: { ...shown.record, report } };
}

/** Answers of a route that returns a Report as a file, for OpenAPI. */
export const reportFileResponses = (description: string, mediaType: string, schema: TSchema) => ({
  ...taggedResponses(description, mediaType, schema),
  ...problemResponses({
    ...BAD_QUERY,
    404: 'There is no such report, or no longer.',
    409: 'The inspection is not done.',
    500: 'The stored report cannot be read.',
  }),
});
