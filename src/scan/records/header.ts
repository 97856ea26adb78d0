import Type, { type Static } from 'typebox';
import { OUTCOMES } from '../../core/report/finding-schema.js';
import { ORIGINS, PRESENCES } from '../../core/report/report.js';
import { ExclusionCountsSchema } from '../sources/exclusions.js';
import { CHANGE_GROUPS, type ChangeGroup } from './change-groups.js';

/** First and last line of a scan's results; each further run on the same results begins with a header too. */

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const counts = Type.Record(Type.String(), count);

export const VersionsSchema = Type.Object(
  {
    assay: Type.String(),
    engines: Type.Array(Type.String(), { description: 'Name and version.' }),
    lists: Type.Array(Type.String(), { description: 'Installed trust lists, each with its sha256.' }),
    rulebooks: Type.Array(Type.String(), { description: 'Id and edition of those asked for.' }),
    programs: Type.Optional(
      Type.Array(Type.String(), { description: 'That unpack archives, with versions; where asked for.' }),
    ),
  },
  closed,
);
export type ScanVersions = Static<typeof VersionsSchema>;

export const HeaderSchema = Type.Object(
  {
    schema: Type.Literal('assay.scan/1'),
    scan: Type.String({ description: 'Chance, the same in every run on these results.' }),
    run: Type.Integer({ minimum: 1 }),
    begun: Type.String({ description: 'RFC 3339, UTC.' }),
    asOf: Type.String({ description: 'The day the rules were asked about.' }),
    asOfSource: Type.Enum(['requested', 'today']),
    records: Type.Enum(['slim', 'full']),
    sources: Type.Array(Type.String(), { description: 'As given; lists of files by their name.' }),
    options: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
      description: 'What else was asked for, as given.',
    }),
    versions: VersionsSchema,
    clauses: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
        description: 'Of each rulebook asked for, which clause each rule holds: records name rules alone.',
      }),
    ),
  },
  { ...closed, $id: 'ScanHeader' },
);
export type Header = Static<typeof HeaderSchema>;

export const TallySchema = Type.Object(
  {
    files: { ...count, description: 'Records, those of files that could not be inspected among them.' },
    bytes: count,
    errors: counts,
    duplicates: {
      ...count,
      description: 'Files with the bytes of one that stands before them (`duplicateOf`).',
    },
    hardLinks: Type.Optional({
      ...count,
      description: 'Further names of files (`linkOf`), which take no room: not among the duplicates.',
    }),
    sidecars: Type.Optional({
      ...count,
      description: 'Read with the files that they are kept beside; no records of their own.',
    }),
    gone: Type.Optional({
      ...count,
      description: 'Records of files that are no longer there; in none of the other counts.',
    }),
    unread: {
      ...count,
      description: 'Inspected, but not all of it was looked into: its `coverage` is not `complete`.',
    },
    origins: {
      ...Type.Partial(Type.Record(Type.Enum([...ORIGINS]), count)),
      description: '`unknown`: nothing was found, and not all was looked into; never counted as `none`.',
    },
    credentials: Type.Partial(Type.Record(Type.Enum([...PRESENCES]), count)),
    integrity: counts,
    contradictions: count,
    inside: Type.Optional(
      Type.Partial(Type.Record(Type.Enum(['files', 'aiFiles', 'parts', 'ai', 'unread']), count), {
        description:
          'Of what stands inside: `files` that hold something, `aiFiles` in which a part speaks of AI; `parts`, of these `ai`, and `unread`.',
      }),
    ),
    outcomes: Type.Record(Type.String(), Type.Partial(Type.Record(Type.Enum([...OUTCOMES]), count)), {
      description: 'Per rulebook: clauses, over all files.',
    }),
  },
  closed,
);
export type Tally = Static<typeof TallySchema>;

const ChangeCountsSchema = Type.Object(
  Object.fromEntries(CHANGE_GROUPS.map((group) => [group, count])) as Record<ChangeGroup, typeof count>,
  {
    ...closed,
    description: 'What the last run changed, where one went before: files by what became of them.',
  },
);

export const SummarySchema = Type.Object(
  {
    schema: Type.Literal('assay.scan-summary/1'),
    ended: Type.String({ description: 'RFC 3339, UTC.' }),
    seconds: Type.Number({ description: 'Of the last run.' }),
    tally: TallySchema,
    changes: Type.Optional(ChangeCountsSchema),
    leftOut: Type.Optional({
      ...ExclusionCountsSchema,
      description:
        'What the last run came upon and left out, by reason; of `folders` all that is below them.',
    }),
  },
  { ...closed, $id: 'ScanSummary' },
);
export type ScanSummary = Static<typeof SummarySchema>;
