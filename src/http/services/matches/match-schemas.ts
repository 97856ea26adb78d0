import Type, { type Static } from 'typebox';
import { INTEGRITIES, ORIGINS, PRESENCES } from '../../../core/report/report.js';
import { BACKINGS } from '../../../core/signals/backing.js';
import { ALL_FINGERPRINT_KINDS } from '../../../matching/fingerprint.js';
import { HASH_BITS, ORIENTATIONS } from '../../../matching/pdq.js';
import { SignerConfirmedSchema } from '../../contract/inspection-envelope.js';
import { FindingSchema } from './collection-schemas.js';

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const maybe = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));
const FingerprintKindSchema = Type.Enum([...ALL_FINGERPRINT_KINDS], { title: 'FingerprintKind' });

const DeclaredSchema = Type.Object(
  {
    headline: Type.Optional(
      Type.Object(
        {
          id: Type.String(),
          params: Type.Optional(Type.Unsafe<object>({ type: 'object' })),
          text: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    origin: Type.Optional(Type.Enum([...ORIGINS], { title: 'Origin' })),
    backing: Type.Optional(Type.Enum([...BACKINGS], { title: 'Backing' })),
    presence: Type.Optional(Type.Enum([...PRESENCES], { title: 'Presence' })),
    integrity: Type.Optional(Type.Enum([...INTEGRITIES])),
    signer: maybe(),
    signerConfirmed: SignerConfirmedSchema,
  },
  {
    ...closed,
    description:
      'Declarations of the matching file, as in its own Report. They say nothing about the file of the request.',
  },
);

const ReasonSchema = Type.Object(
  { kind: Type.Optional(FingerprintKindSchema), code: Type.String(), text: Type.String() },
  closed,
);

export const MatchSchema = Type.Object(
  {
    inspection: maybe(
      'Id of the inspection in which the match was found; otherwise `scan` and `path`, or `collection` and `item`, are given.',
    ),
    scan: maybe('Id of the scan.'),
    path: maybe('Path as in the scan’s record.'),
    pathBytes: maybe(),
    collection: maybe(),
    item: maybe(),
    name: maybe('Name of the file or the item.'),
    sha256: maybe(),
    kind: FingerprintKindSchema,
    distance: Type.Integer({
      minimum: 0,
      description: 'Number of bits in which the two fingerprints differ.',
    }),
    of: Type.Literal(HASH_BITS),
    tier: Type.Enum(['same', 'similar'], { description: '`same`: at most 31 bits; `similar`: at most 60.' }),
    orientation: Type.Optional(
      Type.Enum([...ORIENTATIONS], {
        description: 'Rotation or mirroring of the requested file relative to the match.',
      }),
    ),
    part: Type.Optional(Type.Enum(['cut', 'content'])),
    frames: Type.Optional(Type.Object({ matched: count, of: count, ofStored: count }, closed)),
    backing: Type.Literal('inferred'),
    declared: Type.Optional(DeclaredSchema),
    case: maybe(),
    notes: Type.Optional(
      Type.Array(Type.Object({ text: Type.String(), by: maybe(), at: maybe() }, closed), {
        description: 'Notes that people wrote about the match.',
      }),
    ),
    finding: Type.Optional(FindingSchema),
    seen: Type.Object(
      { at: Type.String(), by: Type.Enum(['inspection', 'batch', 'scan', 'collection']) },
      {
        ...closed,
        description: 'Time and origin of the matching file: inspection, batch, scan or collection.',
      },
    ),
    partly: Type.Optional(ReasonSchema),
    reportDeleted: Type.Optional(Type.Literal(true)),
    preview: maybe('Address of a preview picture; absent if none is stored.'),
    manifest: maybe(
      'Address of the stored manifest store of the matching file; requires the scope `reveal`.',
    ),
  },
  { ...closed, title: 'Match' },
);
export type Match = Static<typeof MatchSchema>;

export const MATCH_STATES = ['off', 'pending', 'done', 'not-searchable'] as const;

export const MatchesSchema = Type.Object(
  {
    schema: Type.Literal('assay.matches/1'),
    inspection: maybe(),
    state: Type.Enum([...MATCH_STATES], {
      description:
        '`pending`: the file’s fingerprint is being computed. `not-searchable`: `reasons` gives the causes.',
    }),
    reasons: Type.Optional(
      Type.Array(
        Type.Object({ ...ReasonSchema.properties, partly: Type.Optional(Type.Literal(true)) }, closed),
        {
          description:
            'Reasons why the file could not be compared; with `partly`, a part of it was compared.',
        },
      ),
    ),
    searched: count,
    notSearchable: Type.Integer({
      minimum: 0,
      description: 'Number of stored files that could not be searched; a match among them is missed.',
    }),
    more: Type.Boolean({ description: 'Whether there are more matches than are returned.' }),
    behind: Type.Optional(
      Type.Literal(true, {
        description: 'Files stored just before may not have been searched; retry later.',
      }),
    ),
    matches: Type.Array(MatchSchema, { description: 'Matches, nearest first.' }),
    next: maybe('Value of `cursor` for the next nearest matches; only for a stored inspection.'),
  },
  {
    ...closed,
    $id: 'Matches',
    title: 'Matches',
    description:
      'Stored files that look or sound alike. They are not part of a Report, because the result changes with the archive.',
  },
);
export type Matches = Static<typeof MatchesSchema>;
