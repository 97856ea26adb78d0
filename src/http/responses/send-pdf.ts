import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InspectionFacts } from '../../core/page/viewer.js';
import { translatorFor } from '../../i18n/translator.js';
import { findEvidence } from '../../service/inspections/evidence.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { PdfFault } from '../../service/pdf/pdf-fault.js';
import type { Paper } from '../../service/pdf/printable.js';
import { toPrintableOnePage, toPrintableReport } from '../../service/pdf/report-pdf.js';
import type { Derivative, InspectionRecord } from '../../storage/inspections/inspections.js';
import { callerOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { toInspected } from '../pages/report-page.js';
import { requestedLanguage } from '../services/language.js';
import { embeddedFigures } from '../services/page-figures.js';
import type { Services } from '../services/services.js';
import { toNoteViews } from '../services/shown-notes.js';
import { sendPrivate } from './send-inspection.js';

const RETRY_AFTER_SECONDS = '5';

export interface PdfRequest {
  record: InspectionRecord;
  paper?: Paper | undefined;
  /** All stored attachments. */
  attachments: readonly Derivative[];
  /** Whether this reader may see the thumbnails. */
  withPictures?: boolean;
  /** Prints only the one-page summary. */
  isOnePage?: boolean;
  inspected: InspectionFacts;
}

/** Returns the footer's facts for a printout: it names the key that requested it. */
export function toPrintInspected(request: FastifyRequest, record: InspectionRecord): InspectionFacts {
  const { keyId, name } = callerOf(request);
  return { ...toInspected(record), ...(keyId === undefined ? {} : { by: name }) };
}

/** Prints a stored Report. */
export async function sendPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    record,
    paper = 'a4',
    attachments: kept,
    withPictures = true,
    isOnePage: onePage = false,
    inspected,
  }: PdfRequest,
  printer: Services['printer'],
): Promise<FastifyReply> {
  const translator = translatorFor(requestedLanguage(request) ?? 'en');
  const beside = {
    figures: embeddedFigures(withPictures ? kept : []),
    hasWithheldPictures: !withPictures && kept.some(({ mediaType }) => mediaType === 'image/webp'),
    inspected,
  };
  const printable = onePage
    ? toPrintableOnePage(requireStoredReport(record), translator, paper, beside)
    : toPrintableReport(requireStoredReport(record), translator, paper, {
        ...beside,
        notes: toNoteViews(record.notes),
        evidence: findEvidence(kept),
      });
  try {
    const { pdf, by } = await printer.print(printable);
    return sendPrivate(reply)
      .header('assay-printed-by', by)
      .header('content-disposition', `attachment; filename="assay-${onePage ? 'finding' : 'report'}.pdf"`)
      .type('application/pdf')
      .send(Buffer.from(pdf));
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error;
    if (error.code !== 'pdf.busy') throw new Problem('pdf-failed');
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    throw new Problem('pdf-busy');
  }
}
