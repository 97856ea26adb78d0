import type { FileHandle } from 'node:fs/promises';
import { jsonLine } from '../core/ground/json-line.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { type Printable, printableHtml } from '../pdf/printable.js';
import type { Printer } from '../pdf/printer.js';
import { printableOnePage, printableReport } from '../pdf/report-pdf.js';
import type { Speech } from '../say/speech.js';
import { type BagFile, bagFile, PAYLOAD } from './bag.js';
import { REPORT, VERSIONS } from './names.js';

/** What was found, and what it was found with. */
export interface Found {
  /** With its words. */
  report: Report;
  evidence?: EvidenceSheet | undefined;
  /** Tool, engines, lists and law by their digests; left out where a version before did not keep them. */
  versions?: object | undefined;
  /** When it was, of an inspection that was kept: it stands at the foot of the pages. */
  inspectedAt?: string | undefined;
}

/**
 * Of one inspection the same bytes each time: the Report, the page that is read first and the whole record as pages and on
 * paper, and what decided the answer. Paper is set by the library alone: of two browsers each would print its own. `under`:
 * where it stands in the bag, with a slash at its end.
 */
export async function contentsOf(
  { report, evidence, versions, inspectedAt }: Found,
  printer: Pick<Printer, 'print'>,
  speech: Speech,
  under = PAYLOAD,
): Promise<BagFile[]> {
  const inspected = inspectedAt === undefined ? undefined : { at: inspectedAt };
  const madeAt = new Date(`${report.tool.asOf}T00:00:00Z`);
  const pages: [name: string, page: Printable][] = [
    ['finding', printableOnePage(report, speech, 'a4', { inspected })],
    ['dossier', printableReport(report, speech, 'a4', { evidence, inspected })],
  ];
  const at = (path: string) => `${under}${path.slice(PAYLOAD.length)}`;
  const files = [
    bagFile(at(REPORT), jsonLine(report)),
    ...(versions === undefined ? [] : [bagFile(at(VERSIONS), jsonLine(versions))]),
  ];
  for (const [name, page] of pages) {
    const { pdf } = await printer.print({ ...page, madeAt });
    files.push(
      bagFile(`${under}${name}.html`, printableHtml(page)),
      bagFile(`${under}${name}.pdf`, Buffer.from(pdf)),
    );
  }
  return files;
}

/** The file as it was received, under its own ending: a name may say whose it is. `handle`: where it is open. */
export function receivedFile(
  path: string,
  { bytes, sha256, name, handle }: Pick<BagFile, 'bytes' | 'sha256'> & { name: string; handle?: FileHandle },
  under = PAYLOAD,
): BagFile {
  const [, ending = 'bin'] = /\.([A-Za-z0-9]{1,8})$/.exec(name) ?? [];
  const content = { from: path, ...(handle && { handle }) };
  return { path: `${under}file.${ending.toLowerCase()}`, bytes, sha256, content };
}
