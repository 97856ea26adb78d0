import { formatCsvLine } from '../../base/csv-line.js';
import type { LocalizedReport } from '../../core/report/report.js';
import { FOUR_FACTS } from '../../core/report/report-terms.js';

/** Formats one Report as two lines, names and values, for a spreadsheet (RFC 4180). */
type Column = [name: string, value: (report: LocalizedReport) => string | number | undefined];

const COLUMNS: readonly Column[] = [
  ['name', ({ asset }) => asset.name],
  ['bytes', ({ asset }) => asset.bytes],
  ['sha256', ({ asset }) => asset.sha256],
  ['mediaType', ({ asset }) => asset.mediaType],
  ['kind', ({ asset }) => asset.kind],
  ['origin', ({ summary }) => summary.origin],
  ['backing', ({ summary }) => summary.backing],
  ['headline', ({ summary }) => summary.headline.text],
  ...FOUR_FACTS.map((fact): Column => [fact, ({ summary }) => summary.facts[fact].text]),
  ['sentence', ({ summary }) => summary.sentence],
  ['coverage', ({ summary }) => summary.coverage.state],
  ['contentCredentials', ({ contentCredentials }) => contentCredentials.presence],
  ['integrity', ({ contentCredentials }) => contentCredentials.integrity],
  ['signer', ({ contentCredentials }) => contentCredentials.signer?.name],
  ['signerTrust', ({ contentCredentials }) => contentCredentials.signer?.trust],
  ['signals', ({ signals }) => [...new Set(signals.map(({ id }) => id))].join(' ')],
  ['contradictions', ({ contradictions }) => contradictions.length],
  ['asOf', ({ tool }) => tool.asOf],
  ['tool', ({ tool }) => `${tool.name} ${tool.version}`],
  // Platforms strip metadata, so its absence in such a row says nothing about the original.
  ['servedBy', ({ asset }) => asset.servedBy?.host],
  ['servedAt', ({ asset }) => asset.servedBy?.at],
];

export const formatReportCsv = (report: LocalizedReport): string => formatCsvHead() + formatCsvRow(report);

type LeadingColumns = Readonly<Record<string, string | number>>;

/** Returns the header line. `before`: names of columns in front of those of the Report. */
export const formatCsvHead = (before: readonly string[] = []): string =>
  formatCsvLine([...before, ...COLUMNS.map(([name]) => name)]);

/** Returns the row of a Report; without a Report only the name is filled in. */
export const formatCsvRow = (
  report: LocalizedReport | { name: string },
  before: LeadingColumns = {},
): string =>
  formatCsvLine([
    ...Object.values(before),
    ...('asset' in report ? COLUMNS.map(([, value]) => value(report)) : [report.name]),
  ]);
