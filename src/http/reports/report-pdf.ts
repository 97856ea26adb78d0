import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { PAPERS } from '../../service/pdf/printable.js';
import { requireScope } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { BAD_QUERY, InspectionParamsSchema, problemResponses } from '../contract/schemas.js';
import { sendPdf, toPrintInspected } from '../responses/send-pdf.js';
import { LanguageSchema } from '../services/language.js';
import type { Services } from '../services/services.js';
import { loadReport } from '../services/stored-report.js';

/** A function, because Fastify modifies the schema objects it gets. */
const answers = () => ({
  200: {
    description: 'The PDF.',
    headers: { 'Assay-Printed-By': Type.Optional(Type.String()) },
    content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
  },
  ...problemResponses({
    ...BAD_QUERY,
    404: 'There is no such report, or no longer.',
    409: 'The inspection is not done.',
    500: 'The stored report cannot be read, or the PDF could not be made.',
    503: 'Too many PDFs are being made.',
  }),
});

const querySchema = () =>
  Type.Object({
    ...LanguageSchema.properties,
    paper: Type.Optional(Type.Enum([...PAPERS], { description: 'Paper size. Default: a4.' })),
  });

/** Registers the download of a stored Report as PDF: its one-page summary, or that and the whole record. */
export function reportPdfRoutes(app: FastifyInstance, services: Services): void {
  registerOperation(app, 'GET /v1/inspections/:id/report.pdf', requireScope('read'), {
    operationId: 'getInspectionPdf',
    tags: ['inspections'],
    summary: 'Download a stored Report as PDF',
    description:
      'Contains the one-page summary and the whole record. The PDF is searchable; the file’s hash, the version and the day of the rules are at the foot of ' +
      'each page. `Assay-Printed-By` says whether a browser in a sandbox (`chromium`) or the library ' +
      '(`pdfkit`) created it; the text is the same.',
    params: InspectionParamsSchema,
    querystring: querySchema(),
    answers: answers(),
    handler: async (request, reply) => {
      const { record, derivatives } = await loadReport(request, services, request.params.id);
      const [kept, inspected] = [await derivatives(), toPrintInspected(request, record)];
      return sendPdf(
        request,
        reply,
        { record, paper: request.query.paper, attachments: kept, inspected },
        services.printer,
      );
    },
  });

  registerOperation(app, 'GET /v1/inspections/:id/finding.pdf', requireScope('read'), {
    operationId: 'getInspectionFindingPdf',
    tags: ['inspections'],
    summary: 'Download the one-page summary of a Report as PDF',
    description:
      'Contains one sheet with the most important results. It is unrelated to `findings`, which concern the law.',
    params: InspectionParamsSchema,
    querystring: querySchema(),
    answers: answers(),
    handler: async (request, reply) => {
      const { record, derivatives } = await loadReport(request, services, request.params.id);
      const [kept, inspected] = [await derivatives(), toPrintInspected(request, record)];
      const { paper } = request.query;
      return sendPdf(
        request,
        reply,
        { record, paper, attachments: kept, inspected, isOnePage: true },
        services.printer,
      );
    },
  });
}
