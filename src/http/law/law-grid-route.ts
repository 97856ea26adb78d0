import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { listSelectedRulebooks, resolveLaw } from '../../core/law/law-selection.js';
import { buildLawGrid } from '../../core/page/law/grid.js';
import { renderLawGridCsv } from '../../core/renderers/text/law-grid.js';
import { LawGridSchema } from '../../core/report/law-schema.js';
import { toPublishedSchema } from '../../core/report/published-schema.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { queryProperties } from '../../inspect/options/schemas.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { callerOf, requireScope } from '../contract/access.js';
import { preferredType } from '../contract/negotiation.js';
import { registerOperation } from '../contract/operation.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  NOT_MODIFIED,
  type TypeBoxProvider,
} from '../contract/schemas.js';
import { renderLawGridPage } from '../pages/law-grid-page.js';
import { sendPage, sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { createPageTranslator, LanguageSchema, requestedTranslator } from '../services/language.js';
import { readRememberedChoice } from '../services/options/law-choice.js';
import { addField, resolveLawOptions, type UploadFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

const GRID_OPTIONS = ['asOf', 'rulebooks', 'jurisdiction', 'role'] as const;
const GRID_FORMATS = ['json', 'csv'] as const;

const word = Type.String({ maxLength: 64 });
/** Boxes that are ticked repeat their name. */
const GridPageQuerySchema = Type.Object({
  jurisdiction: Type.Optional(Type.Union([word, Type.Array(word, { maxItems: 100 })])),
  role: Type.Optional(word),
  asOf: Type.Optional(word),
});

/** Registers the grid of items and laws of a stored Report: for programs, and as a page. The file is not needed. */
export function lawGridRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/law-grid', requireScope('read'), {
    operationId: 'getInspectionLawGrid',
    tags: ['inspections'],
    summary: 'Read what laws ask for and what the file holds, item by item',
    description:
      'Evaluates the signals of the stored Report, which stays unchanged. An item without a cell is not asked for.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: Type.Object(
      {
        ...queryProperties(GRID_OPTIONS),
        format: Type.Optional(
          Type.Enum([...GRID_FORMATS], {
            description: 'Form of the answer. Default: what `Accept` prefers.',
          }),
        ),
        ...LanguageSchema.properties,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: {
        description: 'The grid.',
        headers: { ETag: Type.Optional(Type.String()) },
        content: {
          'application/json': { schema: toPublishedSchema(LawGridSchema) },
          'text/csv': { schema: Type.String() },
        },
      },
      304: NOT_MODIFIED,
    },
    problems: {
      ...BAD_QUERY,
      404: 'There is no such report, or no longer.',
      409: 'The inspection is not done.',
      500: 'The stored report cannot be read.',
    },
    handler: async (request, reply) => {
      const { format, lang: _, ...asked } = request.query;
      const wanted = preferredType(request.headers.accept, ['application/json', 'text/csv']);
      const form = format ?? (wanted === 'text/csv' ? 'csv' : 'json');
      const { record } = await loadReport(request, services, request.params.id);
      const translator = requestedTranslator(request);
      const grid = gridFor(requireStoredReport(record), asked, { request, services, translator });
      sendPrivate(reply).header('content-disposition', `attachment; filename="assay-law-grid.${form}"`);
      return form === 'csv'
        ? sendTagged(request, reply, 'text/csv', renderLawGridCsv(grid, translator))
        : sendTagged(request, reply, 'application/json', JSON.stringify(grid));
    },
  });

  app.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/inspections/:id/law-grid',
    config: requireScope('read'),
    schema: { hide: true, params: InspectionParamsSchema, querystring: GridPageQuerySchema },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { record } = await loadReport(request, services, id);
      const report = requireStoredReport(record);
      const translator = createPageTranslator(request, reply);
      const asked = new URL(request.url, 'http://local').searchParams;
      const remembered = readRememberedChoice(request, services);
      // The form sends a day even if no place is chosen; an address may hold places alone, with commas between them.
      const isChosen = asked.has('asOf') || asked.has('jurisdiction');
      const places = (isChosen ? asked.getAll('jurisdiction') : [remembered.jurisdiction ?? ''])
        .flatMap((one) => one.split(','))
        .filter((one) => one !== '');
      const role = isChosen ? (asked.get('role') ?? '') : (remembered.role ?? '');
      const asOf = asked.get('asOf') || report.tool.asOf;
      const selection = { asOf, jurisdiction: places.join(','), ...(role === '' ? {} : { role }) };
      const grid =
        places.length === 0 ? undefined : gridFor(report, selection, { request, services, translator });
      return sendPage(
        reply,
        renderLawGridPage(
          {
            ...{ id, name: report.asset.name, places, asOf },
            role: grid?.roles?.[0],
            query: new URLSearchParams(selection).toString(),
            ...(grid === undefined ? {} : { grid }),
          },
          translator,
        ),
      );
    },
  });
}

function gridFor(
  report: StoredReport,
  asked: Readonly<Partial<Record<(typeof GRID_OPTIONS)[number], string>>>,
  { request, services, translator }: { request: FastifyRequest; services: Services; translator: Translator },
) {
  const fields: UploadFields = {};
  for (const fieldname of GRID_OPTIONS) {
    const value = asked[fieldname];
    if (value !== undefined) addField({ fieldname, value }, fields, services.rulebooks, 'query');
  }
  const { config, rulebooks } = services;
  const ask = resolveLawOptions(
    fields,
    { key: callerOf(request).defaults, operator: config.lawDefaults },
    rulebooks,
  );
  const books = listSelectedRulebooks(resolveLaw(ask));
  const asOf = fields.asOf ?? report.tool.asOf;
  return buildLawGrid(report, { books, asOf, roles: fields.role }, translator);
}
