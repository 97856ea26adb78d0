import type { FileHandle } from 'node:fs/promises';
import { formatJsonLine } from '../../base/json-line.js';
import { localizeReport } from '../../core/law/localize.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { type Printable, renderPrintableHtml } from '../pdf/printable.js';
import type { Printer } from '../pdf/printer.js';
import { toPrintableOnePage, toPrintableReport } from '../pdf/report-pdf.js';
import { type BagFile, PAYLOAD, toBagFile } from './bag.js';
import { REPORT, VERSIONS } from './names.js';

/** Result of an inspection, and the versions that produced it. */
export interface ResultToSeal {
  report: StoredReport;
  evidence?: EvidenceView | undefined;
  /** Versions of tool, engines, lists and law, by their digests; left out if an earlier version did not store them. */
  versions?: object | undefined;
  /** Time of a stored inspection, shown at the foot of the pages. */
  inspectedAt?: string | undefined;
}

/**
 * Returns the files of one inspection, with the same bytes each time: the Report, the one-page summary and the whole
 * record as HTML and PDF, and the versions. PDFs are made by the library alone, because two browsers print differently.
 * `under`: folder within the bag, with a trailing slash.
 */
export async function buildContents(
  { report, evidence, versions, inspectedAt }: ResultToSeal,
  printer: Pick<Printer, 'print'>,
  translator: Translator,
  under = PAYLOAD,
): Promise<BagFile[]> {
  const inspected = inspectedAt === undefined ? undefined : { at: inspectedAt };
  const madeAt = new Date(`${report.tool.asOf}T00:00:00Z`);
  const pages: [name: string, page: Printable][] = [
    ['finding', toPrintableOnePage(report, translator, 'a4', { inspected })],
    ['dossier', toPrintableReport(report, translator, 'a4', { evidence, inspected })],
  ];
  const at = (path: string) => `${under}${path.slice(PAYLOAD.length)}`;
  const files = [
    toBagFile(at(REPORT), formatJsonLine(localizeReport(report, translator))),
    ...(versions === undefined ? [] : [toBagFile(at(VERSIONS), formatJsonLine(versions))]),
  ];
  for (const [name, page] of pages) {
    const { pdf } = await printer.print({ ...page, madeAt });
    files.push(
      toBagFile(`${under}${name}.html`, renderPrintableHtml(page)),
      toBagFile(`${under}${name}.pdf`, Buffer.from(pdf)),
    );
  }
  return files;
}

/**
 * Returns the received file under a generic name with its own extension, because a file name may contain personal data.
 * `handle`: the open file.
 */
export function toReceivedBagFile(
  path: string,
  { bytes, sha256, name, handle }: Pick<BagFile, 'bytes' | 'sha256'> & { name: string; handle?: FileHandle },
  under = PAYLOAD,
): BagFile {
  const [, ending = 'bin'] = /\.([A-Za-z0-9]{1,8})$/.exec(name) ?? [];
  const content = { from: path, ...(handle && { handle }) };
  return { path: `${under}file.${ending.toLowerCase()}`, bytes, sha256, content };
}
