import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { said } from '../../say/said.js';
import {
  AUTHOR_TYPES,
  CASE_BOUNDS,
  CASE_ITEM_KINDS,
  type CaseItem,
  WRITTEN_KINDS,
} from '../../store/cases.js';
import { actorOf, ofPage, requireScope, tenantOf } from '../access.js';
import { beginProblem } from '../answer-problem.js';
import { asProblem } from '../as-problem.js';
import { addItem, changedBy, toldCase } from '../case-items.js';
import type { NewCaseItemBody } from '../case-schemas.js';
import { oneLine } from '../case-words.js';
import { type CasesContent, casePage, casesPage, type RefusedItem } from '../form/case-page.js';
import { formFields, readsForms } from '../form-body.js';
import { pageLanguage } from '../language.js';
import { httpLimits } from '../limits.js';
import { badField, Problem } from '../problem.js';
import { IdParamsSchema, ofOne, type TypeBoxProvider } from '../schemas.js';
import { maySeal, refuseFull, sealAsk, sendZip } from '../seal-asked.js';
import { sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { mayReveal } from '../shown.js';

const PAGE_CASES = 25;
const PAGE_INSPECTIONS = 25;
const PAGE_WRITTEN = 100;

const cursor = Type.Optional(Type.String({ maxLength: 512 }));
const ItemParamsSchema = Type.Object({ ...IdParamsSchema.properties, item: Type.String() });

/** Cases as pages; what is written there is sent by forms without script. */
export function casePageRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    // Percent-encoded, a character may take nine bytes.
    readsForms(scope, httpLimits.caseBodyBytes);
    reading(scope, services);
    changing(scope, services);
  });
}

function reading(instance: FastifyInstance, services: Services): void {
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
      // From a page that knows what inspections call it.
      const found = await cases.called(tenantOf(request), oneLine(caseRef));
      if (found === undefined) throw new Problem('case-not-found');
      return reply
        .header('cache-control', 'no-store')
        .redirect(pageLanguage(request, reply).to(`/cases/${found.id}`), 303);
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
  { cursor, refused }: { cursor?: string | undefined; refused?: CasesContent['refused'] },
): Promise<FastifyReply> {
  const page = { limit: PAGE_CASES, ...(cursor === undefined ? {} : { cursor }) };
  const { items, next } = await stores.cases.list(tenantOf(request), page);
  const content: CasesContent = {
    ...{ cases: items, paged: cursor !== undefined },
    ...(next === undefined ? {} : { older: `/cases?${new URLSearchParams({ cursor: next })}` }),
    ...(refused === undefined ? {} : { refused }),
  };
  return sendPage(reply, casesPage(content, pageLanguage(request, reply)));
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
  const speaks = pageLanguage(request, reply);
  const kept = await cases.get(tenant, id);
  if (kept === undefined) throw new Problem('case-not-found');
  const after = cursor === undefined ? {} : { cursor };
  const [there, written, left] = await Promise.all([
    inspections.list(tenant, { caseRef: kept.caseRef }, { limit: PAGE_INSPECTIONS }),
    cases.items(tenant, id, { limit: PAGE_WRITTEN, ...after, kinds: WRITTEN_KINDS }),
    cases.left(tenant, id, PAGE_WRITTEN),
  ]);
  const named = namedIn(written?.items ?? []);
  const ids = [...there.items.map((one) => one.id), ...named];
  const content = {
    ...{ seals: maySeal(request, services), mayFull: mayReveal(request, services) },
    ...{ kept, inspections: there.items, left, written: written?.items ?? [], paged: cursor !== undefined },
    pictured: await inspections.having(tenant, ids, 'preview'),
    there: await inspections.names(tenant, named),
    ...(written?.next === undefined
      ? {}
      : { older: `/cases/${id}?${new URLSearchParams({ cursor: written.next })}` }),
    ...(refused === undefined ? {} : { refused }),
  };
  return sendPage(reply.header('x-robots-tag', 'noindex'), casePage(content, speaks));
}

const namedIn = (items: readonly CaseItem[]): string[] => [
  ...new Set(
    items.flatMap(({ kind, inspection, other }) =>
      kind === 'match' ? [inspection, other].filter((one) => one !== undefined) : [],
    ),
  ),
];

function changing(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { cases, inspections } = services.stores;
  const config = requireScope('inspect');

  /** Back to the page, where what was done stands. */
  const done = (request: FastifyRequest, reply: FastifyReply, to: string, anchor = '') =>
    reply
      .header('cache-control', 'no-store')
      .redirect(`${pageLanguage(request, reply).to(to)}${anchor}`, 303);

  app.post('/cases', ofPage('inspect'), async (request, reply) => {
    const tenant = tenantOf(request);
    const name = formFields(request).get('name') ?? '';
    try {
      const made = await toldCase(cases.create(tenant, oneLine(name), changedBy(request, services)));
      return done(request, reply, `/cases/${made.id}`);
    } catch (error) {
      // Whoever begins one that is there is led to it.
      const there = await cases.called(tenant, oneLine(name));
      if (error instanceof Problem && error.code === 'case-there' && there !== undefined)
        return done(request, reply, `/cases/${there.id}`);
      if (!mayMend(error)) throw error;
      const fault = pageLanguage(request, reply).say(error.detail);
      return sendList(request, reply.code(error.status), services, { refused: { name, fault } });
    }
  });

  app.post('/cases/:id/name', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    return mending(request, reply, { id, kind: 'name', values }, async () => {
      const name = oneLine(values.get('name') ?? '');
      const by = changedBy(request, services);
      const kept = await toldCase(cases.patch(tenantOf(request), id, { name }, by));
      if (kept === undefined) throw new Problem('case-not-found');
      return done(request, reply, `/cases/${id}`);
    });
  });

  app.post('/cases/:id/closed', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const closed = formFields(request).get('closed') === 'on';
    const kept = await cases.patch(tenantOf(request), id, { closed }, changedBy(request, services));
    if (kept === undefined) throw new Problem('case-not-found');
    return done(request, reply, `/cases/${id}`);
  });

  app.post('/cases/:id/delete', ofPage('inspect', ofOne), async (request, reply) => {
    const by = changedBy(request, services);
    if (!(await cases.delete(tenantOf(request), request.params.id, by))) throw new Problem('case-not-found');
    return done(request, reply, '/cases');
  });

  app.post('/cases/:id/items', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    const kind = CASE_ITEM_KINDS.find((one) => one === values.get('kind')) ?? 'note';
    return mending(request, reply, { id, kind, values }, async () => {
      await addItem(request, id, bodyOf(kind, values), services);
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
      if (!(await cases.remove(tenantOf(request), id, item, changedBy(request, services))))
        throw new Problem('case-not-found');
      return done(request, reply, `/cases/${id}`);
    },
  });

  app.post('/cases/:id/seal', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const values = formFields(request);
    const { language } = pageLanguage(request, reply);
    try {
      const ask = sealAsk({ kind: values.get('kind') ?? '' }, language);
      refuseFull(ask.kind, request, services);
      const zip = await services.sealing.sealCase(
        { tenant: tenantOf(request), id },
        { ...ask, actor: actorOf(request) },
      );
      if (zip === undefined) throw new Problem('case-not-found');
      return sendZip(reply, zip);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'case-not-found') throw problem;
      beginProblem(problem, request, reply);
      const fault = pageLanguage(request, reply).say(problem.detail);
      return sendCase(request, reply, services, { id, refused: { kind: 'seal', values, fault } });
    }
  });

  app.post('/inspections/:id/match', ofPage('inspect', ofOne), async (request, reply) => {
    const tenant = tenantOf(request);
    const { id: inspection } = request.params;
    const record = await inspections.get(tenant, inspection);
    if (record === undefined) throw new Problem('inspection-not-found');
    const kept = record.caseRef === undefined ? undefined : await cases.called(tenant, record.caseRef);
    if (kept === undefined) throw new Problem('case-not-found');
    const match = matchIn(formFields(request));
    await addItem(request, kept.id, { kind: 'match', inspection, match }, services);
    return done(request, reply, `/cases/${kept.id}`, '#match');
  });

  /** What was written comes back with the page where it cannot be kept; nothing has to be written twice. */
  async function mending(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, kind, values }: Pick<RefusedItem, 'kind' | 'values'> & { id: string },
    work: () => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await work();
    } catch (error) {
      if (!mayMend(error)) throw error;
      const fault = pageLanguage(request, reply).say(error.detail);
      return sendCase(request, reply.code(error.status), services, { id, refused: { kind, values, fault } });
    }
  }
}

const MENDED = new Set(['bad-field', 'inspection-not-found', 'case-full']);
const mayMend = (error: unknown): error is Problem => error instanceof Problem && MENDED.has(error.code);

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The fields of a form as the API takes them; an empty one says nothing. */
function bodyOf(kind: NewCaseItemBody['kind'], values: URLSearchParams): NewCaseItemBody {
  const given = <N extends string>(name: N): { [K in N]?: string } => {
    const value = values.get(name)?.trim() ?? '';
    return (value === '' ? {} : { [name]: value }) as { [K in N]?: string };
  };
  switch (kind) {
    case 'inspection': {
      // The address of a report's page is as good as its id.
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

function matchIn(values: URLSearchParams): NonNullable<NewCaseItemBody['match']> {
  const given = MATCH_FIELDS.flatMap((name) => {
    const value = values.get(name);
    return value === null ? [] : [[name, value]];
  });
  if (given.length === 0) throw badField('match', said('problem.field.nothing'));
  return Object.fromEntries(given);
}
