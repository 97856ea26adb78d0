import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { resolveLaw } from '../../core/law/law-selection.js';
import { applyLawToReport } from '../../core/law/reevaluate.js';
import { localizeFindings } from '../../core/law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import { toPublishedSchema } from '../../core/report/published-schema.js';
import { ReportSchema } from '../../core/report/report.js';
import { queryProperties } from '../../inspect/options/schemas.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { callerOf, requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  taggedResponses,
} from '../contract/schemas.js';
import { sendPrivate, sendTagged } from '../responses/send-inspection.js';
import { LanguageSchema, requestedTranslator } from '../services/language.js';
import { addField, resolveLawOptions, type UploadFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

const { findings, law, fileDates, tool } = ReportSchema.properties;
const { asOf } = tool.properties;
const LawAnswerSchema = toPublishedSchema(
  Type.Object({ asOf, law, fileDates, findings }, { title: 'LawAnswer' }),
);

/** Other routes default to today instead. */
const AsOfSchema = Type.String({
  description: 'Day for which the rules are evaluated, as YYYY-MM-DD. Default: the day of the stored Report.',
});

const LAW_OPTIONS = ['asOf', 'rulebooks', 'jurisdiction', 'role'] as const;

/**
 * Registers the route that judges a stored Report under the law of a jurisdiction, from its own signals: the file is
 * not needed.
 */
export function lawRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/law', requireScope('read'), {
    operationId: 'getInspectionLaw',
    tags: ['inspections'],
    summary: 'Evaluate the rules for another jurisdiction, role or day',
    description: 'Evaluates the signals of the stored Report, which stays unchanged.',
    params: InspectionParamsSchema,
    headers: IfNoneMatchHeadersSchema,
    querystring: Type.Object(
      { ...queryProperties(LAW_OPTIONS), asOf: Type.Optional(AsOfSchema), ...LanguageSchema.properties },
      { additionalProperties: false },
    ),
    answers: { ...taggedResponses('The findings.', 'application/json', LawAnswerSchema) },
    problems: {
      ...BAD_QUERY,
      404: 'There is no such report, or no longer.',
      409: 'The inspection is not done.',
      500: 'The stored report cannot be read.',
    },
    handler: async (request, reply) => {
      const asked: UploadFields = {};
      for (const name of LAW_OPTIONS) {
        const value = request.query[name];
        if (value !== undefined) addField({ fieldname: name, value }, asked, services.rulebooks, 'query');
      }
      const { record } = await loadReport(request, services, request.params.id);
      const kept = requireStoredReport(record);
      const ask = resolveLawOptions(
        asked,
        { key: callerOf(request).defaults, operator: services.config.lawDefaults },
        services.rulebooks,
      );
      const asOf = asked.asOf ?? kept.tool.asOf;
      const judged = applyLawToReport(kept, resolveLaw(ask), { asOf });
      const { law, fileDates, findings } = judged;
      // The findings of a Report that an earlier version stored as text are generated again.
      const told = localizeFindings(findings, judged, requestedTranslator(request), loadRulebooks());
      const answer = { asOf, law, fileDates, findings: told };
      return sendTagged(request, sendPrivate(reply), 'application/json', JSON.stringify(answer));
    },
  });
}
