import type { SchemaElement } from 'hyparquet-writer';
import type { ErrorRecord } from '../core/report/report.js';
import { rowOf } from '../core/signals/index.js';
import { columnOf } from './csv.js';
import { factsIn } from './facts-in.js';
import type { Form } from './form.js';
import type { SlimRecord } from './record.js';

/**
 * Records as Parquet: one row a file, columns as in the table but with types, lists and codes. Rows are held until a group
 * of them is full, so memory stays the same however many there are.
 */

/** Rows and characters of a group, whichever is reached first: some 30 MB of memory. */
const GROUP_ROWS = 20_000;
const GROUP_CHARACTERS = 24 * 1024 ** 2;

type Type = 'text' | 'whole' | 'long' | 'moment' | 'texts';
type Value = string | number | bigint | Date | readonly string[] | undefined;

interface Column {
  type: Type;
  of(record: SlimRecord): Value;
  ofError?(record: ErrorRecord): Value;
}

const moment = (text: string | undefined): Date | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at);
};
const distinct = (items: readonly string[]): string[] => [...new Set(items)];
/** The same words as the table has. */
const worded = (name: Parameters<typeof columnOf>[1]): Column => ({
  type: 'text',
  of: (record) => columnOf(record, name) || undefined,
});

const COLUMNS = {
  path: { type: 'text', of: ({ path }) => path, ofError: ({ path }) => path },
  pathBytes: { type: 'text', of: ({ pathBytes }) => pathBytes, ofError: ({ pathBytes }) => pathBytes },
  folder: worded('folder'),
  modified: { type: 'moment', of: ({ modified }) => moment(modified) },
  bytes: { type: 'long', of: ({ asset }) => BigInt(asset.bytes) },
  sha256: worded('sha256'),
  mediaType: worded('mediaType'),
  declaredMediaType: { type: 'text', of: ({ asset }) => asset.declaredMediaType },
  kind: worded('kind'),
  origin: worded('origin'),
  backing: worded('backing'),
  headline: worded('headline'),
  headlineId: { type: 'text', of: ({ summary }) => summary.headline?.id },
  sentence: worded('sentence'),
  who: worded('who'),
  whoCode: { type: 'text', of: (record) => factsIn(record).who.code },
  changed: worded('changed'),
  changedCode: { type: 'text', of: (record) => factsIn(record).changed.code },
  ai: worded('ai'),
  aiCode: { type: 'text', of: (record) => factsIn(record).ai.code },
  when: worded('when'),
  whenCode: { type: 'text', of: (record) => factsIn(record).when.code },
  whenDay: { type: 'text', of: (record) => factsIn(record).when.day },
  madeWith: worded('madeWith'),
  model: worded('model'),
  year: { type: 'whole', of: ({ year }) => year?.year },
  yearBy: { type: 'text', of: ({ year }) => year?.by },
  credentials: worded('credentials'),
  integrity: worded('integrity'),
  signer: worded('signer'),
  trust: worded('trust'),
  generator: worded('generator'),
  proven: { type: 'moment', of: ({ contentCredentials }) => moment(contentCredentials.proven) },
  signals: { type: 'texts', of: ({ signals }) => distinct(signals.map(({ id }) => id)) },
  labels: {
    type: 'texts',
    of: ({ signals }) => distinct(signals.filter(({ id }) => rowOf(id).row === 'labels').map(({ id }) => id)),
  },
  contradictions: {
    type: 'texts',
    of: ({ contradictions }) => contradictions.map(({ statement }) => statement),
  },
  findings: {
    type: 'texts',
    of: ({ findings }) => findings.map(({ rulebook, rule, outcome }) => `${rulebook}/${rule}=${outcome}`),
  },
  parts: { type: 'whole', of: ({ inside }) => inside?.parts },
  aiParts: { type: 'whole', of: ({ inside }) => inside?.ai },
  unreadParts: { type: 'whole', of: ({ inside }) => inside?.unread },
  coverage: worded('coverage'),
  notRead: { type: 'texts', of: ({ reads }) => Object.keys(reads) },
  notReadWhy: {
    type: 'texts',
    of: ({ reads }) =>
      distinct(
        Object.values(reads).flatMap((read) =>
          read === undefined ? [] : [`${read.status} ${read.code ?? ''}`.trim()],
        ),
      ),
  },
  duplicateOf: worded('duplicateOf'),
  duplicateOfBytes: worded('duplicateOfBytes'),
  linkOf: worded('linkOf'),
  linkOfBytes: worded('linkOfBytes'),
  gone: { type: 'moment', of: ({ gone }) => moment(gone) },
  error: { type: 'text', of: () => undefined, ofError: ({ code }) => code },
  message: { type: 'text', of: () => undefined, ofError: ({ message }) => message },
} satisfies Readonly<Record<string, Column>>;

/** Loaded where Parquet is asked for. */
export async function parquetForm(): Promise<Form<Uint8Array>> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schema(), createdBy: 'assay' });
  const columns = Object.entries<Column>(COLUMNS);
  let rows: Value[][] = columns.map(() => []);
  let characters = 0;
  /** What was made since the last time. Offsets in the file go on: only the buffer begins anew. */
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
    record(answer) {
      for (const [index, [, column]] of columns.entries()) {
        const value = 'error' in answer ? column.ofError?.(answer.error) : column.of(answer.slim);
        rows[index]?.push(value);
        characters +=
          typeof value === 'string' ? value.length : Array.isArray(value) ? value.join('').length : 0;
      }
      return (rows[0]?.length ?? 0) >= GROUP_ROWS || characters >= GROUP_CHARACTERS ? group() : NOTHING;
    },
    tail() {
      const last = group();
      void writer.finish();
      return Buffer.concat([last, taken()]);
    },
  };
}

const NOTHING = new Uint8Array(0);

function schema(): SchemaElement[] {
  const elements = Object.entries<Column>(COLUMNS).flatMap(([name, { type }]) => elementsOf(name, type));
  return [{ name: 'files', num_children: Object.keys(COLUMNS).length }, ...elements];
}

function elementsOf(name: string, type: Type): SchemaElement[] {
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
