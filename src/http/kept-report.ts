import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { InspectionRecord } from '../store/inspections.js';
import { tenantOf } from './access.js';
import { Problem } from './problem.js';
import { problemAnswers, taggedAnswers } from './schemas.js';
import type { Services } from './services.js';

/** An inspection with its Report, of whoever asks; rejects with the problem that says what is missing. */
export async function keptReport(
  request: FastifyRequest,
  { stores }: Pick<Services, 'stores'>,
  id: string,
): Promise<InspectionRecord & { report: string }> {
  const record = await stores.inspections.get(tenantOf(request), id);
  if (record === undefined) throw new Problem('inspection-not-found');
  const { report } = record;
  if (report === undefined) throw new Problem('not-finished');
  return { ...record, report };
}

/** What a route answers that gives such a Report as a file, for OpenAPI. */
export const reportFileAnswers = (description: string, mediaType: string, schema: TSchema) => ({
  ...taggedAnswers(description, mediaType, schema),
  ...problemAnswers({
    400: 'A parameter has a value that cannot be used.',
    404: 'There is no such report, or no longer.',
    409: 'The inspection is not done.',
    500: 'The stored report cannot be read.',
  }),
});
