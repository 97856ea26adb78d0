import type { SchemaElement } from 'hyparquet-writer';
import type { ErrorRecord } from '../../core/report/report.js';
import { signalRowOf } from '../../core/signals/index.js';
import type { ScanRecord } from '../records/record.js';
import { columnValue } from './csv.js';
import type { ResultFormat } from './format.js';

/**
 * Writes records as Parquet: one row per file, with the columns of the CSV table but typed, with lists and codes. Rows
 * are buffered until a row group is full, so that memory does not depend on their number.
 */

/** Rows and characters per row group, whichever is reached first: about 30 MB of memory. */
const GROUP_ROWS = 20_000;
const GROUP_CHARACTERS = 24 * 1024 ** 2;

type ColumnType = 'text' | 'whole' | 'long' | 'moment' | 'texts';
type CellValue = string | number | bigint | Date | readonly string[] | undefined;

interface ParquetColumn {
  type: ColumnType;
  valueOf(record: ScanRecord): CellValue;
  valueOfError?(record: ErrorRecord): CellValue;
}

const parseTime = (text: string | undefined): Date | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at);
};
const distinct = (items: readonly string[]): string[] => [...new Set(items)];
/** Returns a column with the same text as in the CSV table. */
const csvTextColumn = (name: Parameters<typeof columnValue>[1]): ParquetColumn => ({
  type: 'text',
  valueOf: (record) => columnValue(record, name) || undefined,
});

const PARQUET_COLUMNS = {
  path: { type: 'text', valueOf: ({ path }) => path, valueOfError: ({ path }) => path },
  pathBytes: {
    type: 'text',
    valueOf: ({ pathBytes }) => pathBytes,
    valueOfError: ({ pathBytes }) => pathBytes,
  },
  folder: csvTextColumn('folder'),
  modified: { type: 'moment', valueOf: ({ modified }) => parseTime(modified) },
  bytes: { type: 'long', valueOf: ({ asset }) => BigInt(asset.bytes) },
  sha256: csvTextColumn('sha256'),
  mediaType: csvTextColumn('mediaType'),
  declaredMediaType: { type: 'text', valueOf: ({ asset }) => asset.declaredMediaType },
  kind: csvTextColumn('kind'),
  origin: csvTextColumn('origin'),
  backing: csvTextColumn('backing'),
  headline: csvTextColumn('headline'),
  headlineId: { type: 'text', valueOf: ({ summary }) => summary.headline.id },
  sentence: csvTextColumn('sentence'),
  who: csvTextColumn('who'),
  whoCode: { type: 'text', valueOf: ({ summary }) => summary.facts.who.code },
  changed: csvTextColumn('changed'),
  changedCode: { type: 'text', valueOf: ({ summary }) => summary.facts.changed.code },
  ai: csvTextColumn('ai'),
  aiCode: { type: 'text', valueOf: ({ summary }) => summary.facts.ai.code },
  when: csvTextColumn('when'),
  whenCode: { type: 'text', valueOf: ({ summary }) => summary.facts.when.code },
  whenDay: { type: 'text', valueOf: ({ summary }) => summary.facts.when.day },
  madeWith: csvTextColumn('madeWith'),
  model: csvTextColumn('model'),
  year: { type: 'whole', valueOf: ({ year }) => year?.year },
  yearBy: { type: 'text', valueOf: ({ year }) => year?.by },
  credentials: csvTextColumn('credentials'),
  integrity: csvTextColumn('integrity'),
  signer: csvTextColumn('signer'),
  trust: csvTextColumn('trust'),
  generator: csvTextColumn('generator'),
  proven: { type: 'moment', valueOf: ({ contentCredentials }) => parseTime(contentCredentials.proven) },
  signals: { type: 'texts', valueOf: ({ signals }) => distinct(signals.map(({ id }) => id)) },
  labels: {
    type: 'texts',
    valueOf: ({ signals }) =>
      distinct(signals.filter(({ id }) => signalRowOf(id).pageRow === 'labels').map(({ id }) => id)),
  },
  contradictions: {
    type: 'texts',
    valueOf: ({ contradictions }) => contradictions.map(({ statement }) => statement),
  },
  findings: {
    type: 'texts',
    valueOf: ({ findings }) =>
      findings.map(({ rulebook, rule, outcome }) => `${rulebook}/${rule}=${outcome}`),
  },
  parts: { type: 'whole', valueOf: ({ inside }) => inside?.parts },
  aiParts: { type: 'whole', valueOf: ({ inside }) => inside?.ai },
  unreadParts: { type: 'whole', valueOf: ({ inside }) => inside?.unread },
  coverage: csvTextColumn('coverage'),
  notRead: { type: 'texts', valueOf: ({ reads }) => Object.keys(reads) },
  notReadWhy: {
    type: 'texts',
    valueOf: ({ reads }) =>
      distinct(
        Object.values(reads).flatMap((read) =>
          read === undefined ? [] : [`${read.status} ${read.code ?? ''}`.trim()],
        ),
      ),
  },
  duplicateOf: csvTextColumn('duplicateOf'),
  duplicateOfBytes: csvTextColumn('duplicateOfBytes'),
  linkOf: csvTextColumn('linkOf'),
  linkOfBytes: csvTextColumn('linkOfBytes'),
  gone: { type: 'moment', valueOf: ({ gone }) => parseTime(gone) },
  error: { type: 'text', valueOf: () => undefined, valueOfError: ({ code }) => code },
  message: { type: 'text', valueOf: () => undefined, valueOfError: ({ message }) => message },
} satisfies Readonly<Record<string, ParquetColumn>>;

/** The Parquet library is loaded only on use. */
export async function createParquetFormat(): Promise<ResultFormat<Uint8Array>> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: createSchema(), createdBy: 'assay' });
  const columns = Object.entries<ParquetColumn>(PARQUET_COLUMNS);
  let rows: CellValue[][] = columns.map(() => []);
  let characters = 0;
  /** Returns the bytes written since the last call. Offsets in the file continue; only the buffer is reset. */
  const taken = (): Uint8Array => {
    const made = bytes.getBytes().slice();
    bytes.index = 0;
    return made;
  };
  const group = (): Uint8Array => {
    if ((rows[0]?.length ?? 0) > 0)
      void writer.write({
        columnData: columns.map(([name], index) => ({ name, data: rows[index] ?? [] })),
        rowGroupSize: GROUP_ROWS,
      });
    rows = columns.map(() => []);
    characters = 0;
    return taken();
  };
  return {
    head: taken,
    record(record) {
      for (const [index, [, column]] of columns.entries()) {
        const value =
          record.schema === 'assay.error/1' ? column.valueOfError?.(record) : column.valueOf(record);
        rows[index]?.push(value);
        characters +=
          typeof value === 'string' ? value.length : Array.isArray(value) ? value.join('').length : 0;
      }
      return (rows[0]?.length ?? 0) >= GROUP_ROWS || characters >= GROUP_CHARACTERS ? group() : NO_BYTES;
    },
    tail() {
      const last = group();
      void writer.finish();
      return Buffer.concat([last, taken()]);
    },
  };
}

const NO_BYTES = new Uint8Array(0);

function createSchema(): SchemaElement[] {
  const elements = Object.entries<ParquetColumn>(PARQUET_COLUMNS).flatMap(([name, { type }]) =>
    elementsOf(name, type),
  );
  return [{ name: 'files', num_children: Object.keys(PARQUET_COLUMNS).length }, ...elements];
}

function elementsOf(name: string, type: ColumnType): SchemaElement[] {
  const repetition_type = 'OPTIONAL';
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  switch (type) {
    case 'text':
      return [{ name, ...text, repetition_type }];
    case 'whole':
      return [{ name, type: 'INT32', repetition_type }];
    case 'long':
      return [{ name, type: 'INT64', repetition_type }];
    case 'moment':
      return [{ name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type }];
    case 'texts':
      return [
        { name, converted_type: 'LIST', repetition_type, num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', ...text, repetition_type: 'REQUIRED' },
      ];
  }
}
