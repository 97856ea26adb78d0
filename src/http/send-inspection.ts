import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Report, ReportSchema } from '../core/report/report.js';
import type { Language } from '../say/languages.js';
import { type InspectionRecord, isFinal, StoreError } from '../store/inspections.js';
import { storedReport } from '../worker/stored-report.js';
import type { Beside } from './beside-report.js';
import { type Chosen, chosenIn, onlyChosen } from './chosen-fields.js';
import { renderReportPage } from './form/report-page.js';
import { envelope, envelopeText, InspectionSchema } from './inspection-envelope.js';
import { inspectionState } from './inspection-state.js';
import { askedLanguage, askedSpeech, pageLanguage, reportIn } from './language.js';
import { preferred } from './negotiation.js';
import { reportCsv } from './report-csv.js';
import { makesShares } from './share-links.js';
import { taggedOf } from './state-tag.js';

const RETRY_AFTER_SECONDS = '2';

/** A report may speak of people, and not of the same to every key; it stays out of caches between here and its reader. */
export function sendPrivate(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('vary', 'Accept, Authorization, Cookie');
}

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}

const FORMS = ['application/json', 'text/html', 'text/csv', 'application/pdf'] as const;

/** The form of a Report that the client wants most. Paper is printed elsewhere (send-pdf.ts). */
export function wantedForm({ headers }: FastifyRequest): (typeof FORMS)[number] {
  return preferred(headers.accept, FORMS);
}

/** An inspection in the form that the client wants: its Report as it was answered first, or where it stands. */
export function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  record: InspectionRecord,
  beside: Beside,
): FastifyReply {
  sendPrivate(reply).header('assay-status', record.status);
  if (record.cachedFrom !== undefined) reply.header('assay-cached', record.cachedFrom);
  const state = inspectionState(record);
  if (record.report === undefined) {
    if (!isFinal(record.status)) reply.code(202).header('retry-after', RETRY_AFTER_SECONDS);
    const stands = onlyChosen(envelope(record, askedSpeech(request)), chosenOfInspection(request) ?? {});
    return reply.header('etag', taggedOf(JSON.stringify(stands), state)).send(stands);
  }
  switch (wantedForm(request)) {
    case 'text/html':
      return sendTagged(request, reply, 'text/html', reportPage(request, reply, record, beside), state);
    case 'text/csv':
      return sendTagged(
        request,
        reply,
        'text/csv',
        reportCsv(reportIn(reportOf(record), askedLanguage(request))),
        state,
      );
    default:
      return sendTagged(request, reply, 'application/json', inspectionText(request, record), state);
  }
}

/** The inspection with its Report as JSON, in the language and with the members that are asked for. */
export const inspectionText = (request: FastifyRequest, { report = '', ...head }: InspectionRecord): string =>
  toldInspection(request, head, reportOf({ report }));

/** The same where the Report is at hand. */
export function toldInspection(
  request: FastifyRequest,
  head: Omit<InspectionRecord, 'report'>,
  report: Report,
): string {
  const chosen = chosenOfInspection(request);
  const told = JSON.stringify(reportIn(report, askedLanguage(request)));
  const text = envelopeText(head, told, askedSpeech(request));
  return chosen === undefined ? text : JSON.stringify(onlyChosen(JSON.parse(text), chosen));
}

/** The members that may be chosen: those of the Report too. */
const InspectionWithReport = Type.Object({ ...InspectionSchema.properties, report: ReportSchema });

/** What the address wants of an inspection; refuses what there is not, so it is asked before anything is done. */
export const chosenOfInspection = (request: FastifyRequest): Chosen | undefined =>
  chosenIn(request, InspectionWithReport, 'report');

/** A stored Report as JSON, in the language asked for. */
export function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: string,
  state?: string,
): FastifyReply {
  const chosen = chosenIn(request, ReportSchema);
  const text = reportTextIn(stored, askedLanguage(request));
  const body = chosen === undefined ? text : JSON.stringify(onlyChosen(JSON.parse(text), chosen));
  return sendTagged(request, reply, 'application/json', body, state);
}

/** With a strong ETag; 304 where the client has these very bytes. `state`: of what can be changed. */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  content: string | Buffer,
  state?: string,
): FastifyReply {
  const etag = taggedOf(content, state);
  reply.header('etag', etag);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const isText = !type.startsWith('image/') && type !== 'application/warc';
  const charset = isText ? '; charset=utf-8' : '';
  return reply
    .type(type + charset)
    .serializer((body: unknown) => body as string)
    .send(content);
}

/** RFC 9110 13.1.2: any of a list, weak ones too. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

function reportPage(
  request: FastifyRequest,
  reply: FastifyReply,
  record: InspectionRecord,
  beside: Beside,
): string {
  const facts = { ...beside, shares: makesShares(request), seals: false, reveals: false };
  return renderReportPage(reportOf(record), record, pageLanguage(request, reply), facts);
}

/** A kept Report with its texts. */
export const reportTextIn = (report: string, language: Language | undefined): string =>
  JSON.stringify(reportIn(reportOf({ report }), language));

/** Rejects what is none of ours any more. */
export function reportOf({ report }: Pick<InspectionRecord, 'report'>): Report {
  const stored = storedReport(report ?? '');
  if (stored === undefined) throw new StoreError('store.corrupt');
  return stored;
}
