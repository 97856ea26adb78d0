import { csvLine } from '../core/ground/csv-line.js';
import type { Report } from '../core/report/report.js';

/** One Report as two lines: names and values, for a table somebody keeps (RFC 4180). */
type Column = [name: string, value: (report: Report) => string | number | undefined];

const COLUMNS: readonly Column[] = [
  ['name', ({ asset }) => asset.name],
  ['bytes', ({ asset }) => asset.bytes],
  ['sha256', ({ asset }) => asset.sha256],
  ['mediaType', ({ asset }) => asset.mediaType],
  ['kind', ({ asset }) => asset.kind],
  ['origin', ({ summary }) => summary.origin],
  ['backing', ({ summary }) => summary.backing],
  ['headline', ({ summary }) => summary.headline?.text],
  ...(['who', 'changed', 'ai', 'when'] as const).map(
    (fact): Column => [fact, ({ summary }) => summary.facts?.[fact].text],
  ),
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
  // Platforms strip: what is missing in such a row says nothing of the original.
  ['servedBy', ({ asset }) => asset.servedBy?.host],
  ['servedAt', ({ asset }) => asset.servedBy?.at],
];

export const reportCsv = (report: Report): string => csvHead() + csvRow(report);

type Before = Readonly<Record<string, string | number>>;

/** `before`: names of columns that stand before those of the Report. */
export const csvHead = (before: readonly string[] = []): string =>
  csvLine([...before, ...COLUMNS.map(([name]) => name)]);

/** Of what has no Report its name alone. */
export const csvRow = (report: Report | { name: string }, before: Before = {}): string =>
  csvLine([
    ...Object.values(before),
    ...('asset' in report ? COLUMNS.map(([, value]) => value(report)) : [report.name]),
  ]);
