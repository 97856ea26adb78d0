import { csvLine } from '../core/ground/csv-line.js';
import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import { textIn } from '../core/report/text-in.js';
import { speechOf } from '../say/speech.js';
import { factsIn } from './facts-in.js';
import type { SlimRecord } from './record.js';

const list = (items: readonly string[]): string => [...new Set(items)].join(' ');

/** In the language of the run; of a record of before, told by its codes, in English. */
function fact(record: SlimRecord, name: keyof FourFacts): string {
  const one = factsIn(record)[name];
  return one.text ?? textIn(one, 'text', speechOf('en')) ?? '';
}

/** What a row may hold, by the column's name. */
const COLUMNS = {
  path: ({ path }) => path,
  modified: ({ modified }) => modified,
  bytes: ({ asset }) => String(asset.bytes),
  sha256: ({ asset }) => asset.sha256,
  mediaType: ({ asset }) => asset.mediaType,
  kind: ({ asset }) => asset.kind,
  origin: ({ summary }) => summary.origin,
  backing: ({ summary }) => summary.backing ?? '',
  headline: ({ summary }) => summary.headline?.text ?? '',
  who: (record) => fact(record, 'who'),
  changed: (record) => fact(record, 'changed'),
  ai: (record) => fact(record, 'ai'),
  when: (record) => fact(record, 'when'),
  sentence: ({ summary }) => summary.sentence,
  credentials: ({ contentCredentials }) => contentCredentials.presence,
  integrity: ({ contentCredentials }) => contentCredentials.integrity ?? '',
  signer: ({ contentCredentials }) => contentCredentials.signer ?? '',
  trust: ({ contentCredentials }) => contentCredentials.trust ?? '',
  generator: ({ contentCredentials }) => contentCredentials.generator ?? '',
  proven: ({ contentCredentials }) => contentCredentials.proven ?? '',
  year: ({ year }) => (year === undefined ? '' : String(year.year)),
  signals: ({ signals }) => list(signals.map(({ id }) => id)),
  contradictions: ({ contradictions }) => contradictions.map(({ statement }) => statement).join(' '),
  findings: ({ findings }) =>
    list(findings.map(({ rulebook, rule, outcome }) => `${rulebook}/${rule}=${outcome}`)),
  parts: ({ inside }) => (inside === undefined ? '' : String(inside.parts)),
  aiParts: ({ inside }) => (inside === undefined ? '' : String(inside.ai)),
  unreadParts: ({ inside }) => (inside === undefined ? '' : String(inside.unread)),
  coverage: ({ summary }) => summary.coverage.state,
  notRead: ({ reads }) => list(Object.keys(reads)),
  duplicateOf: ({ duplicateOf }) => duplicateOf ?? '',
  linkOf: ({ linkOf }) => linkOf ?? '',
  folder: ({ folder }) => folder ?? '',
  madeWith: ({ madeWith }) => madeWith ?? '',
  model: ({ model }) => model ?? '',
  pathBytes: ({ pathBytes }) => pathBytes ?? '',
  duplicateOfBytes: ({ duplicateOfBytes }) => duplicateOfBytes ?? '',
  linkOfBytes: ({ linkOfBytes }) => linkOfBytes ?? '',
  /** When the file was found to be there no more: the row is of how it was. */
  gone: ({ gone }) => gone ?? '',
} as const satisfies Record<string, (record: SlimRecord) => string>;

/** `error` and `message` have a value where the file could not be inspected, and then no others but the path’s have. */
export const COLUMN_NAMES = [...Object.keys(COLUMNS), 'error', 'message'] as ColumnName[];
export type ColumnName = keyof typeof COLUMNS | 'error' | 'message';

export const csvHead = (columns: readonly ColumnName[]): string => csvLine(columns);

export function csvRow(record: SlimRecord | ErrorRecord, columns: readonly ColumnName[]): string {
  return csvLine(columns.map((name) => cell(record, name)));
}

/** What stands in a column, before it is made fit for a table. */
export const columnOf = (record: SlimRecord, name: keyof typeof COLUMNS): string => COLUMNS[name](record);

function cell(record: SlimRecord | ErrorRecord, name: ColumnName): string {
  if (name === 'error' || name === 'message') {
    if (record.schema !== 'assay.error/1') return '';
    return name === 'error' ? record.code : record.message;
  }
  if (record.schema === 'assay.error/1')
    return name === 'path' || name === 'pathBytes' ? (record[name] ?? '') : '';
  return COLUMNS[name](record);
}
