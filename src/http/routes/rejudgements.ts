import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { isDay } from '../../core/ground/day.js';
import { said } from '../../say/said.js';
import { newInspectionId } from '../../store/inspection-id.js';
import type { Rejudgement, RejudgementAsk } from '../../store/rejudgements.js';
import { expiryOf } from '../../worker/expiry.js';
import { requireScope, tenantOf } from '../access.js';
import { readsJson } from '../json-body.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import { time } from '../list-query.js';
import { honoursKey, once } from '../once.js';
import { NEXT, NEXT_LINK, nextPage, PageProperties, pageIn } from '../paging.js';
import { badField, Problem } from '../problem.js';
import { NewRejudgementSchema, type RejudgementBody, rejudgementEnvelope } from '../rejudgement-schemas.js';
import {
  BAD_QUERY,
  IdParamsSchema,
  jsonAnswer,
  NO_JSON,
  problemAnswers,
  type TypeBoxProvider,
} from '../schemas.js';
import { sendPrivate } from '../send-inspection.js';
import type { Services } from '../services.js';
import {
  ETAG_HEADER,
  IfMatchHeadersSchema,
  ifMatchOf,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../state-tag.js';

const RejudgementRef = Type.Ref('Rejudgement#');
const NotFound = { 404: 'There is no such report, or no longer.' };
const tags = ['rulebooks'];

/** Kept Reports asked again what the law in force says of them. */
export function rejudgementRoutes(instance: FastifyInstance, services: Services): void {
  const { rejudgements } = services.stores;
  const app = instance.withTypeProvider<TypeBoxProvider>();

  instance.register(async (scope) => {
    readsJson(scope);
    scope.withTypeProvider<TypeBoxProvider>().route({
      method: 'POST',
      url: '/v1/law/rejudgements',
      config: { ...requireScope('inspect'), ...honoursKey },
      schema: {
        operationId: 'createRejudgement',
        tags,
        summary: 'Ask kept Reports again under the law in force',
        description:
          'A worker does it, from their own signals. At the end webhooks are told (`law.rejudged`).',
        querystring: Type.Object({ ...LanguageSchema.properties }, { additionalProperties: false }),
        body: NewRejudgementSchema,
        response: {
          202: jsonAnswer('Accepted.', RejudgementRef, { Location: Type.String() }),
          ...problemAnswers({
            400: 'A member has a value that cannot be used.',
            409: 'One is under way.',
            ...NO_JSON,
          }),
        },
      },
      // Who asks for nothing in particular need not send anything.
      preValidation: async (request) => {
        request.body ??= {};
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const ask = askIn(request.body, services.today());
        const { made } = await once(request, services, {
          id: newInspectionId(),
          of: request.body,
          make: async (id) => {
            const createdAt = new Date().toISOString();
            const isMade = await rejudgements.create({
              id,
              tenant,
              createdAt,
              ask,
              ...expiryOf(services.config),
            });
            if (!isMade) throw new Problem('rejudgement-under-way');
            services.wakeRejudger();
            return id;
          },
          statusOf: () => 202,
          again: async (id) => (await rejudgements.get(tenant, id))?.id,
        });
        const rejudgement = await rejudgements.get(tenant, made);
        // Deleted at once.
        if (rejudgement === undefined) throw new Problem('idempotency-gone');
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/law/rejudgements/${made}`)
          .send(rejudgementEnvelope(rejudgement, askedSpeech(request)));
      },
    });
  });

  app.route({
    method: 'GET',
    url: '/v1/law/rejudgements',
    config: requireScope('read'),
    schema: {
      operationId: 'listRejudgements',
      tags,
      summary: 'List re-judgements',
      description: 'Newest first, without what changed.',
      querystring: Type.Object(
        { ...PageProperties, ...LanguageSchema.properties },
        { additionalProperties: false },
      ),
      response: {
        200: jsonAnswer(
          'One page.',
          Type.Object({ rejudgements: Type.Array(RejudgementRef), ...NEXT }),
          NEXT_LINK,
        ),
        ...problemAnswers(BAD_QUERY),
      },
    },
    handler: async (request, reply) => {
      const speech = askedSpeech(request);
      const { items, next } = await rejudgements.list(tenantOf(request), pageIn(request.query));
      return sendPrivate(reply).send({
        rejudgements: items.map((one) => rejudgementEnvelope(one, speech)),
        ...nextPage(request, reply, next),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/law/rejudgements/:id',
    config: requireScope('read'),
    schema: {
      operationId: 'getRejudgement',
      tags,
      summary: 'Read where a re-judgement stands, and what changed',
      description: 'Changes by the age of their Report; while it runs, those so far.',
      params: IdParamsSchema,
      querystring: Type.Object(
        {
          ...PageProperties,
          new: Type.Optional(Type.Boolean({ description: 'New findings alone.' })),
          ...LanguageSchema.properties,
        },
        { additionalProperties: false },
      ),
      response: {
        200: jsonAnswer('As it stands.', RejudgementRef, { ...ETAG_HEADER, ...NEXT_LINK }),
        ...problemAnswers({ ...NotFound, ...BAD_QUERY }),
      },
    },
    handler: async (request, reply) => {
      const rejudgement = await rejudgements.get(tenantOf(request), request.params.id);
      if (rejudgement === undefined) throw new Problem('rejudgement-not-found');
      const { new: onlyNew = false } = request.query;
      const page = { ...pageIn(request.query), onlyNew };
      const { items, next } = await rejudgements.changes(tenantOf(request), rejudgement.id, page);
      const body = {
        ...rejudgementEnvelope(rejudgement, askedSpeech(request)),
        changes: items,
        ...nextPage(request, reply, next),
      };
      return sendWithState(sendPrivate(reply), body, stateOfRejudgement(rejudgement));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/law/rejudgements/:id',
    config: requireScope('inspect'),
    schema: {
      operationId: 'deleteRejudgement',
      tags,
      summary: 'Delete a re-judgement with its list',
      description: 'One that runs is broken off. Reports stay, new ones too.',
      headers: IfMatchHeadersSchema,
      params: IdParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const holds = ifMatchOf(request, stateOfRejudgement);
      if (!(await rejudgements.delete(tenantOf(request), request.params.id, holds)))
        throw new Problem('rejudgement-not-found');
      return reply.code(204).send();
    },
  });
}

/** How far it has come is no change of it; that it has ended is. */
const stateOfRejudgement = ({ id, status, ask }: Rejudgement) => ({ id, status, ask });

function askIn({ asOf, since, until, apply = false }: RejudgementBody, today: string): RejudgementAsk {
  if (asOf !== undefined && !isDay(asOf)) throw badField('asOf', said('problem.field.day'));
  return {
    asOf: asOf ?? today,
    asOfBecause: asOf === undefined ? 'today' : 'asked',
    ...(since === undefined ? {} : { since: time('since', since) }),
    ...(until === undefined ? {} : { until: time('until', until) }),
    ...(apply ? { apply: true } : {}),
  };
}
