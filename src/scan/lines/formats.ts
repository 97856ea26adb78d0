import { formatJsonLine } from '../../base/json-line.js';
import { recordLine } from './answer-line.js';
import { COLUMN_NAMES, type ColumnName, csvHead, csvRow } from './csv.js';
import type { ResultFormat } from './format.js';

export const FORMAT_NAMES = ['ndjson', 'csv', 'json', 'parquet'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

export async function createFormat(
  name: FormatName,
  columns: readonly ColumnName[] = COLUMN_NAMES,
): Promise<ResultFormat<string | Uint8Array>> {
  return name === 'parquet'
    ? (await import('./parquet.js')).createParquetFormat()
    : createTextFormat(name, columns);
}

function createTextFormat(
  name: Exclude<FormatName, 'parquet'>,
  columns: readonly ColumnName[],
): ResultFormat {
  if (name === 'csv') return csvFormat(columns);
  return name === 'json' ? jsonFormat() : ndjsonFormat;
}

const ndjsonFormat: ResultFormat = { head: formatJsonLine, record: recordLine, tail: formatJsonLine };

/** CSV with one row per file; a table has no place for the run and the counts. */
const csvFormat = (columns: readonly ColumnName[]): ResultFormat => ({
  head: () => csvHead(columns),
  record: (record) => csvRow(record, columns),
  tail: () => '',
});

/** One JSON document, for programs that read a whole file at once. */
function jsonFormat(): ResultFormat {
  let separator = '\n';
  const plain = (value: object) => formatJsonLine(value).trimEnd();
  return {
    head: (header) => `{"run":${plain(header)},\n"records":[`,
    record: (record) => {
      const text = `${separator}${recordLine(record).trimEnd()}`;
      separator = ',\n';
      return text;
    },
    tail: (summary) => `\n],\n"summary":${plain(summary)}}\n`,
  };
}
