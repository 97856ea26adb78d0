import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import { RULEBOOK_IDS } from '../../core/rulebooks/index.js';
import { newInspectionId } from '../../store/inspection-id.js';
import { inspectUpload } from '../inspect-upload.js';
import { lingerAfterRefusal } from '../linger.js';
import { prefersHtml } from '../negotiation.js';
import { Problem } from '../problem.js';
import { refuseByLength } from '../receive-upload.js';
import { InspectionParamsSchema, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import type { Services } from '../services.js';

const ReportRef = Type.Ref('Report#');

/** For OpenAPI: the body is read as a stream and checked part by part. */
const UploadSchema = Type.Object({
  file: Type.String({ format: 'binary', description: 'Exactly one photo, video or sound file.' }),
  sidecar: Type.Optional(
    Type.String({
      format: 'binary',
      description:
        'A C2PA manifest store (.c2pa) that is kept elsewhere; the file is validated against it. ' +
        'File and sidecar together may be as large as one file.',
    }),
  ),
  asOf: Type.Optional(
    Type.String({ format: 'date', description: 'The day the rules are asked about. Left out: today, UTC.' }),
  ),
  rulebooks: Type.Optional(
    Type.String({
      description: 'Rulebook ids, separated by commas. Left out: all.',
      examples: [RULEBOOK_IDS.slice(0, 2).join(',')],
    }),
  ),
});

export function inspectionRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { config, store } = services;

  app.route({
    method: 'POST',
    url: '/v1/inspections',
    schema: {
      operationId: 'createInspection',
      tags: ['inspections'],
      summary: 'Inspect a file',
      description:
        'Takes one file, inspects it and keeps the Report. The file is deleted before the answer is sent. ' +
        'A file that is not supported or cannot be read is answered with a Report too: it says so.',
      consumes: ['multipart/form-data'],
      body: UploadSchema,
      response: {
        201: {
          description: 'The Report. Its address is in `Location`.',
          headers: { Location: Type.String({ description: '`/v1/inspections/<id>`' }) },
          content: { 'application/json': { schema: ReportRef } },
        },
        303: {
          description: 'For clients that prefer HTML: the report’s page.',
          headers: { Location: Type.String({ description: '`/inspections/<id>`' }) },
          type: 'null',
        },
        ...problemAnswers({
          400: 'No file, an empty file, several files, a bad field or a body that cannot be read.',
          413: 'The file is too large.',
          415: 'The body is not multipart/form-data.',
          500: 'A fault of this server.',
          503: 'All places for uploads are taken.',
          507: 'The disk is full.',
        }),
      },
    },
    validatorCompiler: () => () => true,
    onRequest: async (request) => refuseByLength(request, config.maxUploadBytes),
    onSend: lingerAfterRefusal,
    handler: async (request, reply) => {
      const report = await inspectUpload(request, services);
      // The client has gone: nobody would ever learn the id.
      if (reply.raw.destroyed) return reply.hijack();
      const id = newInspectionId();
      await store.put({ id, createdAt: new Date().toISOString(), report });
      return prefersHtml(request.headers.accept)
        ? sendPrivate(reply).redirect(`/inspections/${id}`, 303)
        : sendPrivate(reply).code(201).header('location', `/v1/inspections/${id}`).send(report);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id',
    schema: {
      operationId: 'getInspection',
      tags: ['inspections'],
      summary: 'Read a kept Report',
      params: InspectionParamsSchema,
      response: {
        200: { description: 'The Report.', content: { 'application/json': { schema: ReportRef } } },
        ...problemAnswers({
          404: 'There is no such report, or no longer.',
          500: 'The stored report cannot be read.',
        }),
      },
    },
    handler: async (request, reply) => {
      const record = await store.get(request.params.id);
      if (record === undefined) throw new Problem('inspection-not-found');
      return sendPrivate(reply).send(record.report);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/inspections/:id',
    schema: {
      operationId: 'deleteInspection',
      tags: ['inspections'],
      summary: 'Delete a kept Report',
      params: InspectionParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ 404: 'There is no such report, or no longer.' }),
      },
    },
    handler: async (request, reply) => {
      if (!(await store.delete(request.params.id))) throw new Problem('inspection-not-found');
      return reply.code(204).send();
    },
  });
}

/** A report may speak of people; it stays out of caches between here and its reader. */
export function sendPrivate(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('vary', 'Accept');
}
