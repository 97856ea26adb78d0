import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ReportSchema, type StoredReport } from '../../core/report/report.js';
import type { Language } from '../../i18n/languages.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { type InspectionRecord, isFinal } from '../../storage/inspections/inspections.js';
import { formatEnvelope, InspectionSchema, toEnvelope } from '../contract/inspection-envelope.js';
import { pickMutableState } from '../contract/inspection-state.js';
import { preferredType } from '../contract/negotiation.js';
import { type FieldSelection, parseFieldSelection, selectFields } from '../contract/queries/field-query.js';
import { formatEtag } from '../contract/state-tag.js';
import type { PageAttachments } from '../pages/report-attachments.js';
import { renderReportPage } from '../pages/report-page.js';
import {
  createPageTranslator,
  localizeReportFor,
  requestedLanguage,
  requestedTranslator,
} from '../services/language.js';
import { hasShareRoutes } from '../services/share-links.js';
import { formatReportCsv } from './report-csv.js';

const RETRY_AFTER_SECONDS = '2';

/** Keeps the answer out of all caches: a report may contain personal data, and not every key sees the same. */
export function sendPrivate(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('vary', 'Accept, Authorization, Cookie');
}

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}

const FORMATS = ['application/json', 'text/html', 'text/csv', 'application/pdf'] as const;

/** Returns the Report format that the client prefers. send-pdf.ts makes PDFs. */
export function preferredFormat({ headers }: FastifyRequest): (typeof FORMATS)[number] {
  return preferredType(headers.accept, FORMATS);
}

/**
 * Sends an inspection in the format that the client prefers: its Report with the bytes of the first answer, or its
 * status.
 */
export function sendStoredInspection(
  request: FastifyRequest,
  reply: FastifyReply,
  record: InspectionRecord,
  beside: PageAttachments,
): FastifyReply {
  sendPrivate(reply).header('assay-status', record.status);
  if (record.cachedFrom !== undefined) reply.header('assay-cached', record.cachedFrom);
  const state = pickMutableState(record);
  if (record.report === undefined) {
    if (!isFinal(record.status)) reply.code(202).header('retry-after', RETRY_AFTER_SECONDS);
    const stands = selectFields(
      toEnvelope(record, requestedTranslator(request)),
      parseInspectionFields(request) ?? {},
    );
    return reply.header('etag', formatEtag(JSON.stringify(stands), state)).send(stands);
  }
  switch (preferredFormat(request)) {
    case 'text/html':
      return sendTagged(
        request,
        reply,
        'text/html',
        renderStoredReport(request, reply, record, beside),
        state,
      );
    case 'text/csv':
      return sendTagged(
        request,
        reply,
        'text/csv',
        formatReportCsv(localizeReportFor(requireStoredReport(record), requestedLanguage(request))),
        state,
      );
    default:
      return sendTagged(request, reply, 'application/json', formatStoredInspection(request, record), state);
  }
}

/** Returns the inspection with its Report as JSON, in the requested language and with the requested members. */
export const formatStoredInspection = (
  request: FastifyRequest,
  { report = '', ...head }: InspectionRecord,
): string => formatInspection(request, head, requireStoredReport({ report }));

/** Returns the inspection as JSON, from a Report that is already parsed. */
export function formatInspection(
  request: FastifyRequest,
  head: Omit<InspectionRecord, 'report'>,
  report: StoredReport,
): string {
  const chosen = parseInspectionFields(request);
  const told = JSON.stringify(localizeReportFor(report, requestedLanguage(request)));
  const text = formatEnvelope(head, told, requestedTranslator(request));
  return chosen === undefined ? text : JSON.stringify(selectFields(JSON.parse(text), chosen));
}

/** Schema of the members that can be selected, including those of the Report. */
const InspectionWithReport = Type.Object({ ...InspectionSchema.properties, report: ReportSchema });

/**
 * Returns the selected members of an inspection; throws `Problem` for unknown ones, so it must be called before any
 * work is done.
 */
export const parseInspectionFields = (request: FastifyRequest): FieldSelection | undefined =>
  parseFieldSelection(request, InspectionWithReport, 'report');

/** Sends a stored Report as JSON, in the requested language. */
export function sendReport(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: string,
  state?: string,
): FastifyReply {
  const chosen = parseFieldSelection(request, ReportSchema);
  const text = localizeReportText(stored, requestedLanguage(request));
  const body = chosen === undefined ? text : JSON.stringify(selectFields(JSON.parse(text), chosen));
  return sendTagged(request, reply, 'application/json', body, state);
}

/**
 * Sends the content with a strong ETag; 304 if the client has these very bytes. `state`: the part that people can
 * change.
 */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  content: string | Buffer,
  state?: string,
): FastifyReply {
  const etag = formatEtag(content, state);
  reply.header('etag', etag);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const isText = !type.startsWith('image/') && type !== 'application/warc';
  const charset = isText ? '; charset=utf-8' : '';
  return reply
    .type(type + charset)
    .serializer((body: unknown) => body as string)
    .send(content);
}

/** RFC 9110 13.1.2: any tag of the list matches, weak ones too. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

function renderStoredReport(
  request: FastifyRequest,
  reply: FastifyReply,
  record: InspectionRecord,
  beside: PageAttachments,
): string {
  const facts = { ...beside, shares: hasShareRoutes(request), seals: false, reveals: false };
  return renderReportPage(requireStoredReport(record), record, createPageTranslator(request, reply), facts);
}

/** Returns a stored Report as JSON with localized texts. */
export const localizeReportText = (report: string, language: Language | undefined): string =>
  JSON.stringify(localizeReportFor(requireStoredReport({ report }), language));
