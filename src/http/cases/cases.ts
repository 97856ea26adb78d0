import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { toCaseView } from '../../service/cases/case-view.js';
import { buildClaimReviews } from '../../service/cases/claim-review.js';
import { CASE_ITEM_KINDS, type CaseItem, type StoredCase } from '../../storage/cases/cases.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { CASE_BOUNDS } from '../../storage/inspections/case-bounds.js';
import { actorOf, requireScope, tenantOf } from '../contract/access.js';
import { registerJsonParser } from '../contract/json-body.js';
import { httpLimits } from '../contract/limits.js';
import { registerOperation } from '../contract/operation.js';
import { Problem } from '../contract/problems/problem.js';
import {
  DEFAULT_PAGE_SIZE,
  linkNextPage,
  NEXT_LINK,
  PageProperties,
  parsePage,
} from '../contract/queries/paging.js';
import { BAD_BODY, BAD_QUERY, IdParamsSchema, jsonResponse } from '../contract/schemas.js';
import {
  buildPrecondition,
  ETAG_HEADER,
  IfMatchHeadersSchema,
  PRECONDITION_PROBLEM,
  sendWithState,
} from '../contract/state-tag.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { SealSchema } from '../seals/seal.js';
import { assertFullAllowed, parseSealRequest, sendZip } from '../seals/seal-request.js';
import { honoursKey, runOnce } from '../services/idempotency.js';
import { LanguageSchema, requestedLanguage, requestedTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { addItem, changeInfo, mapCaseErrors, toTaggedItemView } from './case-items.js';
import {
  CaseChangesSchema,
  CaseItemSchema,
  CaseSchema,
  CasesPageSchema,
  CaseWithItemsSchema,
  ClaimReviewsSchema,
  NewCaseItemSchema,
  NewCaseSchema,
} from './case-schemas.js';
import { cleanLine } from './case-text.js';

const tags = ['cases'];
const NotFound = { 404: 'There is no such case or item, or no longer.' };
const ItemParamsSchema = Type.Object({ ...IdParamsSchema.properties, item: Type.String() });

/** Registers cases: inspections, and what people wrote about them, attributed to them. */
export function caseRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    registerJsonParser(scope, httpLimits.caseBodyBytes);
    registerCaseRoutes(scope, services);
    registerItemRoutes(scope, services);
  });
}

function registerCaseRoutes(app: FastifyInstance, services: Services): void {
  const { stores } = services;

  registerOperation(app, 'POST /v1/cases', requireScope('inspect', honoursKey), {
    operationId: 'createCase',
    tags,
    summary: 'Create a case',
    description: 'An inspection with a `caseRef` that no case has yet also creates a case.',
    body: NewCaseSchema,
    answers: {
      201: jsonResponse('The case, empty.', CaseSchema, {
        Location: Type.String({ description: '`/v1/cases/<id>`' }),
      }),
    },
    problems: {
      ...BAD_BODY,
      409: 'A case with that `caseRef` exists already, or the maximum number of cases is reached.',
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const name = cleanLine(request.body.name);
      const { made } = await runOnce(request, services, {
        ...{ id: newInspectionId(), content: request.body },
        make: (id) => mapCaseErrors(stores.cases.create(tenant, name, changeInfo(request, services), id)),
        statusOf: () => 201,
        reload: (id) => stores.cases.get(tenant, id),
      });
      return sendPrivate(reply).code(201).header('location', `/v1/cases/${made.id}`).send(toCaseView(made));
    },
  });

  registerOperation(app, 'GET /v1/cases', requireScope('read'), {
    operationId: 'listCases',
    tags,
    summary: 'List cases',
    description: 'Cases are sorted newest first, including those created by a `caseRef`.',
    querystring: Type.Object(
      {
        ...PageProperties,
        open: Type.Optional(
          Type.Boolean({ description: '`true`: only open cases; `false`: only closed cases.' }),
        ),
        caseRef: Type.Optional(
          Type.String({ maxLength: CASE_BOUNDS.name, description: 'Only the case with this `caseRef`.' }),
        ),
      },
      { additionalProperties: false },
    ),
    answers: { 200: jsonResponse('One page, the newest first.', CasesPageSchema, NEXT_LINK) },
    problems: BAD_QUERY,
    handler: async (request, reply) => {
      const { limit = DEFAULT_PAGE_SIZE, caseRef, ...rest } = request.query;
      const tenant = tenantOf(request);
      if (caseRef !== undefined) {
        const one = await stores.cases.findByRef(tenant, cleanLine(caseRef));
        return sendPrivate(reply).send({ cases: one === undefined ? [] : [toCaseView(one)] });
      }
      const page = await stores.cases.list(tenant, { limit, ...rest });
      return sendPrivate(reply).send({
        cases: page.items.map(toCaseView),
        ...linkNextPage(request, reply, page.next),
      });
    },
  });

  registerOperation(app, 'GET /v1/cases/:id', requireScope('read'), {
    operationId: 'getCase',
    tags,
    summary: 'Read a case',
    description:
      'Name and item counts of the case, with one page of its items. A change accepts the `ETag` of this response in `If-Match`; each item has its own `etag`.',
    params: IdParamsSchema,
    querystring: Type.Object(
      {
        ...PageProperties,
        kind: Type.Optional(Type.Enum([...CASE_ITEM_KINDS], { description: 'Only items of this kind.' })),
        ...LanguageSchema.properties,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: jsonResponse('The case, with one page of its items.', CaseWithItemsSchema, {
        ...ETAG_HEADER,
        ...NEXT_LINK,
      }),
    },
    problems: { ...BAD_QUERY, ...NotFound },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      const { kind } = request.query;
      const translator = requestedTranslator(request);
      const [kept, page] = await Promise.all([
        stores.cases.get(tenant, id),
        stores.cases.items(tenant, id, {
          ...parsePage(request.query),
          ...(kind === undefined ? {} : { kinds: [kind] }),
        }),
      ]);
      if (kept === undefined || page === undefined) throw new Problem('case-not-found');
      const body = {
        ...toCaseView(kept),
        items: page.items.map((item) => toTaggedItemView(item, translator)),
        ...linkNextPage(request, reply, page.next),
      };
      return sendWithState(sendPrivate(reply), body, stateOfCase(kept));
    },
  });

  registerOperation(app, 'PATCH /v1/cases/:id', requireScope('inspect'), {
    operationId: 'updateCase',
    tags,
    summary: 'Rename, close or reopen a case',
    description: 'The `caseRef` stays, so that programs that send it still find the case.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    body: CaseChangesSchema,
    answers: { 200: jsonResponse('The case after the change.', CaseSchema, ETAG_HEADER) },
    problems: { ...BAD_BODY, ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { name, closed } = request.body;
      const patch = {
        ...(name === undefined ? {} : { name: cleanLine(name) }),
        ...(closed === undefined ? {} : { closed }),
      };
      const by = changeInfo(request, services);
      const kept = await mapCaseErrors(
        stores.cases.patch(tenantOf(request), id, patch, by, buildPrecondition(request, stateOfCase)),
      );
      if (kept === undefined) throw new Problem('case-not-found');
      return sendWithState(sendPrivate(reply), toCaseView(kept), stateOfCase(kept));
    },
  });

  registerOperation(app, 'DELETE /v1/cases/:id', requireScope('inspect'), {
    operationId: 'deleteCase',
    tags,
    summary: 'Delete a case with its notes and other items',
    description: 'The inspections of the case stay, without a `caseRef`.',
    headers: IfMatchHeadersSchema,
    params: IdParamsSchema,
    answers: { 204: { description: 'The case is deleted.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id } = request.params;
      const by = changeInfo(request, services);
      if (!(await stores.cases.delete(tenantOf(request), id, by, buildPrecondition(request, stateOfCase))))
        throw new Problem('case-not-found');
      return reply.code(204).send();
    },
  });
}

function registerItemRoutes(app: FastifyInstance, services: Services): void {
  const { stores } = services;

  registerOperation(app, 'POST /v1/cases/:id/items', requireScope('inspect', honoursKey), {
    operationId: 'addCaseItem',
    tags,
    summary: 'Add an item to a case',
    description: 'An inspection belongs to one case at a time: adding it removes it from its previous case.',
    params: IdParamsSchema,
    querystring: Type.Object({ ...LanguageSchema.properties }, { additionalProperties: false }),
    body: NewCaseItemSchema,
    answers: { 201: jsonResponse('The item as it was added.', CaseItemSchema) },
    problems: {
      ...BAD_BODY,
      404: 'There is no such case or inspection.',
      409: 'The case is full; or matches are switched off, or not available yet.',
      503: 'The search cannot be done just now.',
    },
    handler: async (request, reply) => {
      const item = await addItem(request, request.params.id, request.body, services);
      return sendPrivate(reply)
        .code(201)
        .send(toTaggedItemView(item, requestedTranslator(request)));
    },
  });

  registerOperation(app, 'DELETE /v1/cases/:id/items/:item', requireScope('inspect'), {
    operationId: 'removeCaseItem',
    tags,
    summary: 'Remove an item from a case',
    description: 'The case keeps a record of who removed the item and when, without its content.',
    headers: IfMatchHeadersSchema,
    params: ItemParamsSchema,
    answers: { 204: { description: 'The item is removed.', type: 'null' } },
    problems: { ...NotFound, ...PRECONDITION_PROBLEM },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      const by = changeInfo(request, services);
      const holds = buildPrecondition(request, (one: CaseItem) => one);
      if (!(await stores.cases.remove(tenantOf(request), id, item, by, holds)))
        throw new Problem('case-not-found');
      return reply.code(204).send();
    },
  });

  registerOperation(app, 'GET /v1/cases/:id/claim-review', requireScope('read'), {
    operationId: 'getCaseClaimReview',
    tags,
    summary: 'Findings by people as ClaimReview (schema.org)',
    description: 'Contains only what people wrote, attributed to them; Assay adds no rating.',
    params: IdParamsSchema,
    querystring: Type.Object({ ...LanguageSchema.properties }, { additionalProperties: false }),
    answers: {
      200: {
        description: 'The newest first.',
        content: { 'application/ld+json': { schema: ClaimReviewsSchema } },
      },
    },
    problems: { ...BAD_QUERY, ...NotFound },
    handler: async (request, reply) => {
      const findings = await readAllFindings(stores.cases, tenantOf(request), request.params.id);
      const body = buildClaimReviews(findings, { speech: requestedTranslator(request), persons: true });
      return sendPrivate(reply).type('application/ld+json').send(JSON.stringify(body));
    },
  });

  registerOperation(app, 'POST /v1/cases/:id/seal', requireScope('inspect'), {
    operationId: 'sealCase',
    tags,
    summary: 'Seal a case as one bundle',
    description:
      'Works like sealing an inspection: the bundle has a folder for each inspection, with the texts people wrote. `full` contains the files that are still stored.',
    params: IdParamsSchema,
    querystring: Type.Object({ ...LanguageSchema.properties }, { additionalProperties: false }),
    body: SealSchema,
    answers: {
      200: {
        description: 'The bundle.',
        content: { 'application/zip': { schema: Type.String({ format: 'binary' }) } },
      },
    },
    problems: {
      ...BAD_BODY,
      ...NotFound,
      403: 'The key lacks a scope.',
      409: 'The server has no sealing key (`seal-off`), or the case has too many inspections (`case-too-large`).',
      500: 'The sealing key cannot be used, or the pages could not be printed.',
      502: 'The timestamp authority gave no valid response.',
      503: 'Too many bundles are being made.',
    },
    handler: async (request, reply) => {
      const ask = parseSealRequest(request.body, requestedLanguage(request) ?? 'en');
      assertFullAllowed(ask.kind, request, services);
      const zip = await services.sealing.sealCase(
        { tenant: tenantOf(request), id: request.params.id },
        { ...ask, actor: actorOf(request) },
      );
      if (zip === undefined) throw new Problem('case-not-found');
      return sendZip(reply, zip);
    },
  });
}

/** Reads all findings at once: a case holds a bounded number. */
async function readAllFindings(
  cases: Services['stores']['cases'],
  tenant: string,
  id: string,
): Promise<CaseItem[]> {
  const page = await cases.items(tenant, id, { limit: CASE_BOUNDS.rows, kinds: ['finding'] });
  if (page === undefined) throw new Problem('case-not-found');
  return page.items;
}

/** State of a case that people can change. */
const stateOfCase = ({ name, closedAt }: StoredCase) => ({ name, closedAt });
