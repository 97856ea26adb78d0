import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Inspected } from '../core/renderers/one-page.js';
import { PdfFault } from '../pdf/pdf-fault.js';
import type { Paper } from '../pdf/printable.js';
import { printableOnePage, printableReport } from '../pdf/report-pdf.js';
import { speechOf } from '../say/speech.js';
import type { Derivative, InspectionRecord } from '../store/inspections.js';
import { evidenceAmong } from '../worker/evidence.js';
import { callerOf } from './access.js';
import { figuresInside } from './figures.js';
import { inspectedOf } from './form/report-page.js';
import { askedLanguage } from './language.js';
import { Problem } from './problem.js';
import { reportOf, sendPrivate } from './send-inspection.js';
import type { Services } from './services.js';
import { shownNotes } from './shown-notes.js';

const RETRY_AFTER_SECONDS = '5';

export interface PdfAsk {
  record: InspectionRecord;
  paper?: Paper | undefined;
  /** All that is kept beside it. */
  kept: readonly Derivative[];
  /** Whether this reader may see the small pictures. */
  withPictures?: boolean;
  /** The one page alone. */
  onePage?: boolean;
  inspected: Inspected;
}

/** What stands at its foot where whoever asks has it printed: under the name of the key it is printed with. */
export function printedBy(request: FastifyRequest, record: InspectionRecord): Inspected {
  const { keyId, name } = callerOf(request);
  return { ...inspectedOf(record), ...(keyId === undefined ? {} : { by: name }) };
}

/** A kept Report on paper. */
export async function sendPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  { record, paper = 'a4', kept, withPictures = true, onePage = false, inspected }: PdfAsk,
  printer: Services['printer'],
): Promise<FastifyReply> {
  const speech = speechOf(askedLanguage(request) ?? 'en');
  const beside = {
    figures: figuresInside(withPictures ? kept : []),
    withheld: !withPictures && kept.some(({ mediaType }) => mediaType === 'image/webp'),
    inspected,
  };
  const printable = onePage
    ? printableOnePage(reportOf(record), speech, paper, beside)
    : printableReport(reportOf(record), speech, paper, {
        ...beside,
        notes: shownNotes(record.notes),
        evidence: evidenceAmong(kept),
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
