import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { IfNoneMatchHeadersSchema, InspectionParamsSchema, taggedResponses } from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

/** Registers the route of a file's evidence, field by field, stored with its Report. */
export function evidenceRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/evidence', requireScope('read'), {
    operationId: 'getInspectionEvidence',
    tags: ['inspections'],
    summary: 'Read the file’s metadata, field by field',
    description:
      'Returns EXIF, XMP, IPTC and the other carriers of text, each field with its own name, value and location, and the bytes ' +
      'of labels. Created during the inspection and masked like the Report: a value that is or may contain personal data is omitted ' +
      'unless all its kinds are revealed.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    answers: { ...taggedResponses('The fields.', 'application/json', Type.Ref('Evidence#')) },
    problems: {
      404: 'The report does not exist, or no evidence was stored with it.',
      409: 'The inspection is not done.',
    },
    handler: async (request, reply) => {
      const shown = await loadReport(request, services, request.params.id);
      const kept = await shown.derivative('evidence');
      if (kept === undefined) throw new Problem('evidence-not-found');
      return sendTagged(request, sendPrivate(reply), kept.mediaType, kept.content);
    },
  });
}
