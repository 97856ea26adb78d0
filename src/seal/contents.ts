import { jsonLine } from '../core/ground/json-line.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { type Printable, printableHtml } from '../pdf/printable.js';
import type { Printer } from '../pdf/printer.js';
import { printableOnePage, printableReport } from '../pdf/report-pdf.js';
import type { Speech } from '../say/speech.js';
import { type BagFile, bagFile } from './bag.js';
import { REPORT } from './names.js';

/** What was found, and what it was found with. */
export interface Found {
  /** With its words. */
  report: Report;
  evidence?: EvidenceSheet | undefined;
  /** Tool, engines, lists and law by their digests. */
  versions: object;
}

/**
 * Of one inspection the same bytes each time: the Report, the page that is read first and the whole record as pages and on
 * paper, and what decided the answer. Paper is set by the library alone: of two browsers each would print its own.
 */
export async function contentsOf(
  { report, evidence, versions }: Found,
  printer: Pick<Printer, 'print'>,
  speech: Speech,
): Promise<BagFile[]> {
  const madeAt = new Date(`${report.tool.asOf}T00:00:00Z`);
  const pages: [name: string, page: Printable][] = [
    ['finding', printableOnePage(report, speech, 'a4')],
    ['dossier', printableReport(report, speech, 'a4', { evidence })],
  ];
  const files = [bagFile(REPORT, jsonLine(report)), bagFile('data/versions.json', jsonLine(versions))];
  for (const [name, page] of pages) {
    const { pdf } = await printer.print({ ...page, madeAt });
    files.push(
      bagFile(`data/${name}.html`, printableHtml(page)),
      bagFile(`data/${name}.pdf`, Buffer.from(pdf)),
    );
  }
  return files;
}

/** The file as it was received, under its own ending: a name may say whose it is. */
export function receivedFile(
  path: string,
  { bytes, sha256, name }: { bytes: number; sha256: string; name: string },
): BagFile {
  const [, ending = 'bin'] = /\.([A-Za-z0-9]{1,8})$/.exec(name) ?? [];
  return { path: `data/file.${ending.toLowerCase()}`, bytes, sha256, content: { from: path } };
}
