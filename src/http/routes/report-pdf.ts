import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { PAPERS } from '../../pdf/printable.js';
import { requireScope } from '../access.js';
import { keptReport } from '../kept-report.js';
import { LanguageSchema } from '../language.js';
import { BAD_QUERY, InspectionParamsSchema, problemAnswers, type TypeBoxProvider } from '../schemas.js';
import { printedBy, sendPdf } from '../send-pdf.js';
import type { Services } from '../services.js';

/** Made anew for each: the framework writes into them. */
const answers = () => ({
  200: {
    description: 'The PDF.',
    headers: { 'Assay-Printed-By': Type.Optional(Type.String()) },
    content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
  },
  ...problemAnswers({
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
    paper: Type.Optional(Type.Enum([...PAPERS], { description: 'Left out: a4.' })),
  });

/** A kept Report on paper: its one page, or that and the whole record. */
export function reportPdfRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/report.pdf',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionPdf',
      tags: ['inspections'],
      summary: 'Print a kept Report',
      description:
        'Its one page and the whole record. Searchable; file’s hash, version and the rules’ day stand at the foot of ' +
        'each page. `Assay-Printed-By` says whether a browser in a sandbox set it (`chromium`) or the library ' +
        '(`pdfkit`); the words are the same.',
      params: InspectionParamsSchema,
      querystring: querySchema(),
      response: answers(),
    },
    handler: async (request, reply) => {
      const { record, derivatives } = await keptReport(request, services, request.params.id);
      const [kept, inspected] = [await derivatives(), printedBy(request, record)];
      return sendPdf(
        request,
        reply,
        { record, paper: request.query.paper, kept, inspected },
        services.printer,
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/inspections/:id/finding.pdf',
    config: requireScope('read'),
    schema: {
      operationId: 'getInspectionFindingPdf',
      tags: ['inspections'],
      summary: 'Print the one page of a Report',
      description: 'One sheet: what a person reads first. No relation to `findings`, which are of law.',
      params: InspectionParamsSchema,
      querystring: querySchema(),
      response: answers(),
    },
    handler: async (request, reply) => {
      const { record, derivatives } = await keptReport(request, services, request.params.id);
      const [kept, inspected] = [await derivatives(), printedBy(request, record)];
      const { paper } = request.query;
      return sendPdf(request, reply, { record, paper, kept, inspected, onePage: true }, services.printer);
    },
  });
}
