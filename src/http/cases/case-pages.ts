import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { AUTHOR_TYPES, CASE_ITEM_KINDS, type CaseItem, WRITTEN_KINDS } from '../../storage/cases/cases.js';
import { CASE_BOUNDS } from '../../storage/inspections/case-bounds.js';
import { actorOf, pageRouteOptions, requireScope, tenantOf } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { toProblem } from '../contract/problems/as-problem.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { IdParamsSchema, idParams, type TypeBoxProvider } from '../contract/schemas.js';
import {
  type CasesPageContent,
  type RefusedItem,
  renderCasePage,
  renderCasesPage,
} from '../pages/case-page.js';
import { prepareProblemReply } from '../responses/answer-problem.js';
import { sendPage } from '../responses/send-inspection.js';
import { assertFullAllowed, canSeal, parseSealRequest, sendZip } from '../seals/seal-request.js';
import { canReveal } from '../services/disclosure.js';
import { createPageTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { formFields, registerFormParser } from '../uploads/form-body.js';
import { addItem, changeInfo, mapCaseErrors } from './case-items.js';
import type { NewCaseItemBody } from './case-schemas.js';
import { cleanLine } from './case-text.js';

const PAGE_CASES = 25;
const PAGE_INSPECTIONS = 25;
const PAGE_WRITTEN = 100;

const cursor = Type.Optional(Type.String({ maxLength: 512 }));
const ItemParamsSchema = Type.Object({ ...IdParamsSchema.properties, item: Type.String() });

/** Registers the pages of cases; their forms work without script. */
export function casePageRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    // Percent-encoded, a character may take nine bytes.
    registerFormParser(scope, httpLimits.caseBodyBytes);
    registerReadRoutes(scope, services);
    registerChangeRoutes(scope, services);
  });
}

function registerReadRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { cases } = services.stores;

  app.route({
    method: 'GET',
    url: '/cases',
    config: requireScope('read'),
    schema: {
      hide: true,
      querystring: Type.Object({
        cursor,
        caseRef: Type.Optional(Type.String({ maxLength: CASE_BOUNDS.name })),
      }),
    },
    handler: async (request, reply) => {
      const { cursor, caseRef } = request.query;
      if (caseRef === undefined) return sendList(request, reply, services, { cursor });
      // The link comes from a page that only knows the case reference of an inspection.
      const found = await cases.findByRef(tenantOf(request), cleanLine(caseRef));
      if (found === undefined) throw new Problem('case-not-found');
      return reply
        .header('cache-control', 'no-store')
        .redirect(createPageTranslator(request, reply).linkTo(`/cases/${found.id}`), 303);
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:id',
    config: requireScope('read'),
    schema: { hide: true, params: IdParamsSchema, querystring: Type.Object({ cursor }) },
    handler: async (request, reply) =>
      sendCase(request, reply, services, { id: request.params.id, cursor: request.query.cursor }),
  });
}

async function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  { stores }: Services,
  { cursor, refused }: { cursor?: string | undefined; refused?: CasesPageContent['refused'] },
): Promise<FastifyReply> {
  const page = { limit: PAGE_CASES, ...(cursor === undefined ? {} : { cursor }) };
  const { items, next } = await stores.cases.list(tenantOf(request), page);
  const content: CasesPageContent = {
    ...{ cases: items, paged: cursor !== undefined },
    ...(next === undefined ? {} : { older: `/cases?${new URLSearchParams({ cursor: next })}` }),
    ...(refused === undefined ? {} : { refused }),
  };
  return sendPage(reply, renderCasesPage(content, createPageTranslator(request, reply)));
}

interface Shown {
  id: string;
  cursor?: string | undefined;
  refused?: RefusedItem;
}

async function sendCase(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  { id, cursor, refused }: Shown,
): Promise<FastifyReply> {
  const { cases, inspections } = services.stores;
  const tenant = tenantOf(request);
  const translator = createPageTranslator(request, reply);
  const kept = await cases.get(tenant, id);
  if (kept === undefined) throw new Problem('case-not-found');
  const after = cursor === undefined ? {} : { cursor };
  const [there, written, left] = await Promise.all([
    inspections.list(tenant, { caseRef: kept.caseRef }, { limit: PAGE_INSPECTIONS }),
    cases.items(tenant, id, { limit: PAGE_WRITTEN, ...after, kinds: WRITTEN_KINDS }),
    cases.listFormer(tenant, id, PAGE_WRITTEN),
  ]);
  const named = findMatchIds(written?.items ?? []);
  const ids = [...there.items.map((one) => one.id), ...named];
  const content = {
    ...{ seals: canSeal(request, services), mayFull: canReveal(request, services) },
    ...{ kept, inspections: there.items, left, written: written?.items ?? [], paged: cursor !== undefined },
    pictured: await inspections.withDerivative(tenant, ids, 'preview'),
    there: await inspections.fileNames(tenant, named),
    ...(written?.next === undefined
      ? {}
      : { older: `/cases/${id}?${new URLSearchParams({ cursor: written.next })}` }),
    ...(refused === undefined ? {} : { refused }),
  };
  return sendPage(reply.header('x-robots-tag', 'noindex'), renderCasePage(content, translator));
}

const findMatchIds = (items: readonly CaseItem[]): string[] => [
  ...new Set(
    items.flatMap(({ kind, inspection, other }) =>
      kind === 'match' ? [inspection, other].filter((one) => one !== undefined) : [],
    ),
  ),
];

function registerChangeRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { cases, inspections } = services.stores;
  const config = requireScope('inspect');

  /** Redirects back to the page, which shows the change. */
  const done = (request: FastifyRequest, reply: FastifyReply, to: string, anchor = '') =>
    reply
      .header('cache-control', 'no-store')
      .redirect(`${createPageTranslator(request, reply).linkTo(to)}${anchor}`, 303);

  app.post('/cases', pageRouteOptions('inspect'), async (request, reply) => {
    const tenant = tenantOf(request);
    const name = formFields(request).get('name') ?? '';
    try {
      const made = await mapCaseErrors(cases.create(tenant, cleanLine(name), changeInfo(request, services)));
      return done(request, reply, `/cases/${made.id}`);
    } catch (error) {
      // A person who creates an existing case is redirected to it.
      const there = await cases.findByRef(tenant, cleanLine(name));
      if (error instanceof Problem && error.code === 'case-there' && there !== undefined)
        return done(request, reply, `/cases/${there.id}`);
      if (!isCorrectable(error)) throw error;
      const fault = createPageTranslator(request, reply).translate(error.detail);
      return sendList(request, reply.code(error.status), services, { refused: { name, fault } });
    }
  });

  app.post('/cases/:id/name', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    return mending(request, reply, { id, kind: 'name', values }, async () => {
      const name = cleanLine(values.get('name') ?? '');
      const by = changeInfo(request, services);
      const kept = await mapCaseErrors(cases.patch(tenantOf(request), id, { name }, by));
      if (kept === undefined) throw new Problem('case-not-found');
      return done(request, reply, `/cases/${id}`);
    });
  });

  app.post('/cases/:id/closed', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const closed = formFields(request).get('closed') === 'on';
    const kept = await cases.patch(tenantOf(request), id, { closed }, changeInfo(request, services));
    if (kept === undefined) throw new Problem('case-not-found');
    return done(request, reply, `/cases/${id}`);
  });

  app.post('/cases/:id/delete', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const by = changeInfo(request, services);
    if (!(await cases.delete(tenantOf(request), request.params.id, by))) throw new Problem('case-not-found');
    return done(request, reply, '/cases');
  });

  app.post('/cases/:id/items', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    const kind = CASE_ITEM_KINDS.find((one) => one === values.get('kind')) ?? 'note';
    return mending(request, reply, { id, kind, values }, async () => {
      await addItem(request, id, toItemBody(kind, values), services);
      return done(request, reply, `/cases/${id}`, `#${kind}`);
    });
  });

  app.route({
    method: 'POST',
    url: '/cases/:id/items/:item/remove',
    config,
    schema: { hide: true, params: ItemParamsSchema },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      if (!(await cases.remove(tenantOf(request), id, item, changeInfo(request, services))))
        throw new Problem('case-not-found');
      return done(request, reply, `/cases/${id}`);
    },
  });

  app.post('/cases/:id/seal', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    const { language } = createPageTranslator(request, reply);
    try {
      const ask = parseSealRequest({ kind: values.get('kind') ?? '' }, language);
      assertFullAllowed(ask.kind, request, services);
      const zip = await services.sealing.sealCase(
        { tenant: tenantOf(request), id },
        { ...ask, actor: actorOf(request) },
      );
      if (zip === undefined) throw new Problem('case-not-found');
      return sendZip(reply, zip);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'case-not-found') throw problem;
      prepareProblemReply(problem, request, reply);
      const fault = createPageTranslator(request, reply).translate(problem.detail);
      return sendCase(request, reply, services, { id, refused: { kind: 'seal', values, fault } });
    }
  });

  app.post('/inspections/:id/match', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const tenant = tenantOf(request);
    const { id: inspection } = request.params;
    const record = await inspections.get(tenant, inspection);
    if (record === undefined) throw new Problem('inspection-not-found');
    const kept = record.caseRef === undefined ? undefined : await cases.findByRef(tenant, record.caseRef);
    if (kept === undefined) throw new Problem('case-not-found');
    const match = toMatchRef(formFields(request));
    await addItem(request, kept.id, { kind: 'match', inspection, match }, services);
    return done(request, reply, `/cases/${kept.id}`, '#match');
  });

  /** Renders the page with the refused text in its form, so that nothing has to be typed twice. */
  async function mending(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, kind, values }: Pick<RefusedItem, 'kind' | 'values'> & { id: string },
    work: () => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await work();
    } catch (error) {
      if (!isCorrectable(error)) throw error;
      const fault = createPageTranslator(request, reply).translate(error.detail);
      return sendCase(request, reply.code(error.status), services, { id, refused: { kind, values, fault } });
    }
  }
}

const CORRECTABLE = new Set(['bad-field', 'inspection-not-found', 'case-full']);
const isCorrectable = (error: unknown): error is Problem =>
  error instanceof Problem && CORRECTABLE.has(error.code);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Converts the fields of a form to a body of the API; an empty field is left out. */
function toItemBody(kind: NewCaseItemBody['kind'], values: URLSearchParams): NewCaseItemBody {
  const given = <N extends string>(name: N): { [K in N]?: string } => {
    const value = values.get(name)?.trim() ?? '';
    return (value === '' ? {} : { [name]: value }) as { [K in N]?: string };
  };
  switch (kind) {
    case 'inspection': {
      // Accepts the address of a report's page in place of its id.
      const [inspection = ''] = ID.exec(values.get('inspection') ?? '') ?? [];
      return { kind, inspection };
    }
    case 'link':
      return { kind, ...given('link'), ...given('text') };
    case 'finding': {
      const authorType = AUTHOR_TYPES.find((one) => one === values.get('authorType'));
      return {
        kind,
        finding: {
          ...{ claim: values.get('claim') ?? '', conclusion: values.get('conclusion') ?? '' },
          ...given('rating'),
          ...given('url'),
          ...given('published'),
          ...given('author'),
          ...(authorType === undefined ? {} : { authorType }),
          ...given('claimant'),
          ...given('appearance'),
        },
      };
    }
    default:
      return { kind: 'note', text: values.get('text') ?? '' };
  }
}

const MATCH_FIELDS = ['inspection', 'collection', 'item', 'scan', 'path', 'pathBytes'] as const;

function toMatchRef(values: URLSearchParams): NonNullable<NewCaseItemBody['match']> {
  const given = MATCH_FIELDS.flatMap((name) => {
    const value = values.get(name);
    return value === null ? [] : [[name, value]];
  });
  if (given.length === 0) throw badField('match', message('problem.field.nothing'));
  return Object.fromEntries(given);
}
