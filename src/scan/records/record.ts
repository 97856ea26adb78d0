import Type, { type Static } from 'typebox';
import { localizedText, messageMembers, type Stored, sentencesMember } from '../../base/message-schema.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import { OUTCOMES, SILENT_OUTCOMES } from '../../core/report/finding-schema.js';
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
    value: optionalText(
      'Text from the file, or a result determined by Assay (`messages`), cut to 256 characters.',
    ),
    messages: messageMembers('value'),
    basis: Type.Array(LocationSchema, {
      description: 'First locations of the signal; the Report contains all of them.',
    }),
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
    list: optionalText('Name and date of the trust list that `trust` refers to.'),
    validity: Type.Optional(Type.Enum([...VALIDITIES])),
    proven: optionalText('Time of the timestamp, present only if its authority is on a list.'),
    generator: optionalText('Claim generator of the active manifest, as written.'),
    bytesFault: optionalText(
      'Reason why certificates, claims or timestamps could not be read from the file’s own bytes.',
    ),
    bytesFaultMissing: Type.Optional(
      Type.Array(Type.Enum([...BYTES_PARTS]), {
        description: 'Facts that remain unknown because of `bytesFault`, as in the Report.',
      }),
    ),
    ownHash: Type.Optional(
      Type.Literal(true, {
        description:
          'Only with `altered`: Assay’s own hash of the bytes gives the same result; no second engine was run.',
      }),
    ),
  },
  closed,
);

const RecordReadSchema = Type.Object(
  {
    status: Type.Enum([...READ_STATUSES]),
    code: optionalText(
      'Stable code of the reason why the carrier was not read; with `found`: why the rest of it was not read.',
    ),
  },
  closed,
);

const pathBytesSchema = (what: string) =>
  optionalText(`Bytes of \`${what}\` in base64, if they are not UTF-8.`);

/** Summary of a part inside the file; the Report has the whole of it. */
const RecordPartSchema = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: 'Index of the part in the Report’s `parts`.' }),
    kind: PartSchema.properties.kind,
    mediaType: optionalText('Media type detected from the bytes.'),
    name: optionalText('Name that the file gives to the part.'),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    origin: Type.Optional(Type.Enum([...ORIGINS])),
    backing: Type.Optional(Type.Enum([...BACKINGS])),
    presence: Type.Optional(Type.Enum([...PRESENCES])),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES])),
    signer: optionalText('Organisation or common name in the certificate.'),
    trust: Type.Optional(Type.Enum([...TRUSTS])),
    labels: Type.Optional(Type.Array(Type.Enum(SIGNAL_IDS))),
    headline: Type.Optional(HeadlineSchema),
    code: optionalText('Stable code of the reason why the part was not inspected.'),
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
      description:
        'Signals that decided the outcome. Empty if it is `indeterminate`: `reads` then lists the carriers that were not read.',
    }),
  },
  closed,
);

export const ScanRecordSchema = Type.Object(
  {
    schema: Type.Literal('assay.scan-record/1'),
    path: text('Path by which the scan reached the file; U+FFFD replaces each byte that is not UTF-8.'),
    pathBytes: pathBytesSchema('path'),
    modified: text('Last change of the file, RFC 3339, UTC.'),
    etag: optionalText('Identifier that the object store gives to this state of the object.'),
    sidecars: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: text('Path by which the scan reached the sidecar.'),
            pathBytes: pathBytesSchema('path'),
            bytes: count,
            modified: text('Last change, RFC 3339, UTC.'),
          },
          closed,
        ),
        {
          description:
            'Sidecar files that were read together with the file (`--sidecars`); they have no records of their own.',
        },
      ),
    ),
    init: optionalText(
      'Path of the initialisation segment used to read the file, because the file’s name is that of a segment.',
    ),
    initBytes: pathBytesSchema('init'),
    duplicateOf: optionalText(
      'Path of the first file with the same bytes; its results apply to this file too.',
    ),
    duplicateOfBytes: pathBytesSchema('duplicateOf'),
    gone: optionalText(
      'Time at which a scan found that the file no longer exists, RFC 3339, UTC. The record describes its last state and is not included in any count.',
    ),
    linkOf: optionalText('Path under which the scan first found this same file: the two are hard links.'),
    linkOfBytes: pathBytesSchema('linkOf'),
    fingerprint: Type.Optional(RecordFingerprintsSchema),
    kept: Type.Optional(RecordAttachmentsSchema),
    readIn: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Number of the run that read the file, if a later run only evaluated other rules for its signals.',
      }),
    ),
    asset: Type.Object(
      {
        name: Type.String(),
        bytes: count,
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        mediaType: text('Media type detected from the bytes.'),
        kind: Type.Enum([...MEDIA_KINDS]),
        declaredMediaType: optionalText(
          'Media type that the file name extension implies, if the extension is known.',
        ),
      },
      closed,
    ),
    summary: Type.Object(
      {
        origin: Type.Enum([...ORIGINS], {
          description: 'Origin that the file declares, which may differ from what it is.',
        }),
        backing: Type.Optional(Type.Enum([...BACKINGS])),
        headline: HeadlineSchema,
        facts: FactsSchema,
        sentence: localizedText('Text in the language of the run.'),
        messages: sentencesMember('sentence'),
        coverage: Type.Object(
          {
            state: Type.Enum([...COVERAGE_STATES]),
            unread: Type.Array(Type.Enum([...CARRIERS]), {
              description: 'Carriers in which a label would be missed; `reads` contains the codes.',
            }),
          },
          { ...closed, description: 'How much of the file Assay read, as in the Report.' },
        ),
      },
      closed,
    ),
    folder: optionalText('Part of `path` before its last slash.'),
    madeWith: optionalText(
      'Tool that the file names: an AI tool, else the tool of its credentials, else an editor, recorder or camera. In quotation marks: text from the file; otherwise the name in Assay’s tables.',
    ),
    model: optionalText('AI model, if a generator names one; else make and model of the camera or phone.'),
    year: Type.Optional(
      Type.Object(
        {
          year: Type.Integer(),
          by: Type.Enum(['proven', 'claimed'], {
            description:
              '`proven`: from a timestamp whose authority is on a list. `claimed`: from the earliest date in the file, which anyone can write.',
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
          statement: localizedText('Text in the language of the run.'),
          messages: messageMembers('statement'),
        },
        closed,
      ),
    ),
    inside: Type.Optional(
      Type.Object(
        { parts: count, ai: count, unread: count },
        {
          ...closed,
          description:
            'Number of all parts, of those that mention AI, and of those that could not be inspected.',
        },
      ),
    ),
    parts: Type.Optional(
      Type.Array(RecordPartSchema, {
        description: 'Parts, the most informative first. They make no statement about the file.',
      }),
    ),
    findings: Type.Array(RecordFindingSchema, { description: 'Findings for the requested rulebooks only.' }),
    silent: Type.Optional(
      Type.Record(
        Type.String({ pattern: RULEBOOK_PATTERN }),
        Type.Partial(Type.Record(Type.Enum([...SILENT_OUTCOMES]), count), closed),
        {
          ...closed,
          description:
            'By rulebook: number of other clauses, by outcome, whose outcome says nothing about the file.',
        },
      ),
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
          'Only carriers that could not be read, in part or as a whole; all others were read, or the format does not have them.',
      },
    ),
    cut: Type.Optional(
      Type.Array(
        Type.Enum(['signals', 'basis', 'contradictions', 'sentence', 'findings', 'values', 'parts']),
        {
          description:
            'Members that were shortened to keep the record within its size limit; scan with --full for complete Reports.',
        },
      ),
    ),
    report: Type.Optional({
      ...ReportSchema,
      description: 'The whole Report, if it was requested (`--full`).',
    }),
  },
  { ...closed, $id: 'ScanRecord' },
);
/** An interface, so that compiled types name it instead of repeating its members. */
export interface ScanRecord extends Static<typeof ScanRecordSchema> {}
/** Record without the texts of Assay, of a Report that is not localized. */
export interface StoredScanRecord extends Stored<Omit<ScanRecord, 'report'>> {}
