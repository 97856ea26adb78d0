import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf, requireScope, tenantOf } from '../access.js';
import { besideReport } from '../beside-report.js';
import { chosenIn, FieldsQuerySchema, onlyChosen } from '../chosen-fields.js';
import { InspectionSchema, listed } from '../inspection-envelope.js';
import { inspectionIfMatch } from '../inspection-state.js';
import { keptInspection } from '../kept-report.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import { filterOf, ListQuerySchema } from '../list-query.js';
import { NEXT, NEXT_LINK, nextPage } from '../paging.js';
import { PREFERENCE_HEADER, PreferHeadersSchema, preferenceOf, whenEnded } from '../prefer.js';
import { Problem } from '../problem.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  jsonAnswer,
  NOT_MODIFIED,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import { seenBefore } from '../seen-before.js';
import { sendKept, sendPrivate, wantedForm } from '../send-inspection.js';
import { printedBy, sendPdf } from '../send-pdf.js';
import type { Services } from '../services.js';
import { ETAG_HEADER, IfMatchHeadersSchema, PRECONDITION_PROBLEM } from '../state-tag.js';

const InspectionRef = Type.Ref('Inspection#');

export function inspectionRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { stores, uploads } = services;

  app.route({
    method: 'GET',
    url: '/v1/inspections',
    config: requireScope('read'),
    schema: {
      operationId: 'listInspections',
      tags: ['inspections'],
      summary: 'List inspections',
      description: 'Newest first. Every filter narrows; what is added or deleted meanwhile moves no page.',
      querystring: Type.Object(
        {
          ...ListQuerySchema.properties,
          ...LanguageSchema.properties,
          fields: FieldsQuerySchema.properties.fields,
        },
        { additionalProperties: false },
      ),
      response: {
        200: jsonAnswer(
          'One page.',
          Type.Object({ inspections: Type.Array(InspectionRef), ...NEXT }),
          NEXT_LINK,
        ),
        ...problemAnswers({ 400: 'A filter, the cursor or the language cannot be used.' }),
      },
    },
    handler: async (request, reply) => {
      const { fields: _fields, lang: _lang, ...query } = request.query;
      const speech = askedSpeech(request);
      const chosen = chosenIn(request, InspectionSchema);
      const { filter, page } = filterOf(query);
      const { items, next } = await stores.inspections.list(tenantOf(request), filter, page);
      return sendPrivate(reply).send({
        inspections: items.map((item) => {
          const line = listed(item, speech);
          return chosen === undefined ? line : onlyChosen(line, chosen);
        }),
        ...nextPage(request, reply, next),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspection',
      tags: ['inspections'],
      summary: 'Read a kept Report, or where its inspection stands',
      description:
        'The inspection, with its Report once it is done (`report.json` gives the Report alone). `Accept` takes text/html, text/csv and application/pdf of a ' +
        'Report too.',
      headers: Type.Object({ ...PreferHeadersSchema.properties, ...IfNoneMatchHeadersSchema.properties }),
      params: InspectionParamsSchema,
      querystring: Type.Object({
        ...LanguageSchema.properties,
        ...FieldsQuerySchema.properties,
      }),
      response: {
        200: {
          description: 'The inspection.',
          headers: {
            ...ETAG_HEADER,
            ...PREFERENCE_HEADER,
            'Assay-Status': Type.Optional(Type.String({ description: 'The inspection’s status.' })),
            'Assay-Cached': Type.Optional(Type.String()),
          },
          content: {
            'application/json': { schema: InspectionRef },
            'text/html': { schema: Type.String() },
            'text/csv': { schema: Type.String() },
            'application/pdf': { schema: Type.String({ format: 'binary' }) },
          },
        },
        202: jsonAnswer('It waits or is under way.', InspectionRef, {
          ...ETAG_HEADER,
          'Retry-After': Type.Optional(Type.String({ description: 'Seconds.' })),
        }),
        304: NOT_MODIFIED,
        ...problemAnswers({
          ...BAD_QUERY,
          404: 'There is no such report, or no longer.',
          500: 'The stored report cannot be read, or the PDF could not be made.',
          503: 'Too many PDFs are being made.',
        }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { wait } = preferenceOf(request);
      if (wait !== undefined) {
        await whenEnded(request, services, { tenant: tenantOf(request), id, wait });
        reply.header('preference-applied', `wait=${wait}`);
      }
      const shown = await keptInspection(request, services, id);
      const { record } = shown;
      if (record.report !== undefined && wantedForm(request) === 'application/pdf') {
        reply.header('assay-status', record.status);
        const kept = await shown.derivatives();
        const inspected = printedBy(request, record);
        return sendPdf(request, reply, { record, kept, inspected }, services.printer);
      }
      if (wantedForm(request) !== 'text/html' || record.report === undefined)
        return sendKept(request, reply, record, {});
      const beside = await besideReport(stores.inspections, shown);
      const seen = await seenBefore(record, beside, { ...services, log: request.log });
      return sendKept(request, reply, record, { ...beside, seen });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/inspections/:id',
    config: requireScope('inspect'),
    schema: {
      operationId: 'deleteInspection',
      tags: ['inspections'],
      summary: 'Delete an inspection',
      description: 'Its Report, what was made for it and its upload; one that waits or runs is cancelled.',
      headers: IfMatchHeadersSchema,
      params: InspectionParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ 404: 'There is no such report, or no longer.', ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (
        !(await stores.inspections.delete(
          tenantOf(request),
          id,
          inspectionIfMatch(request),
          actorOf(request),
        ))
      )
        throw new Problem('inspection-not-found');
      await uploads.removeOf(id);
      return reply.code(204).send();
    },
  });
}
