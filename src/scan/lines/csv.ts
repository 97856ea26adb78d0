import { formatCsvLine } from '../../base/csv-line.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { ScanRecord } from '../records/record.js';

const joinUnique = (items: readonly string[]): string => [...new Set(items)].join(' ');

/** Functions that return a column's value, by its name. */
const COLUMN_VALUES = {
  path: ({ path }) => path,
  modified: ({ modified }) => modified,
  bytes: ({ asset }) => String(asset.bytes),
  sha256: ({ asset }) => asset.sha256,
  mediaType: ({ asset }) => asset.mediaType,
  kind: ({ asset }) => asset.kind,
  origin: ({ summary }) => summary.origin,
  backing: ({ summary }) => summary.backing ?? '',
  headline: ({ summary }) => summary.headline.text,
  who: ({ summary }) => summary.facts.who.text,
  changed: ({ summary }) => summary.facts.changed.text,
  ai: ({ summary }) => summary.facts.ai.text,
  when: ({ summary }) => summary.facts.when.text,
  sentence: ({ summary }) => summary.sentence,
  credentials: ({ contentCredentials }) => contentCredentials.presence,
  integrity: ({ contentCredentials }) => contentCredentials.integrity ?? '',
  signer: ({ contentCredentials }) => contentCredentials.signer ?? '',
  trust: ({ contentCredentials }) => contentCredentials.trust ?? '',
  generator: ({ contentCredentials }) => contentCredentials.generator ?? '',
  proven: ({ contentCredentials }) => contentCredentials.proven ?? '',
  year: ({ year }) => (year === undefined ? '' : String(year.year)),
  signals: ({ signals }) => joinUnique(signals.map(({ id }) => id)),
  contradictions: ({ contradictions }) => contradictions.map(({ statement }) => statement).join(' '),
  findings: ({ findings }) =>
    joinUnique(findings.map(({ rulebook, rule, outcome }) => `${rulebook}/${rule}=${outcome}`)),
  parts: ({ inside }) => (inside === undefined ? '' : String(inside.parts)),
  aiParts: ({ inside }) => (inside === undefined ? '' : String(inside.ai)),
  unreadParts: ({ inside }) => (inside === undefined ? '' : String(inside.unread)),
  coverage: ({ summary }) => summary.coverage.state,
  notRead: ({ reads }) => joinUnique(Object.keys(reads)),
  duplicateOf: ({ duplicateOf }) => duplicateOf ?? '',
  linkOf: ({ linkOf }) => linkOf ?? '',
  folder: ({ folder }) => folder ?? '',
  madeWith: ({ madeWith }) => madeWith ?? '',
  model: ({ model }) => model ?? '',
  pathBytes: ({ pathBytes }) => pathBytes ?? '',
  duplicateOfBytes: ({ duplicateOfBytes }) => duplicateOfBytes ?? '',
  linkOfBytes: ({ linkOfBytes }) => linkOfBytes ?? '',
  /** Time at which the file was found to be gone; the row describes it as it was. */
  gone: ({ gone }) => gone ?? '',
} as const satisfies Record<string, (record: ScanRecord) => string>;

/**
 * `error` and `message` are set only if the file could not be inspected; then all other columns except the path are
 * empty.
 */
export const COLUMN_NAMES = [...Object.keys(COLUMN_VALUES), 'error', 'message'] as ColumnName[];
export type ColumnName = keyof typeof COLUMN_VALUES | 'error' | 'message';

export const csvHead = (columns: readonly ColumnName[]): string => formatCsvLine(columns);

export function csvRow(record: ScanRecord | ErrorRecord, columns: readonly ColumnName[]): string {
  return formatCsvLine(columns.map((name) => cell(record, name)));
}

/** Returns the value of a column before escaping. */
export const columnValue = (record: ScanRecord, name: keyof typeof COLUMN_VALUES): string =>
  COLUMN_VALUES[name](record);

function cell(record: ScanRecord | ErrorRecord, name: ColumnName): string {
  if (name === 'error' || name === 'message') {
    if (record.schema !== 'assay.error/1') return '';
    return name === 'error' ? record.code : record.message;
  }
  if (record.schema === 'assay.error/1')
    return name === 'path' || name === 'pathBytes' ? (record[name] ?? '') : '';
  return COLUMN_VALUES[name](record);
}
