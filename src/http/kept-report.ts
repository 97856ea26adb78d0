import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { InspectionRecord } from '../store/inspections.js';
import { tenantOf } from './access.js';
import { Problem } from './problem.js';
import { BAD_QUERY, problemAnswers, taggedAnswers } from './schemas.js';
import type { Services } from './services.js';
import { type Shown, shownTo } from './shown.js';

/** An inspection of whoever asks, as they may see it. */
export async function keptInspection(
  request: FastifyRequest,
  services: Pick<Services, 'stores' | 'config'>,
  id: string,
): Promise<Shown> {
  const record = await services.stores.inspections.get(tenantOf(request), id);
  if (record === undefined) throw new Problem('inspection-not-found');
  return shownTo(request, services, record);
}

/** The same with its Report; rejects with the problem that says what is missing. */
export async function keptReport(
  request: FastifyRequest,
  services: Pick<Services, 'stores' | 'config'>,
  id: string,
): Promise<Shown<InspectionRecord & { report: string }>> {
  const shown = await keptInspection(request, services, id);
  const { report } = shown.record;
  if (report === undefined) throw new Problem('not-finished');
  return { ...shown, record: { ...shown.record, report } };
}

/** What a route answers that gives such a Report as a file, for OpenAPI. */
export const reportFileAnswers = (description: string, mediaType: string, schema: TSchema) => ({
  ...taggedAnswers(description, mediaType, schema),
  ...problemAnswers({
    ...BAD_QUERY,
    404: 'There is no such report, or no longer.',
    409: 'The inspection is not done.',
    500: 'The stored report cannot be read.',
  }),
});
