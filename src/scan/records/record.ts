import Type, { type Static } from 'typebox';
import { messageMembers, sentencesMember } from '../../base/message-schema.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { OUTCOMES, type Outcome } from '../../core/report/finding-schema.js';
import { LawSummarySchema } from '../../core/report/law-schema.js';
import { PartSchema } from '../../core/report/part-schema.js';
import {
  COVERAGE_STATES,
  FactsSchema,
  HeadlineSchema,
  INTEGRITIES,
  ORIGINS,
  PRESENCES,
  READ_STATUSES,
  ReportSchema,
  TRUSTS,
  VALIDITIES,
} from '../../core/report/report.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { LocationSchema } from '../../core/report/signal-schema.js';
import { BACKINGS } from '../../core/signals/backing.js';
import { BYTES_PARTS } from '../../core/signals/bytes-parts.js';
import { RecordAttachmentsSchema } from './record-attachments.js';
import { RecordFingerprintsSchema } from './record-fingerprints.js';

/** Outcomes that say nothing about a file. Records contain only the number of clauses with such an outcome. */
export const SILENT_OUTCOMES = [
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

/** Pattern of rulebook ids. */
const RULEBOOK_PATTERN = '^[a-z0-9][a-z0-9.-]{0,79}$';

/** Schema of the records in a scan's results; types, validators and docs/scan.md are derived from it. */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const optionalText = (description: string) => Type.Optional(Type.String({ description }));
const count = Type.Integer({ minimum: 0 });

const RecordSignalSchema = Type.Object(
  {
    id: Type.Enum(SIGNAL_IDS),
    backing: Type.Enum([...BACKINGS]),
    value: optionalText('The file’s own words, or what was found out (`messages`), cut to 256 characters.'),
    messages: messageMembers('value'),
    basis: Type.Array(LocationSchema, { description: 'The first places it stands in; the Report has all.' }),
  },
  closed,
);

const RecordCredentialsSchema = Type.Object(
  {
    presence: Type.Enum([...PRESENCES]),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES])),
    causes: Type.Optional(
      Type.Array(Type.String(), { description: 'Status codes that decided the integrity.' }),
    ),
    signer: optionalText('Organisation or common name in the certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS])),
    list: optionalText('The list that `trust` speaks of, with its date.'),
    validity: Type.Optional(Type.Enum([...VALIDITIES])),
    proven: optionalText('Time of the timestamp where its authority is on a list.'),
    generator: optionalText('Claim generator of the active manifest, as written.'),
    bytesFault: optionalText(
      'Why certificates, claims or timestamps could not be read from the file’s own bytes.',
    ),
    bytesFaultMissing: Type.Optional(
      Type.Array(Type.Enum([...BYTES_PARTS]), { description: 'What that leaves open, as in the Report.' }),
    ),
    ownHash: Type.Optional(
      Type.Literal(true, {
        description: 'Of `altered`: Assay’s own hash of the bytes says so too; no second engine was asked.',
      }),
    ),
  },
  closed,
);

const RecordReadSchema = Type.Object(
  {
    status: Type.Enum([...READ_STATUSES]),
    code: optionalText(
      'Stable code of why it was not looked at; beside `found`, of what kept the rest from being read.',
    ),
  },
  closed,
);

const pathBytesSchema = (what: string) =>
  optionalText(`Bytes of \`${what}\` in base64, where they are not UTF-8.`);

const commonMembers = {
  schema: Type.Literal('assay.scan-record/1'),
  path: text('As the scan reached it; U+FFFD for each byte that is not UTF-8.'),
  pathBytes: pathBytesSchema('path'),
  modified: text('Last change of the file, RFC 3339, UTC.'),
  etag: optionalText('What the store calls this state of an object.'),
  sidecars: Type.Optional(
    Type.Array(
      Type.Object(
        {
          path: text('As the scan reached it.'),
          pathBytes: pathBytesSchema('path'),
          bytes: count,
          modified: text('Last change, RFC 3339, UTC.'),
        },
        closed,
      ),
      {
        description:
          'Files beside it that were read with it (`--sidecars`); they have no records of their own.',
      },
    ),
  ),
  init: optionalText('Path of the init segment that the file was given with: it is named as a segment.'),
  initBytes: pathBytesSchema('init'),
  duplicateOf: optionalText(
    'Path of the first file with the same bytes: what is said of it is said of this one.',
  ),
  duplicateOfBytes: pathBytesSchema('duplicateOf'),
  gone: optionalText(
    'When a scan found that the file is no longer there, RFC 3339, UTC: the record is of how it was, and counts in nothing.',
  ),
  linkOf: optionalText('Path of the first name of this very file that the scan came upon: a hard link.'),
  linkOfBytes: pathBytesSchema('linkOf'),
  fingerprint: Type.Optional(RecordFingerprintsSchema),
  kept: Type.Optional(RecordAttachmentsSchema),
  readIn: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'The run that read the file, where a later one only asked other rules about its signals.',
    }),
  ),
};

/** Summary of a part inside the file; the Report has the whole of it. */
const RecordPartSchema = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'Its place in the Report’s `parts`.' }),
    kind: PartSchema.properties.kind,
    mediaType: optionalText('From the bytes.'),
    name: optionalText('What the file calls it.'),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    origin: Type.Optional(Type.Enum([...ORIGINS])),
    backing: Type.Optional(Type.Enum([...BACKINGS])),
    presence: Type.Optional(Type.Enum([...PRESENCES])),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES])),
    signer: optionalText('Organisation or common name in the certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS])),
    labels: Type.Optional(Type.Array(Type.Enum(SIGNAL_IDS))),
    headline: Type.Optional(HeadlineSchema),
    code: optionalText('Stable code of why it was not looked into.'),
  },
  closed,
);

/**
 * Outcome of a clause that concerns the file. The Report has the findings with their texts, the header of the results
 * the clauses.
 */
const RecordFindingSchema = Type.Object(
  {
    rulebook: Type.String({ pattern: RULEBOOK_PATTERN }),
    rule: Type.String(),
    outcome: Type.Enum([...OUTCOMES]),
    because: Type.Array(Type.Enum(SIGNAL_IDS), {
      description: 'Left empty where the outcome is `indeterminate`: `reads` says what was not looked at.',
    }),
  },
  closed,
);

export const SummaryRecordSchema = Type.Object(
  {
    ...commonMembers,
    asset: Type.Object(
      {
        name: Type.String(),
        bytes: count,
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        mediaType: text('From the bytes.'),
        kind: Type.Enum([...MEDIA_KINDS]),
        declaredMediaType: optionalText('What the name’s ending says, where it is known.'),
      },
      closed,
    ),
    summary: Type.Object(
      {
        origin: Type.Enum([...ORIGINS], { description: 'What the file declares; not what it is.' }),
        backing: Type.Optional(Type.Enum([...BACKINGS])),
        headline: Type.Optional(HeadlineSchema),
        facts: Type.Optional(FactsSchema),
        sentence: text('In the language of the run.'),
        messages: sentencesMember('sentence'),
        coverage: Type.Object(
          {
            state: Type.Enum([...COVERAGE_STATES]),
            unread: Type.Array(Type.Enum([...CARRIERS]), {
              description: 'Where a label would have been missed; `reads` has the codes.',
            }),
          },
          { ...closed, description: 'How far the file was looked into, as in the Report.' },
        ),
      },
      closed,
    ),
    folder: optionalText('What stands before the last slash of `path`.'),
    madeWith: optionalText(
      'The tool that the file names: of AI, else of its credentials, else an editor, recorder or camera. In quotes: the file’s own words; else as our tables call it.',
    ),
    model: optionalText(
      'The model of AI where a generator names one, else make and model of the camera or phone.',
    ),
    year: Type.Optional(
      Type.Object(
        {
          year: Type.Integer(),
          by: Type.Enum(['proven', 'claimed'], {
            description:
              '`proven`: a timestamp on a list. `claimed`: the earliest date in the file, which anyone can write.',
          }),
        },
        closed,
      ),
    ),
    contentCredentials: RecordCredentialsSchema,
    signals: Type.Array(RecordSignalSchema),
    contradictions: Type.Array(
      Type.Object(
        {
          between: Type.Array(Type.Enum(SIGNAL_IDS)),
          statement: text('In the language of the run.'),
          messages: messageMembers('statement'),
        },
        closed,
      ),
    ),
    inside: Type.Optional(
      Type.Object(
        { parts: count, ai: count, unread: count },
        { ...closed, description: 'All parts, those of AI, and those that nobody could look into.' },
      ),
    ),
    parts: Type.Optional(
      Type.Array(RecordPartSchema, {
        description: 'What says most first; nothing of it is said of the file.',
      }),
    ),
    findings: Type.Array(RecordFindingSchema, { description: 'Only of the rulebooks asked for.' }),
    silent: Type.Optional(
      Type.Record(
        Type.String({ pattern: RULEBOOK_PATTERN }),
        Type.Partial(Type.Record(Type.Enum([...SILENT_OUTCOMES]), count), closed),
        {
          ...closed,
          description: 'By rulebook, how many other clauses came out at what says nothing of the file.',
        },
      ),
    ),
    law: Type.Optional(
      Type.Array(Type.Pick(LawSummarySchema, ['jurisdiction', 'role', 'counts'], closed), {
        description: 'One for each place, and role, asked for or preset; left out where none is.',
      }),
    ),
    reads: Type.Partial(
      Type.Object(
        Object.fromEntries(CARRIERS.map((carrier) => [carrier, RecordReadSchema])) as Record<
          (typeof CARRIERS)[number],
          typeof RecordReadSchema
        >,
        closed,
      ),
      {
        description:
          'Only carriers that could not be looked at, in part or whole; all others were, or the format has none.',
      },
    ),
    cut: Type.Optional(
      Type.Array(
        Type.Enum(['signals', 'basis', 'contradictions', 'sentence', 'findings', 'values', 'parts']),
        {
          description: 'What was shortened to keep the record in its bound; scan with --full for all of it.',
        },
      ),
    ),
  },
  { ...closed, $id: 'ScanRecord' },
);
export type SummaryRecord = Static<typeof SummaryRecordSchema>;

export const FullRecordSchema = Type.Object({ ...commonMembers, report: ReportSchema }, closed);
export type FullRecord = Static<typeof FullRecordSchema>;

export type ScanRecord = SummaryRecord | FullRecord;
