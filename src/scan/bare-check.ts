import Type from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { bounded } from '../core/ground/bounded-schema.js';
import { REFERRED_TO, SaidSchema, SentencesSchema, saidMembers } from '../core/ground/told.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { type BareRecord, BY_PARENT } from './bare.js';
import { SlimRecordSchema } from './record.js';

const closed = { additionalProperties: false } as const;

const {
  asset,
  summary: {
    properties: { sentence: _, said: __, ...summarised },
  },
  contradictions: ___,
  reads,
  ...rest
} = Type.Omit(SlimRecordSchema, [...BY_PARENT]).properties;

/**
 * What a reading process may say as the record of a file: nothing that whoever asked knows already, and no text that is
 * ours. The build writes the check as plain code in the place of this module (scripts/plain-checks.js).
 */
export const BareRecordSchema = bounded(
  Type.Object(
    {
      asset: Type.Pick(asset, ['mediaType', 'kind'], closed),
      summary: Type.Object(
        { ...summarised, said: Type.Object({ sentence: SentencesSchema }, closed) },
        closed,
      ),
      ...rest,
      // Closed here alone: a results file may name carriers of another version.
      reads: Type.Object(reads.properties, closed),
      contradictions: Type.Array(
        Type.Object({ between: Type.Array(Type.Enum(SIGNAL_IDS)), said: saidMembers('statement') }, closed),
      ),
      toSay: Type.Optional(
        Type.Object(
          {
            list: Type.Optional(SaidSchema),
            listDate: Type.Optional(Type.String({ maxLength: 40 })),
            bytesFault: Type.Optional(SaidSchema),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
);

export const schemas = { isBareRecord: BareRecordSchema };

let check: Validator | undefined;

export const isBareRecord = (value: unknown): value is BareRecord => {
  check ??= Compile(REFERRED_TO, BareRecordSchema);
  return check.Check(value);
};
