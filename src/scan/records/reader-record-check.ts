import Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { withDefaultBounds } from '../../base/bounded-schema.js';
import {
  MessageSchema,
  MessagesSchema,
  messageMembers,
  REFERENCED_SCHEMAS,
  toStoredSchema,
} from '../../base/message-schema.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { PARENT_MEMBERS, type ReaderRecord } from './reader-record.js';
import { ScanRecordSchema } from './record.js';

const closed = { additionalProperties: false } as const;

const {
  asset,
  summary: {
    properties: { sentence: _, messages: __, ...summarised },
  },
  contradictions: ___,
  reads,
  ...rest
} = Type.Omit(ScanRecordSchema, [...PARENT_MEMBERS]).properties;

/**
 * Schema of the record that a reading process returns: only facts that its parent does not know itself, and no text of
 * Assay's own. The build replaces this module by the generated check (scripts/plain-checks.js).
 */
export const ReaderRecordSchema = withDefaultBounds(
  toStoredSchema(
    Type.Object(
      {
        asset: Type.Pick(asset, ['mediaType', 'kind'], closed),
        summary: Type.Object(
          { ...summarised, messages: Type.Object({ sentence: MessagesSchema }, closed) },
          closed,
        ),
        ...rest,
        // Closed only here: results files may name carriers of another version.
        reads: Type.Object(reads.properties, closed),
        contradictions: Type.Array(
          Type.Object(
            { between: Type.Array(Type.Enum(SIGNAL_IDS)), messages: messageMembers('statement') },
            closed,
          ),
        ),
        toSay: Type.Optional(
          Type.Object(
            {
              list: Type.Optional(MessageSchema),
              listDate: Type.Optional(Type.String({ maxLength: 40 })),
              bytesFault: Type.Optional(MessageSchema),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
  ),
);

export const schemas = { isReaderRecord: ReaderRecordSchema };

let check: Validator | undefined;

export const isReaderRecord = (value: unknown): value is ReaderRecord => {
  check ??= Compile(REFERENCED_SCHEMAS, ReaderRecordSchema);
  return check.Check(value);
};
