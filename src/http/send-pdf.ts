import type { FastifyReply, FastifyRequest } from 'fastify';
import { PdfFault } from '../pdf/pdf-fault.js';
import type { Paper } from '../pdf/printable.js';
import { printableReport } from '../pdf/report-pdf.js';
import { speechOf } from '../say/speech.js';
import type { Derivative, InspectionRecord } from '../store/inspections.js';
import { evidenceAmong } from '../worker/evidence.js';
import { figuresInside } from './figures.js';
import { askedLanguage } from './language.js';
import { shownNotes } from './notes.js';
import { Problem } from './problem.js';
import { reportOf, sendPrivate } from './send-inspection.js';
import type { Services } from './services.js';

const RETRY_AFTER_SECONDS = '5';

export interface PdfAsk {
  record: InspectionRecord;
  paper?: Paper | undefined;
  /** All that is kept beside it. */
  kept: readonly Derivative[];
  /** Whether this reader may see the small pictures. */
  withPictures?: boolean;
}

/** A kept Report on paper. */
export async function sendPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  { record, paper = 'a4', kept, withPictures = true }: PdfAsk,
  printer: Services['printer'],
): Promise<FastifyReply> {
  const language = askedLanguage(request) ?? 'en';
  try {
    const { pdf, by } = await printer.print(
      printableReport(reportOf(record), speechOf(language), paper, {
        notes: shownNotes(record.notes),
        figures: figuresInside(withPictures ? kept : []),
        evidence: evidenceAmong(kept),
        withheld: !withPictures && kept.some(({ mediaType }) => mediaType === 'image/webp'),
      }),
    );
    return sendPrivate(reply)
      .header('assay-printed-by', by)
      .header('content-disposition', 'attachment; filename="assay-report.pdf"')
      .type('application/pdf')
      .send(Buffer.from(pdf));
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error;
    if (error.code !== 'pdf.busy') throw new Problem('pdf-failed');
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    throw new Problem('pdf-busy');
  }
}
