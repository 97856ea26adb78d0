import { jsonLine } from '../core/ground/json-line.js';
import { lineOf } from './answer-line.js';
import { COLUMN_NAMES, type ColumnName, csvHead, csvRow } from './csv.js';
import type { Form } from './form.js';

export const FORM_NAMES = ['ndjson', 'csv', 'json', 'parquet'] as const;
export type FormName = (typeof FORM_NAMES)[number];

export async function formOf(
  name: FormName,
  columns: readonly ColumnName[] = COLUMN_NAMES,
): Promise<Form<string | Uint8Array>> {
  return name === 'parquet' ? (await import('./parquet.js')).parquetForm() : textForm(name, columns);
}

function textForm(name: Exclude<FormName, 'parquet'>, columns: readonly ColumnName[]): Form {
  if (name === 'csv') return csv(columns);
  return name === 'json' ? json() : ndjson;
}

const ndjson: Form = { head: jsonLine, record: lineOf, tail: jsonLine };

/** One row a file; run and counts have no place in a table. */
const csv = (columns: readonly ColumnName[]): Form => ({
  head: () => csvHead(columns),
  record: (answer) => csvRow('error' in answer ? answer.error : answer.slim, columns),
  tail: () => '',
});

/** One document, for what reads a whole file at once. */
function json(): Form {
  let separator = '\n';
  const plain = (value: object) => jsonLine(value).trimEnd();
  return {
    head: (header) => `{"run":${plain(header)},\n"records":[`,
    record: (answer) => {
      const text = `${separator}${lineOf(answer).trimEnd()}`;
      separator = ',\n';
      return text;
    },
    tail: (summary) => `\n],\n"summary":${plain(summary)}}\n`,
  };
}
