import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { lawFor } from '../../core/law/asked-law.js';
import { judgedAnew } from '../../core/law/reevaluate.js';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import { tellFindings } from '../../core/law/rulebooks/tell.js';
import { ReportSchema } from '../../core/report/report.js';
import { published } from '../../core/report/told-published.js';
import { queryOf } from '../../question/schemas.js';
import { callerOf, requireScope } from '../access.js';
import { keptReport } from '../kept-report.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import {
  BAD_QUERY,
  IfNoneMatchHeadersSchema,
  InspectionParamsSchema,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { reportOf, sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';
import { lawIn, takeField, type UploadFields } from '../upload-fields.js';

const { findings, law, fileDates, tool } = ReportSchema.properties;
const { asOf } = tool.properties;
const LawAnswerSchema = published(Type.Object({ asOf, law, fileDates, findings }, { title: 'LawAnswer' }));

/** Elsewhere it is today where it is left out. */
const KeptDaySchema = Type.String({
  description: 'The day the rules are asked about, as YYYY-MM-DD. Left out: the kept Report’s.',
});

const ASKED = ['asOf', 'rulebooks', 'jurisdiction', 'role'] as const;

/** What the law of a place says of a kept Report, from its own signals: the file is not needed. */
export function lawRoutes(instance: FastifyInstance, services: Services): void {
  instance.withTypeProvider<TypeBoxProvider>().route({
    method: 'GET',
    url: '/v1/inspections/:id/law',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionLaw',
      tags: ['inspections'],
      summary: 'Ask the law of another place, role or day',
      description: 'From the signals of the kept Report, which stays as it is.',
      params: InspectionParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      querystring: Type.Object(
        { ...queryOf(ASKED), asOf: Type.Optional(KeptDaySchema), ...LanguageSchema.properties },
        { additionalProperties: false },
      ),
      response: {
        ...taggedAnswers('What it says.', 'application/json', LawAnswerSchema),
        ...problemAnswers({
          ...BAD_QUERY,
          404: 'There is no such report, or no longer.',
          409: 'The inspection is not done.',
          500: 'The stored report cannot be read.',
        }),
      },
    },
    handler: async (request, reply) => {
      const asked: UploadFields = {};
      for (const name of ASKED) {
        const value = request.query[name];
        if (value !== undefined) takeField({ fieldname: name, value }, asked, services.rulebooks, 'query');
      }
      const { record } = await keptReport(request, services, request.params.id);
      const kept = reportOf(record);
      const ask = lawIn(
        asked,
        { key: callerOf(request).defaults, operator: services.config.lawDefaults },
        services.rulebooks,
      );
      const asOf = asked.asOf ?? kept.tool.asOf;
      const judged = judgedAnew(kept, lawFor(ask), { asOf });
      const { law, fileDates, findings } = judged;
      // Of a Report that a version before kept in words, these are said anew.
      const told = tellFindings(findings, judged, askedSpeech(request), loadRulebooks());
      const answer = { asOf, law, fileDates, findings: told };
      return sendTagged(request, sendPrivate(reply), 'application/json', JSON.stringify(answer));
    },
  });
}
