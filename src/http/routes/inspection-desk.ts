import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { newInspectionId } from '../../store/inspection-id.js';
import { actorOf, requireScope, tenantOf } from '../access.js';
import { changedBy } from '../case-items.js';
import { caseRef, deskLimits, tagList } from '../desk-words.js';
import { acceptedBefore } from '../inspect-upload.js';
import { envelope } from '../inspection-envelope.js';
import { inspectionIfMatch, inspectionState } from '../inspection-state.js';
import { readsJson, takesNoBody } from '../json-body.js';
import { newNote } from '../notes.js';
import { honoursKey, once } from '../once.js';
import { Problem } from '../problem.js';
import { recheck } from '../recheck.js';
import {
  InspectionParamsSchema,
  jsonAnswer,
  NO_JSON,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import { sendPrivate } from '../send-inspection.js';
import type { Services } from '../services.js';
import { mayReveal, shownTo } from '../shown.js';
import { ETAG_HEADER, IfMatchHeadersSchema, PRECONDITION_PROBLEM, taggedOf } from '../state-tag.js';

const InspectionRef = Type.Ref('Inspection#');

const PatchSchema = Type.Object(
  {
    caseRef: Type.Optional(
      // Not a union: there the validator would turn null into an empty text before it asks whether null is meant.
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        maxLength: deskLimits.caseRefCharacters,
        description: 'The desk’s own word for the story; null takes it away.',
      }),
    ),
    tags: Type.Optional(
      Type.Array(Type.String({ maxLength: deskLimits.tagCharacters }), {
        maxItems: deskLimits.tags,
        description: 'In place of those there are.',
      }),
    ),
    note: Type.Optional(
      Type.String({ maxLength: deskLimits.noteCharacters, description: 'Added to those there are.' }),
    ),
  },
  { additionalProperties: false },
);

/** What a desk does with a kept inspection. */
export function inspectionDeskRoutes(instance: FastifyInstance, services: Services): void {
  const { stores } = services;

  instance.register(async (scope) => {
    readsJson(scope);
    const app = scope.withTypeProvider<TypeBoxProvider>();

    app.route({
      method: 'PATCH',
      url: '/v1/inspections/:id',
      config: { ...requireScope('inspect'), ...honoursKey },
      schema: {
        operationId: 'updateInspection',
        tags: ['inspections'],
        summary: 'Set the case and tags of an inspection, add a note',
        description: 'Members that are left out stay as they are. A note is added and never changed.',
        headers: IfMatchHeadersSchema,
        params: InspectionParamsSchema,
        body: PatchSchema,
        response: {
          200: jsonAnswer('As it is now.', InspectionRef, ETAG_HEADER),
          ...problemAnswers({
            400: 'A member has a value that cannot be used.',
            404: 'There is no such report, or no longer.',
            ...PRECONDITION_PROBLEM,
            ...NO_JSON,
          }),
        },
      },
      handler: async (request, reply) => {
        const { caseRef: word, tags, note } = request.body;
        const { id } = request.params;
        const tenant = tenantOf(request);
        const { made: record } = await once(request, services, {
          id: newInspectionId(),
          of: request.body,
          make: async (noteId) => {
            const changes = {
              ...(word === undefined ? {} : { caseRef: word === null ? null : caseRef(word) }),
              ...changedBy(request, services),
              ...(tags === undefined ? {} : { tags: tagList(tags) }),
              ...(note === undefined ? {} : await newNote(request, services, id, note, noteId)),
            };
            const changed = await stores.inspections.patch(tenant, id, changes, inspectionIfMatch(request));
            if (changed === undefined) throw new Problem('inspection-not-found');
            return changed;
          },
          statusOf: () => 200,
          again: async (noteId, status) => {
            const now = await stores.inspections.get(tenant, id);
            // All of it was changed at once. Without a note it is the same whether it is done once or twice.
            const isDone = status !== undefined || now?.notes.some((one) => one.id === noteId);
            return isDone ? now : undefined;
          },
        });
        const { report: _, ...head } = record;
        const body = envelope(head);
        return sendPrivate(reply)
          .header('etag', taggedOf(JSON.stringify(body), inspectionState(head)))
          .send(body);
      },
    });
  });

  instance.register(async (scope) => {
    takesNoBody(scope);
    scope.withTypeProvider<TypeBoxProvider>().route({
      method: 'POST',
      url: '/v1/inspections/:id/recheck',
      config: { ...requireScope('inspect'), ...honoursKey },
      schema: {
        operationId: 'recheckInspection',
        tags: ['inspections'],
        summary: 'Ask the same again',
        description:
          'Of the file where the operator keeps uploads; else of what is kept of it: rules and signers are judged against ' +
          'rulebooks and trust lists of now, integrity stays as it was found. The answer is a new inspection whose `changes` say what is another one and why. Where the ' +
          'Report is another one, the old inspection says which took its place, and webhooks are told.',
        params: InspectionParamsSchema,
        response: {
          201: jsonAnswer('The new inspection, with its Report.', InspectionRef, {
            Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          }),
          202: jsonAnswer('Accepted: a worker will do it.', InspectionRef, {
            Location: Type.String({ description: '`/v1/inspections/<id>`' }),
          }),
          ...problemAnswers({
            400: 'The `Idempotency-Key` cannot be used, or the address asks another question.',
            404: 'There is no such report, or no longer.',
            409: 'It takes the file, which was not kept; or the first answer is not there yet.',
            500: 'A fault of this server.',
          }),
        },
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const record = await stores.inspections.get(tenant, request.params.id);
        if (record === undefined) throw new Problem('inspection-not-found');
        const { made: accepted } = await once(request, services, {
          id: newInspectionId(),
          of: null,
          make: (id) =>
            recheck(record, services, { id, mayReveal: mayReveal(request, services), by: actorOf(request) }),
          ...acceptedBefore(tenant, services),
        });
        const made =
          accepted.outcome === 'gone' ? undefined : await stores.inspections.get(tenant, accepted.id);
        if (made === undefined) throw new Problem('inspection-not-found');
        return sendPrivate(reply)
          .code(made.status === 'done' ? 201 : 202)
          .header('location', `/v1/inspections/${made.id}`)
          .send(envelope((await shownTo(request, services, made)).record));
      },
    });
  });
}
