import Type, { type Static } from 'typebox';
import { OUTCOMES } from '../core/report/finding-schema.js';
import { ORIGINS, PRESENCES } from '../core/report/report.js';

/** First and last line of a scan's results, and what each further run on the same results begins with. */

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const counts = Type.Record(Type.String(), count);

const VersionsSchema = Type.Object(
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
export type Versions = Static<typeof VersionsSchema>;

export const HeaderSchema = Type.Object(
  {
    schema: Type.Literal('assay.scan/1'),
    scan: Type.String({ description: 'Chance, the same in every run on these results.' }),
    run: Type.Integer({ minimum: 1 }),
    begun: Type.String({ description: 'RFC 3339, UTC.' }),
    asOf: Type.String({ description: 'The day the rules were asked about.' }),
    asOfBecause: Type.Enum(['asked', 'today']),
    records: Type.Enum(['slim', 'full']),
    sources: Type.Array(Type.String(), { description: 'As given; lists of files by their name.' }),
    options: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
      description: 'What else was asked for, as given.',
    }),
    versions: VersionsSchema,
  },
  { ...closed, $id: 'ScanHeader' },
);
export type Header = Static<typeof HeaderSchema>;

export const TallySchema = Type.Object(
  {
    files: { ...count, description: 'Records, those of files that could not be inspected among them.' },
    bytes: count,
    errors: counts,
    duplicates: count,
    sidecars: Type.Optional({
      ...count,
      description: 'Read with the files that they are kept beside; no records of their own.',
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

export const SummarySchema = Type.Object(
  {
    schema: Type.Literal('assay.scan-summary/1'),
    ended: Type.String({ description: 'RFC 3339, UTC.' }),
    seconds: Type.Number({ description: 'Of the last run.' }),
    tally: TallySchema,
  },
  { ...closed, $id: 'ScanSummary' },
);
export type ScanSummary = Static<typeof SummarySchema>;
