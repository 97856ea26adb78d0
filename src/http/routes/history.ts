import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { KINDS } from '../../core/media-types.js';
import { ORIGINS } from '../../core/report.js';
import { SIGNAL_IDS } from '../../core/signal.js';
import type { InspectionFilter, InspectionHead } from '../../store/inspections.js';
import { requireScope, tenantOf } from '../access.js';
import { comparePage } from '../form/compare-page.js';
import { type HistoryAsk, type HistoryItem, historyPage } from '../form/history-page.js';
import { type PageLanguage, pageLanguage, reportIn } from '../language.js';
import { badField, Problem } from '../problem.js';
import type { TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';

const PAGE_ITEMS = 25;
const LONGEST_WORD = 200;

const word = Type.Optional(Type.String({ maxLength: LONGEST_WORD }));
const AskSchema = Type.Object({
  origin: word,
  kind: word,
  signer: word,
  signal: word,
  sha256: word,
  caseRef: word,
  from: word,
  to: word,
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
});

const CompareSchema = Type.Object({
  id: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
});

/** Pages over what is kept: the list with its question, and two reports side by side. */
export function historyRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'GET',
    url: '/inspections',
    config: requireScope('read'),
    schema: { hide: true, querystring: AskSchema },
    handler: async (request, reply) => {
      const { cursor, ...ask } = request.query;
      const speaks = pageLanguage(request, reply);
      return sendPage(reply, await listPage(services, tenantOf(request), ask, cursor, speaks));
    },
  });

  app.route({
    method: 'GET',
    url: '/compare',
    config: requireScope('read'),
    schema: { hide: true, querystring: CompareSchema },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const speaks = pageLanguage(request, reply);
      const ids = [request.query.id ?? []].flat();
      const [first, second, ...more] = await Promise.all(
        ids.slice(0, 3).map((id) => opened(services, tenant, id)),
      );
      if (first === undefined || second === undefined || more.length > 0) {
        const again = await listPage(services, tenant, {}, undefined, speaks, true);
        return sendPage(reply.code(400), again);
      }
      return sendPage(reply.header('x-robots-tag', 'noindex'), comparePage([first, second], speaks));
    },
  });
}

async function opened({ stores }: Services, tenant: string, id: string) {
  const record = await stores.inspections.get(tenant, id);
  if (record === undefined) throw new Problem('inspection-not-found');
  const report = record.report === undefined ? undefined : reportOf(record);
  return report && { id, report };
}

async function listPage(
  services: Services,
  tenant: string,
  ask: HistoryAsk,
  cursor: string | undefined,
  speaks: PageLanguage,
  pickTwo = false,
): Promise<string> {
  const { inspections } = services.stores;
  const filter = filterOf(ask);
  const [{ items, next }, origins] = await Promise.all([
    inspections.list(tenant, filter, { limit: PAGE_ITEMS, ...(cursor === undefined ? {} : { cursor }) }),
    inspections.origins(tenant, filter),
  ]);
  return historyPage(
    {
      ask,
      items: await Promise.all(items.map((item) => itemIn(services, tenant, item, speaks))),
      ...(next === undefined ? {} : { older: addressOf(ask, next) }),
      paged: cursor !== undefined,
      origins,
      pickTwo,
    },
    speaks,
  );
}

/** Lists hold the English sentence; another language's is made from the report. */
async function itemIn(
  { stores }: Services,
  tenant: string,
  item: InspectionHead,
  { language }: PageLanguage,
): Promise<HistoryItem> {
  if (language === 'en' || item.status !== 'done') return item;
  const record = await stores.inspections.get(tenant, item.id);
  if (record?.report === undefined) return item;
  return { ...item, sentence: reportIn(reportOf(record), language).summary.sentence };
}

/** An empty field asks for nothing. */
function filterOf(ask: HistoryAsk): InspectionFilter {
  const origin = oneOf('origin', ask.origin, ORIGINS);
  const kind = oneOf('kind', ask.kind, KINDS);
  const signal = oneOf('signal', ask.signal, SIGNAL_IDS);
  const from = day('from', ask.from);
  const to = day('to', ask.to);
  const sha256 = said(ask.sha256)?.toLowerCase();
  const signer = said(ask.signer);
  const caseRef = said(ask.caseRef);
  return {
    ...(origin === undefined ? {} : { origin }),
    ...(kind === undefined ? {} : { kind }),
    ...(signal === undefined ? {} : { signal }),
    ...(signer === undefined ? {} : { signer }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(from === undefined ? {} : { from: from.toISOString() }),
    // The day that is named is included.
    ...(to === undefined ? {} : { to: new Date(to.getTime() + DAY_MILLIS).toISOString() }),
  };
}

const DAY_MILLIS = 86_400_000;

const said = (value: string | undefined): string | undefined => {
  const text = value?.trim();
  return text === '' ? undefined : text;
};

function oneOf<const T extends string>(
  field: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  const text = said(value);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw badField(field, 'names nothing that there is.');
  return choice;
}

function day(field: string, value: string | undefined): Date | undefined {
  const text = said(value);
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : Number.NaN);
  if (Number.isNaN(date.getTime())) throw badField(field, 'must be a day, as 2026-08-02.');
  return date;
}

function addressOf(ask: HistoryAsk, cursor: string): string {
  const query = new URLSearchParams({ cursor });
  for (const [name, value] of Object.entries(ask)) {
    if (typeof value === 'string' && value !== '') query.set(name, value);
  }
  return `/inspections?${query}`;
}
