import Type, { type Static } from 'typebox';
import { INTEGRITIES, ORIGINS, PRESENCES } from '../../../core/report/report.js';
import { BACKINGS } from '../../../core/signals/backing.js';
import { ALL_FINGERPRINT_KINDS } from '../../../matching/fingerprint.js';
import { HASH_BITS, ORIENTATIONS } from '../../../matching/pdq.js';
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
  },
  {
    ...closed,
    description: 'By that file, as its own Report has it. It says nothing of the file asked about.',
  },
);

const ReasonSchema = Type.Object(
  { kind: Type.Optional(FingerprintKindSchema), code: Type.String(), text: Type.String() },
  closed,
);

export const MatchSchema = Type.Object(
  {
    inspection: maybe('Id of the one it was seen in; or scan and path; or collection and item.'),
    scan: maybe('Id of the scan.'),
    path: maybe('As the scan’s record has it.'),
    pathBytes: maybe(),
    collection: maybe(),
    item: maybe(),
    name: maybe('Of the file or the item.'),
    sha256: maybe(),
    kind: FingerprintKindSchema,
    distance: Type.Integer({ minimum: 0, description: 'Bits that differ.' }),
    of: Type.Literal(HASH_BITS),
    tier: Type.Enum(['same', 'similar'], { description: '`same`: at most 31 bits; `similar`: at most 60.' }),
    orientation: Type.Optional(
      Type.Enum([...ORIENTATIONS], { description: 'How the file asked about is turned.' }),
    ),
    part: Type.Optional(Type.Enum(['cut', 'content'])),
    frames: Type.Optional(Type.Object({ matched: count, of: count, ofStored: count }, closed)),
    backing: Type.Literal('inferred'),
    declared: Type.Optional(DeclaredSchema),
    case: maybe(),
    notes: Type.Optional(
      Type.Array(Type.Object({ text: Type.String(), by: maybe(), at: maybe() }, closed), {
        description: 'By people.',
      }),
    ),
    finding: Type.Optional(FindingSchema),
    seen: Type.Object(
      { at: Type.String(), by: Type.Enum(['inspection', 'batch', 'scan', 'collection']) },
      { ...closed, description: 'When, and by which door.' },
    ),
    partly: Type.Optional(ReasonSchema),
    reportDeleted: Type.Optional(Type.Literal(true)),
    preview: maybe('Address of a small picture of it; left out: none is kept.'),
    manifest: maybe('Address of the manifest store that is kept of it; scope `reveal`.'),
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
      description: '`pending`: its fingerprint is being made. `not-searchable`: `reasons` says why.',
    }),
    reasons: Type.Optional(
      Type.Array(
        Type.Object({ ...ReasonSchema.properties, partly: Type.Optional(Type.Literal(true)) }, closed),
        { description: 'What of the file could not be compared; `partly`: a part of it was.' },
      ),
    ),
    searched: count,
    notSearchable: Type.Integer({
      minimum: 0,
      description: 'Kept ones that could not be searched: a match among them is missed.',
    }),
    more: Type.Boolean({ description: 'There are more than are told.' }),
    behind: Type.Optional(
      Type.Literal(true, { description: 'What was kept just before may not have been searched: ask again.' }),
    ),
    matches: Type.Array(MatchSchema, { description: 'The nearest first.' }),
    next: maybe('`cursor` of those that are next near, of a kept inspection.'),
  },
  {
    ...closed,
    $id: 'Matches',
    title: 'Matches',
    description:
      'Kept files that look or sound alike. No part of a Report: another day’s archive answers otherwise.',
  },
);
export type Matches = Static<typeof MatchesSchema>;
