import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { changeInfo } from '../cases/case-items.js';
import { actorOf, requireScope, tenantOf } from '../contract/access.js';
import { toEnvelope } from '../contract/inspection-envelope.js';
import { inspectionPrecondition, pickMutableState } from '../contract/inspection-state.js';
import { acceptEmptyBody, registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema, jsonResponse, NO_JSON, type TypeBoxProvider } from '../contract/schemas.js';
import {
  ETAG_HEADER,
  formatEtag,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
} from '../contract/state-tag.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { deskLimits, parseCaseRef, parseTags } from '../services/desk-fields.js';
import { canReveal, discloseInspection } from '../services/disclosure.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import { buildNote } from '../services/notes.js';
import type { Services } from '../services/services.js';
import { buildReplay } from './inspect-upload.js';

const InspectionRef = Type.Ref('Inspection#');

const PatchSchema = Type.Object(
  {
    caseRef: Type.Optional(
      // Not a union: the validator would convert null to an empty text before it tries the null type.
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        maxLength: deskLimits.caseRefCharacters,
        description: 'The newsroom’s own reference for the story; null removes it.',
      }),
    ),
    tags: Type.Optional(
      Type.Array(Type.String({ maxLength: deskLimits.tagCharacters }), {
        maxItems: deskLimits.tags,
        description: 'Tags that replace the existing ones.',
      }),
    ),
    note: Type.Optional(
      Type.String({
        maxLength: deskLimits.noteCharacters,
        description: 'Note that is added to the existing ones.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Registers what people change of a stored inspection: case, tags and notes. */
export function inspectionDeskRoutes(instance: FastifyInstance, services: Services): void {
  const { stores } = services;

  instance.register(async (scope) => {
    registerJsonParser(scope);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    registerOperation(app, 'PATCH /v1/inspections/:id', requireScope('inspect', honoursKey), {
      operationId: 'updateInspection',
      tags: ['inspections'],
      summary: 'Set the case and tags of an inspection, add a note',
      description: 'Absent members stay unchanged. A note can be added but never changed.',
      headers: IfMatchHeadersSchema,
      params: InspectionParamsSchema,
      body: PatchSchema,
      answers: { 200: jsonResponse('The inspection after the change.', InspectionRef, ETAG_HEADER) },
      problems: {
        400: 'A member has a value that cannot be used.',
        404: 'There is no such report, or no longer.',
        ...PRECONDITION_PROBLEM,
        ...NO_JSON,
      },
      handler: async (request, reply) => {
        const { caseRef: word, tags, note } = request.body;
        const { id } = request.params;
        const tenant = tenantOf(request);
        const { made: record } = await runOnce(request, services, {
          id: newInspectionId(),
          content: request.body,
          make: async (noteId) => {
            const changes = {
              ...(word === undefined ? {} : { caseRef: word === null ? null : parseCaseRef(word) }),
              ...changeInfo(request, services),
              ...(tags === undefined ? {} : { tags: parseTags(tags) }),
              ...(note === undefined ? {} : await buildNote(request, services, id, note, noteId)),
            };
            const changed = await stores.inspections.patch(
              tenant,
              id,
              changes,
              inspectionPrecondition(request),
            );
            if (changed === undefined) throw new Problem('inspection-not-found');
            return changed;
          },
          statusOf: () => 200,
          reload: async (noteId, status) => {
            const now = await stores.inspections.get(tenant, id);
            // All changes are written at once. A request without a note is idempotent by itself.
            const isDone = status !== undefined || now?.notes.some((one) => one.id === noteId);
            return isDone ? now : undefined;
          },
        });
        const { report: _, ...head } = record;
        const body = toEnvelope(head);
        return sendPrivate(reply)
          .header('etag', formatEtag(JSON.stringify(body), pickMutableState(head)))
          .send(body);
      },
    });
  });

  instance.register(async (scope) => {
    acceptEmptyBody(scope);
    registerOperation(scope, 'POST /v1/inspections/:id/recheck', requireScope('inspect', honoursKey), {
      operationId: 'recheckInspection',
      tags: ['inspections'],
      summary: 'Repeat an inspection',
      description:
        'Inspects the file again if the operator stores uploads; otherwise uses the stored results: rules and signers are judged against ' +
        'the current rulebooks and trust lists, and integrity stays unchanged. The response is a new inspection whose `changes` list the differences and their causes. If the ' +
        'Report differs, the old inspection names the one that supersedes it, and webhooks are notified.',
      params: InspectionParamsSchema,
      answers: {
        201: jsonResponse('The new inspection, with its Report.', InspectionRef, {
          Location: Type.String({ description: '`/v1/inspections/<id>`' }),
        }),
        202: jsonResponse('Accepted: a worker will repeat the inspection.', InspectionRef, {
          Location: Type.String({ description: '`/v1/inspections/<id>`' }),
        }),
      },
      problems: {
        400: 'The `Idempotency-Key` is invalid, or the URL contains unsupported parameters.',
        404: 'There is no such report, or no longer.',
        409: 'The recheck needs the file, which is not stored; or the first inspection has not finished.',
        500: 'A fault of this server.',
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const record = await stores.inspections.get(tenant, request.params.id);
        if (record === undefined) throw new Problem('inspection-not-found');
        const { made: accepted } = await runOnce(request, services, {
          id: newInspectionId(),
          content: null,
          make: (id) =>
            services.rechecker.recheck(record, {
              id,
              mayReveal: canReveal(request, services),
              by: actorOf(request),
              later: (record.sizeBytes ?? 0) > services.config.syncUploadBytes,
            }),
          ...buildReplay(tenant, services),
        });
        const made =
          accepted.outcome === 'gone' ? undefined : await stores.inspections.get(tenant, accepted.id);
        if (made === undefined) throw new Problem('inspection-not-found');
        return sendPrivate(reply)
          .code(made.status === 'done' ? 201 : 202)
          .header('location', `/v1/inspections/${made.id}`)
          .send(toEnvelope((await discloseInspection(request, services, made)).record));
      },
    });
  });
}
