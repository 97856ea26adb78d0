import Type, { type Static } from 'typebox';
import { saidMembers, saidSentences } from '../core/ground/told.js';
import { CARRIERS } from '../core/media/carrier.js';
import { KINDS } from '../core/media/media-kinds.js';
import { OUTCOMES, type Outcome } from '../core/report/finding-schema.js';
import { LawSchema } from '../core/report/law-schema.js';
import { PartSchema } from '../core/report/part-schema.js';
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
} from '../core/report/report.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { LocationSchema } from '../core/report/signal-schema.js';
import { BACKINGS } from '../core/signals/backing.js';
import { BYTES_PARTS } from '../core/signals/bytes-parts.js';
import { RecordKeptSchema } from './beside-record.js';
import { RecordLikenessSchema } from './likeness-record.js';

/** Outcomes that say nothing of a file: its records have the number of such clauses alone. */
export const SILENT = [
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

/** Of its id. */
const RULEBOOK = '^[a-z0-9][a-z0-9.-]{0,79}$';

/** What stands in a scan's results: one declaration for type, validator and docs/scan.md. */

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ description });
const maybeText = (description: string) => Type.Optional(Type.String({ description }));
const count = Type.Integer({ minimum: 0 });

const RecordSignalSchema = Type.Object(
  {
    id: Type.Enum(SIGNAL_IDS),
    backing: Type.Enum([...BACKINGS]),
    value: maybeText('The file’s own words, or what was found out (`said`), cut to 256 characters.'),
    said: saidMembers('value'),
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
    signer: maybeText('Organisation or common name in the certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS])),
    list: maybeText('The list that `trust` speaks of, with its date.'),
    validity: Type.Optional(Type.Enum([...VALIDITIES])),
    proven: maybeText('Time of the timestamp where its authority is on a list.'),
    generator: maybeText('Claim generator of the active manifest, as written.'),
    bytesFault: maybeText(
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
    code: maybeText(
      'Stable code of why it was not looked at; beside `found`, of what kept the rest from being read.',
    ),
  },
  closed,
);

const bytesOf = (what: string) => maybeText(`Bytes of \`${what}\` in base64, where they are not UTF-8.`);

const common = {
  schema: Type.Literal('assay.scan-record/1'),
  path: text('As the scan reached it; U+FFFD for each byte that is not UTF-8.'),
  pathBytes: bytesOf('path'),
  modified: text('Last change of the file, RFC 3339, UTC.'),
  etag: maybeText('What the store calls this state of an object.'),
  sidecars: Type.Optional(
    Type.Array(
      Type.Object(
        {
          path: text('As the scan reached it.'),
          pathBytes: bytesOf('path'),
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
  init: maybeText('Path of the init segment that the file was given with: it is named as a segment.'),
  initBytes: bytesOf('init'),
  duplicateOf: maybeText(
    'Path of the first file with the same bytes: what is said of it is said of this one.',
  ),
  duplicateOfBytes: bytesOf('duplicateOf'),
  gone: maybeText(
    'When a scan found that the file is no longer there, RFC 3339, UTC: the record is of how it was, and counts in nothing.',
  ),
  linkOf: maybeText('Path of the first name of this very file that the scan came upon: a hard link.'),
  linkOfBytes: bytesOf('linkOf'),
  likeness: Type.Optional(RecordLikenessSchema),
  kept: Type.Optional(RecordKeptSchema),
  readIn: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'The run that read the file, where a later one only asked other rules about its signals.',
    }),
  ),
};

/** What stands inside a file, in short; its Report has all of it. */
const RecordPartSchema = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'Its place in the Report’s `parts`.' }),
    kind: PartSchema.properties.kind,
    mediaType: maybeText('From the bytes.'),
    name: maybeText('What the file calls it.'),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    origin: Type.Optional(Type.Enum([...ORIGINS])),
    backing: Type.Optional(Type.Enum([...BACKINGS])),
    presence: Type.Optional(Type.Enum([...PRESENCES])),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES])),
    signer: maybeText('Organisation or common name in the certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS])),
    labels: Type.Optional(Type.Array(Type.Enum(SIGNAL_IDS))),
    headline: Type.Optional(HeadlineSchema),
    code: maybeText('Stable code of why it was not looked into.'),
  },
  closed,
);

/**
 * Findings with what they say are in the Report; here is what came out, as far as a clause has to do with the file. The header
 * of the results has the clauses.
 */
const RecordFindingSchema = Type.Object(
  {
    rulebook: Type.String({ pattern: RULEBOOK }),
    rule: Type.String(),
    outcome: Type.Enum([...OUTCOMES]),
    because: Type.Array(Type.Enum(SIGNAL_IDS), {
      description: 'Left empty where the outcome is `indeterminate`: `reads` says what was not looked at.',
    }),
  },
  closed,
);

export const SlimRecordSchema = Type.Object(
  {
    ...common,
    asset: Type.Object(
      {
        name: Type.String(),
        bytes: count,
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        mediaType: text('From the bytes.'),
        kind: Type.Enum([...KINDS]),
        declaredMediaType: maybeText('What the name’s ending says, where it is known.'),
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
        said: saidSentences('sentence'),
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
    folder: maybeText('What stands before the last slash of `path`.'),
    madeWith: maybeText(
      'The tool that the file names: of AI, else of its credentials, else an editor, recorder or camera. In quotes: the file’s own words; else as our tables call it.',
    ),
    model: maybeText(
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
          said: saidMembers('statement'),
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
        Type.String({ pattern: RULEBOOK }),
        Type.Partial(Type.Record(Type.Enum([...SILENT]), count), closed),
        {
          ...closed,
          description: 'By rulebook, how many other clauses came out at what says nothing of the file.',
        },
      ),
    ),
    law: Type.Optional(
      Type.Array(Type.Pick(LawSchema, ['jurisdiction', 'role', 'counts'], closed), {
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
export type SlimRecord = Static<typeof SlimRecordSchema>;

export const FullRecordSchema = Type.Object({ ...common, report: ReportSchema }, closed);
export type FullRecord = Static<typeof FullRecordSchema>;

export type ScanRecord = SlimRecord | FullRecord;
