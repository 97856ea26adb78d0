import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { isDay } from '../../base/day.js';
import { message } from '../../i18n/message.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import type { Rejudgement, RejudgementOptions } from '../../storage/law/rejudgements.js';
import { requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { registerOperation } from '../contract/operation.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { linkNextPage, NEXT, NEXT_LINK, PageProperties, parsePage } from '../contract/queries/paging.js';
import { BAD_QUERY, IdParamsSchema, jsonResponse, NO_JSON } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import { parseTime } from '../services/options/list-query.js';
import type { Services } from '../services/services.js';
import {
  buildRejudgementEnvelope,
  NewRejudgementSchema,
  type RejudgementBody,
} from './rejudgement-schemas.js';

const RejudgementRef = Type.Ref('Rejudgement#');
const NotFound = { 404: 'There is no such report, or no longer.' };
const tags = ['rulebooks'];

/** Registers rejudgements, which judge stored Reports under the law in force. */
export function rejudgementRoutes(app: FastifyInstance, services: Services): void {
  const { rejudgements } = services.stores;

  app.register(async (scope) => {
    registerJsonParser(scope);
    registerOperation(scope, 'POST /v1/law/rejudgements', requireScope('inspect', honoursKey), {
      operationId: 'createRejudgement',
      tags,
      summary: 'Evaluate stored Reports under the law in force',
      description:
        'A worker evaluates the signals of the stored Reports. At the end webhooks are notified (`law.rejudged`).',
      querystring: Type.Object({ ...LanguageSchema.properties }, { additionalProperties: false }),
      body: NewRejudgementSchema,
      answers: { 202: jsonResponse('Accepted.', RejudgementRef, { Location: Type.String() }) },
      problems: {
        400: 'A member has a value that cannot be used.',
        409: 'A re-judgement is already in progress.',
        ...NO_JSON,
      },

      // All members are optional, so the body may be missing.
      preValidation: async (request) => {
        request.body ??= {};
      },
      handler: async (request, reply) => {
        const tenant = tenantOf(request);
        const ask = parseRejudgement(request.body, services.today());
        const { made } = await runOnce(request, services, {
          id: newInspectionId(),
          content: request.body,
          make: async (id) => {
            const createdAt = new Date().toISOString();
            const isMade = await rejudgements.create({
              id,
              tenant,
              createdAt,
              ask,
              ...reportExpiry(services.config),
            });
            if (!isMade) throw new Problem('rejudgement-under-way');
            services.wakeRejudger();
            return id;
          },
          statusOf: () => 202,
          reload: async (id) => (await rejudgements.get(tenant, id))?.id,
        });
        const rejudgement = await rejudgements.get(tenant, made);
        // It was deleted at once.
        if (rejudgement === undefined) throw new Problem('idempotency-gone');
        return sendPrivate(reply)
          .code(202)
          .header('location', `/v1/law/rejudgements/${made}`)
          .send(buildRejudgementEnvelope(rejudgement, requestedTranslator(request)));
      },
    });
  });

  registerOperation(app, 'GET /v1/law/rejudgements', requireScope('read'), {
    operationId: 'listRejudgements',
    tags,
    summary: 'List re-judgements',
    description: 'Re-judgements are sorted newest first and listed without their changes.',
    querystring: Type.Object(
      { ...PageProperties, ...LanguageSchema.properties },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse(
        'One page.',
        Type.Object({ rejudgements: Type.Array(RejudgementRef), ...NEXT }),
        NEXT_LINK,
      ),
    },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const translator = requestedTranslator(request);
      const { items, next } = await rejudgements.list(tenantOf(request), parsePage(request.query));
      return sendPrivate(reply).send({
        rejudgements: items.map((one) => buildRejudgementEnvelope(one, translator)),
        ...linkNextPage(request, reply, next),
      });
    },
  });

  registerOperation(app, 'GET /v1/law/rejudgements/:id', requireScope('read'), {
    operationId: 'getRejudgement',
    tags,
    summary: 'Read the status and changes of a re-judgement',
    description:
      'Changes are sorted by the age of their Report; while the re-judgement runs, the list contains those found so far.',
    params: IdParamsSchema,
    querystring: Type.Object(
      {
        ...PageProperties,
        new: Type.Optional(Type.Boolean({ description: '`true`: only changes of the kind `new`.' })),
        ...LanguageSchema.properties,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse('The re-judgement with its current status.', RejudgementRef, {
        ...ETAG_HEADER,
        ...NEXT_LINK,
      }),
    },
    problems: { ...NotFound, ...BAD_QUERY },
    handler: async (request, reply) => {
      const rejudgement = await rejudgements.get(tenantOf(request), request.params.id);
      if (rejudgement === undefined) throw new Problem('rejudgement-not-found');
      const { new: onlyNew = false } = request.query;
      const page = { ...parsePage(request.query), onlyNew };
      const { items, next } = await rejudgements.changes(tenantOf(request), rejudgement.id, page);
      const body = {
        ...buildRejudgementEnvelope(rejudgement, requestedTranslator(request)),
        changes: items,
        ...linkNextPage(request, reply, next),
      };
      return sendWithState(sendPrivate(reply), body, stateOfRejudgement(rejudgement));
    },
  });

  registerOperation(app, 'DELETE /v1/law/rejudgements/:id', requireScope('inspect'), {
    operationId: 'deleteRejudgement',
    tags,
    summary: 'Delete a re-judgement and its list of changes',
    description: 'A running re-judgement is aborted. Reports stay, including new ones.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    answers: { 204: { description: 'The re-judgement is deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const holds = buildPrecondition(request, stateOfRejudgement);
      if (!(await rejudgements.delete(tenantOf(request), request.params.id, holds)))
        throw new Problem('rejudgement-not-found');
      return reply.code(204).send();
    },
  });
}

/** The state excludes its progress, but includes that it has ended. */
const stateOfRejudgement = ({ id, status, ask }: Rejudgement) => ({ id, status, ask });

function parseRejudgement(
  { asOf, since, until, apply = false }: RejudgementBody,
  today: string,
): RejudgementOptions {
  if (asOf !== undefined && !isDay(asOf)) throw badField('asOf', message('problem.field.day'));
  return {
    asOf: asOf ?? today,
    asOfSource: asOf === undefined ? 'today' : 'requested',
    ...(since === undefined ? {} : { since: parseTime('since', since) }),
    ...(until === undefined ? {} : { until: parseTime('until', until) }),
    ...(apply ? { apply: true } : {}),
  };
}
