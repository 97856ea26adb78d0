import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { actorOf, requireScope, tenantOf } from '../contract/access.js';
import { InspectionSchema, toListEntry } from '../contract/inspection-envelope.js';
import { inspectionPrecondition } from '../contract/inspection-state.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { FieldsQuerySchema, parseFieldSelection, selectFields } from '../contract/queries/field-query.js';
import { linkNextPage, NEXT, NEXT_LINK } from '../contract/queries/paging.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  jsonResponse,
  NOT_MODIFIED,
} from '../contract/schemas.js';
import { ETAG_HEADER, IfMatchHeadersSchema, PRECONDITION_PROBLEM } from '../contract/state-tag.js';
import { findPageMatches } from '../pages/page-matches.js';
import { loadPageAttachments } from '../pages/report-attachments.js';
import { preferredFormat, sendPrivate, sendStoredInspection } from '../responses/send-inspection.js';
import { sendPdf, toPrintInspected } from '../responses/send-pdf.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import { ListQuerySchema, toListFilter } from '../services/options/list-query.js';
import {
  PREFERENCE_HEADER,
  PreferHeadersSchema,
  parsePreference,
  waitForEnd,
} from '../services/options/preference.js';
import type { Services } from '../services/services.js';
import { loadInspection } from '../services/stored-report.js';

const InspectionRef = Type.Ref('Inspection#');

export function inspectionRoutes(app: FastifyInstance, services: Services): void {
  const { stores, uploads } = services;

  registerOperation(app, 'GET /v1/inspections', requireScope('read'), {
    operationId: 'listInspections',
    tags: ['inspections'],
    summary: 'List inspections',
    description:
      'Inspections are sorted newest first and must match all filters. Inspections added or deleted meanwhile do not shift the pages.',
    querystring: Type.Object(
      {
        ...ListQuerySchema.properties,
        ...LanguageSchema.properties,
        fields: FieldsQuerySchema.properties.fields,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse(
        'One page.',
        Type.Object({ inspections: Type.Array(InspectionRef), ...NEXT }),
        NEXT_LINK,
      ),
    },
    problems: { 400: 'A filter, the cursor or the language is invalid.' },
    handler: async (request, reply) => {
      const { fields: _fields, lang: _lang, ...query } = request.query;
      const translator = requestedTranslator(request);
      const chosen = parseFieldSelection(request, InspectionSchema);
      const { filter, page } = toListFilter(query);
      const { items, next } = await stores.inspections.list(tenantOf(request), filter, page);
      return sendPrivate(reply).send({
        inspections: items.map((item) => {
          const line = toListEntry(item, translator);
          return chosen === undefined ? line : selectFields(line, chosen);
        }),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  registerOperation(app, 'GET /v1/inspections/:id', requireScope('read'), {
    operationId: 'getInspection',
    tags: ['inspections'],
    summary: 'Read a stored Report, or the status of its inspection',
    description:
      'Returns the inspection, with its Report once it has finished (`report.json` returns the Report alone). For a Report, `Accept` also allows text/html, text/csv and ' +
      'application/pdf.',
    headers: Type.Object({ ...PreferHeadersSchema.properties, ...IfNoneMatchHeadersSchema.properties }),
    params: InspectionParamsSchema,
    querystring: Type.Object({
      ...LanguageSchema.properties,
      ...FieldsQuerySchema.properties,
    }),
    answers: {
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
      202: jsonResponse('The inspection is queued or running.', InspectionRef, {
        ...ETAG_HEADER,
        'Retry-After': Type.Optional(Type.String({ description: 'Seconds.' })),
      }),
      304: NOT_MODIFIED,
    },
    problems: {
      ...BAD_QUERY,
      404: 'There is no such report, or no longer.',
      500: 'The stored report cannot be read, or the PDF could not be made.',
      503: 'Too many PDFs are being made.',
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { wait } = parsePreference(request);
      if (wait !== undefined) {
        await waitForEnd(request, services, { tenant: tenantOf(request), id, wait });
        reply.header('preference-applied', `wait=${wait}`);
      }
      const shown = await loadInspection(request, services, id);
      const { record } = shown;
      if (record.report !== undefined && preferredFormat(request) === 'application/pdf') {
        reply.header('assay-status', record.status);
        const kept = await shown.derivatives();
        const inspected = toPrintInspected(request, record);
        return sendPdf(request, reply, { record, attachments: kept, inspected }, services.printer);
      }
      if (preferredFormat(request) !== 'text/html' || record.report === undefined)
        return sendStoredInspection(request, reply, record, {});
      const beside = await loadPageAttachments(stores.inspections, shown);
      const seen = await findPageMatches(record, beside, { ...services, log: request.log });
      return sendStoredInspection(request, reply, record, { ...beside, matches: seen });
    },
  });

  registerOperation(app, 'DELETE /v1/inspections/:id', requireScope('inspect'), {
    operationId: 'deleteInspection',
    tags: ['inspections'],
    summary: 'Delete an inspection',
    description:
      'Deletes the inspection’s Report, derived files and upload. A queued or running inspection is cancelled.',
    headers: IfMatchHeadersSchema,
    params: InspectionParamsSchema,
    answers: { 204: { description: 'The inspection is deleted.', type: 'null' } },
    problems: { 404: 'There is no such report, or no longer.', ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (
        !(await stores.inspections.delete(
          tenantOf(request),
          id,
          inspectionPrecondition(request),
          actorOf(request),
        ))
      )
        throw new Problem('inspection-not-found');
      await uploads.removeOf(id);
      return reply.code(204).send();
    },
  });
}
